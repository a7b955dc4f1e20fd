import type { Value } from '../../language/yaml/value.ts';
import { imageRepository } from '../image.ts';
import { targetPort } from '../ports.ts';
import type { InspectedContainer } from '../running/inspect.ts';
import { readCommandLine } from './command-line.ts';
import { type AiContext, settingOverride } from './overrides.ts';
import { addLabels, Traits, type WorkloadTraits } from './traits.ts';

/** A container as its engine describes it, as the classifier sees it. */
export function containerWorkload({ value, name, hostConfig }: InspectedContainer, context: AiContext): WorkloadTraits {
  const config = value.get('Config');
  const traits = new Traits();
  const image = config?.get('Image');
  traits.add('name', name, value.get('Name'));
  traits.add('image', image?.text && imageRepository(image.text), image);
  addLabels(traits, config?.get('Labels'));
  for (const item of config?.get('Env')?.items() ?? []) traits.add('env', item.rawText?.split('=')[0], item);
  if (config) traits.addCommand(readCommandLine(config, ['Entrypoint', 'Cmd']));
  for (const { name: port, value: at } of config?.get('ExposedPorts')?.fields() ?? [])
    traits.add('port', targetPort(port), at);
  for (const mount of value.get('Mounts')?.items() ?? []) traits.addText('mount', mount.get('Destination'));
  addDevices(traits, hostConfig);
  const images = traits.all.filter(({ aspect }) => aspect === 'image');
  return { kind: 'container', namespace: undefined, traits: traits.all, override: settingOverride(context, images) };
}

/** Accelerators, as the engine keeps them. */
function addDevices(traits: Traits, hostConfig: Value): void {
  const runtime = hostConfig.get('Runtime');
  traits.add('compose', runtime?.text && `runtime: ${runtime.text}`, runtime);
  for (const device of hostConfig.get('Devices')?.items() ?? [])
    traits.add('compose', `device ${device.get('PathOnHost')?.text ?? ''}`, device);
  for (const request of hostConfig.get('DeviceRequests')?.items() ?? []) {
    const capabilities = request.get('Capabilities');
    const isGpu = capabilities?.items().some((all) => all.items().some(({ text }) => text === 'gpu'));
    traits.add('compose', isGpu ? 'devices: gpu' : undefined, capabilities);
  }
}

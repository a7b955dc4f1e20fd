import type { Place } from '../../language/place.ts';
import { remembered } from '../../language/remembered.ts';
import { isKnown } from '../../language/unknown.ts';
import { keyPlace, type Value } from '../../language/yaml/value.ts';
import type { Service } from '../compose/compose.ts';
import { composeText } from '../compose/interpolation.ts';
import { type ServiceMount, serviceMounts } from '../compose/volumes.ts';
import { readDevice } from '../devices.ts';
import { repositoryIn } from '../image.ts';
import { isHostPath } from '../mounts.ts';
import { targetPort } from '../ports.ts';
import { readCommandLine } from './command-line.ts';
import { type AiContext, annotationOverride, commentOverride, type Override, settingOverride } from './overrides.ts';
import { Traits, type WorkloadTraits } from './traits.ts';

/** A Compose service as the classifier sees it. */
export function serviceWorkload(service: Service, context: AiContext): WorkloadTraits {
  return workloadsIn(context)(service);
}

/** Read once, however many of its fields are looked at. */
const workloadsIn = remembered((context: AiContext) =>
  remembered((service: Service) => readWorkload(service, context)),
);

function readWorkload(service: Service, context: AiContext): WorkloadTraits {
  const { value, name } = service;
  const traits = new Traits();
  const image = value.get('image');
  traits.add('name', name, serviceName(service));
  traits.add('image', repositoryIn(image), image);
  for (const { text, at } of environment(value)) traits.add('env', text, at);
  traits.addCommand(readCommandLine(value, ['entrypoint', 'command']));
  for (const port of value.get('ports')?.items() ?? []) addPort(traits, port);
  for (const mount of serviceMounts(value)) addMount(traits, mount);
  addDevices(traits, value);
  return {
    kind: 'service',
    namespace: undefined,
    traits: traits.all,
    override: overrideFor(service, traits, context),
  };
}

/** Where a service's name is written. */
export function serviceName({ name, value }: Service): Place {
  const field = value.parent?.field(name);
  return field ? keyPlace(field) : value;
}

/** A comment at the name goes before an annotation, and the file before the settings. */
function overrideFor(service: Service, traits: Traits, context: AiContext): Override | undefined {
  const { value } = service;
  return (
    commentOverride(context, serviceName(service)) ??
    annotationOverride(context, value.get('annotations'), 'annotation') ??
    annotationOverride(context, value.get('labels'), 'label') ??
    settingOverride(
      context,
      traits.all.filter(({ aspect }) => aspect === 'image'),
    )
  );
}

/** The name of every variable that is set here, in either syntax. */
function environment(service: Value): { text: string | undefined; at: Value }[] {
  const environment = service.get('environment');
  return [
    ...(environment?.fields() ?? []).map((field) => ({ text: field.name, at: field.value })),
    ...(environment?.items() ?? []).map((item) => ({ text: item.rawText?.split('=')[0], at: item })),
  ];
}

function addPort(traits: Traits, port: Value): void {
  const target = port.get('target');
  traits.add('port', target?.text ?? targetPort(composeText(port)?.text ?? ''), target ?? port);
  traits.addText('port', port.get('name'));
}

function addMount(traits: Traits, { entry, source, target }: ServiceMount): void {
  traits.add('mount', target, entry.get('target') ?? entry);
  if (source && isKnown(source.text) && !isHostPath(source.text))
    traits.add('volume', source.text, entry.get('source') ?? entry);
}

/** Accelerators and models, as Compose gives them to a service. */
function addDevices(traits: Traits, service: Value): void {
  for (const name of ['gpus', 'models']) {
    const field = service.field(name);
    if (field && !field.value.isNull) traits.add('compose', name, keyPlace(field));
  }
  for (const [word, value] of [
    ['provider', service.at('provider', 'type')],
    ['runtime', service.get('runtime')],
  ] as const)
    traits.add('compose', value?.text && `${word}: ${value.text}`, value);
  for (const device of service.get('devices')?.items() ?? [])
    traits.add('compose', `device ${readDevice(device.text ?? '').source}`, device);
  for (const device of service.at('deploy', 'resources', 'reservations', 'devices')?.items() ?? []) {
    const capabilities = device.get('capabilities');
    const isGpu = capabilities?.items().some((item) => item.text === 'gpu');
    traits.add('compose', isGpu ? 'devices: gpu' : undefined, capabilities);
  }
}

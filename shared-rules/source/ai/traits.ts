import { composeText, type Service } from '../compose.ts';
import { imageRepository } from '../container-image.ts';
import type { Pod } from '../kubernetes.ts';
import type { Place, Value } from '../value.ts';
import type { Aspect } from './signals.ts';

/** One thing a manifest says about a workload that may tell whether it is an AI workload. */
export interface Trait {
  readonly aspect: Aspect;
  readonly text: string;
  readonly at: Place;
}

/** A workload as the classifier sees it. */
export interface Workload {
  /** `group/Kind`, or `service` in a Compose file. */
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly traits: readonly Trait[];
}

export function podWorkload(pod: Pod): Workload {
  const { object, spec, metadata } = pod;
  const kind = `${object.group}/${object.kind ?? ''}`;
  const traits: Trait[] = [];
  const add = traitAdder(traits);
  const ownMetadata = object.root.get('metadata');
  add('kind', kind, object.root.get('kind'));
  add('name', object.name, ownMetadata?.get('name'));
  const metadatas = ownMetadata?.node === metadata?.node ? [metadata] : [ownMetadata, metadata];
  for (const labels of metadatas.flatMap((owner) => [owner?.get('labels'), owner?.get('annotations')]))
    for (const field of labels?.fields() ?? []) add('label', `${field.name}: ${field.value.text ?? ''}`, field.value);
  add('runtime class', spec.get('runtimeClassName')?.text, spec.get('runtimeClassName'));
  for (const field of spec.get('nodeSelector')?.fields() ?? []) add('node', field.name, field.value);
  for (const item of spec.get('tolerations')?.items() ?? []) add('node', item.get('key')?.text, item.get('key'));
  for (const container of pod.containers) {
    add('image', imageRepository(container.image), container.image);
    for (const list of ['limits', 'requests'])
      for (const field of container.value.at('resources', list)?.fields() ?? [])
        add('resource', field.name, field.value);
    for (const item of container.env) add('env', item.get('name')?.text, item.get('name'));
    addCommand(add, container.value, ['command', 'args']);
    for (const port of container.ports) add('port', port.get('containerPort')?.text, port.get('containerPort'));
    for (const mount of container.volumeMounts) add('mount', mount.get('mountPath')?.text, mount.get('mountPath'));
  }
  return { kind, namespace: object.namespace, traits };
}

export function serviceWorkload(service: Service): Workload {
  const { value, name } = service;
  const traits: Trait[] = [];
  const add = traitAdder(traits);
  add('name', name, value);
  add('image', imageRepository(value.get('image')), value.get('image'));
  for (const { text, at } of environment(value)) add('env', text, at);
  addCommand(add, value, ['entrypoint', 'command']);
  for (const port of value.get('ports')?.items() ?? []) {
    const short = composeText(port)
      ?.text.replace(/\/\w+$/, '')
      .split(':')
      .at(-1);
    add('port', short ?? port.get('target')?.text, port);
  }
  for (const volume of value.get('volumes')?.items() ?? []) {
    add('mount', volume.get('target')?.text ?? composeText(volume)?.text.split(':')[1], volume);
  }
  addComposeDevices(add, value);
  return { kind: 'service', namespace: undefined, traits };
}

function addComposeDevices(add: AddTrait, service: Value): void {
  add('compose', service.get('gpus') && 'gpus', service.get('gpus'));
  add('compose', service.get('models') && 'models', service.get('models'));
  const provider = service.at('provider', 'type');
  add('compose', provider?.text && `provider: ${provider.text}`, provider);
  const runtime = service.get('runtime');
  add('compose', runtime?.text && `runtime: ${runtime.text}`, runtime);
  for (const device of service.get('devices')?.items() ?? []) {
    add('compose', `device ${device.text?.split(':')[0] ?? ''}`, device);
  }
  for (const device of service.at('deploy', 'resources', 'reservations', 'devices')?.items() ?? []) {
    const capabilities = device.get('capabilities');
    const isGpu = capabilities?.items().some((item) => item.text === 'gpu');
    add('compose', isGpu ? 'devices: gpu' : undefined, capabilities);
  }
}

function environment(service: Value): { text: string | undefined; at: Value }[] {
  const environment = service.get('environment');
  return [
    ...(environment?.fields() ?? []).map((field) => ({ text: field.name, at: field.value })),
    ...(environment?.items() ?? []).map((item) => ({ text: item.rawText?.split('=')[0], at: item })),
  ];
}

type AddTrait = (aspect: Aspect, text: string | undefined, at: Place | undefined) => void;

function traitAdder(traits: Trait[]): AddTrait {
  return (aspect, text, at) => {
    if (text && at) traits.push({ aspect, text, at });
  };
}

/** A command line is judged whole: `vllm` and `serve` may be two items, or one string for a shell. */
function addCommand(add: AddTrait, owner: Value, names: readonly string[]): void {
  const parts = names.flatMap((name) => {
    const value = owner.get(name);
    return value?.isSequence ? value.items() : (value ?? []);
  });
  const line = parts.map((part) => part.rawText ?? '').join(' ');
  add('argument', line, parts[0]);
}

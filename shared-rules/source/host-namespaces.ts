import type { Fix, Subject } from '../engine/rule.ts';
import type { AiContext } from './ai/overrides.ts';
import { podWorkload } from './ai/pod-traits.ts';
import { serviceWorkload } from './ai/service-traits.ts';
import type { Workload } from './ai/traits.ts';
import { type ComposeFile, composeText, type Service } from './compose.ts';
import { type KubernetesObject, type Pod, trueField } from './kubernetes.ts';
import { podSubject, serviceSubject } from './subject.ts';
import type { Field, Place } from './value.ts';
import { type Change, put, remove } from './yaml-edit.ts';

/** The namespaces of the host that a workload can join, but for its network, which has a view of its own. */
export type HostNamespace = 'process' | 'IPC' | 'user' | 'UTS' | 'cgroup';

/** A workload that joins a namespace of the host, on any surface. */
export interface HostNamespaceUse {
  readonly subject: Subject;
  readonly namespace: HostNamespace;
  readonly at: Place;
  /** As it is written, such as `hostPID: true`. */
  readonly spelling: string;
  readonly fromDefault: boolean;
  readonly fixes: readonly Fix[];
  /** What the AI classifier looks at. */
  readonly workload: () => Workload;
}

const POD_FIELDS: readonly (readonly [string, HostNamespace])[] = [
  ['hostPID', 'process'],
  ['hostIPC', 'IPC'],
];

/** Compose's keys whose value `host` joins a namespace of the host; from the Compose specification. */
const COMPOSE_KEYS: readonly (readonly [string, HostNamespace])[] = [
  ['pid', 'process'],
  ['ipc', 'IPC'],
  ['userns_mode', 'user'],
  ['uts', 'UTS'],
  ['cgroup', 'cgroup'],
];

export function podHostNamespaceUses(object: KubernetesObject, ai: AiContext): HostNamespaceUse[] {
  return object.pods.flatMap((pod) =>
    POD_FIELDS.flatMap(([key, namespace]) => {
      const field = trueField(pod.spec, key);
      if (!field) return [];
      const memory = namespace === 'IPC' ? sharedMemory(pod) : [];
      return {
        subject: podSubject(pod),
        namespace,
        at: field.value,
        spelling: `${key}: true`,
        fromDefault: false,
        fixes: removal(field, ', and give /dev/shm memory of its own', memory),
        workload: () => podWorkload(pod, ai),
      };
    }),
  );
}

export function serviceHostNamespaceUses(file: ComposeFile, ai: AiContext): HostNamespaceUse[] {
  return file.services.flatMap((service) =>
    COMPOSE_KEYS.flatMap(([key, namespace]) => {
      const field = service.value.field(key);
      const text = composeText(field?.value);
      if (!field || text?.text !== 'host') return [];
      const memory = namespace === 'IPC' ? sharedMemorySize(service) : [];
      return {
        subject: serviceSubject(service),
        namespace,
        at: field.value,
        spelling: `${key}: host`,
        fromDefault: text.fromDefault,
        fixes: removal(field, ', and set shm_size to 1gb', memory),
        workload: () => serviceWorkload(service, ai),
      };
    }),
  );
}

/** The removal of a field, alone and, where there is something to put in its place, with that. */
function removal(field: Field, suffix: string, inItsPlace: readonly Change[]): Fix[] {
  const plain: Fix = { title: `Remove ${field.name}`, safety: 'review', changes: [remove(field)] };
  if (inItsPlace.length === 0) return [plain];
  return [plain, { ...plain, title: plain.title + suffix, changes: [...plain.changes, ...inItsPlace] }];
}

const SHARED_MEMORY = '/dev/shm';

/** A memory volume at /dev/shm for every container that has none there. */
function sharedMemory(pod: Pod): Change[] {
  const hasNone = (container: (typeof pod.containers)[number]) =>
    container.value.parent?.key === 'containers' &&
    !container.volumeMounts.some((mount) => mount.get('mountPath')?.text === SHARED_MEMORY);
  const containers = pod.containers.filter(hasNone);
  const volumes = pod.spec.get('volumes')?.items() ?? [];
  const taken = new Set(volumes.map((volume) => volume.get('name')?.text));
  const name = ['shm', 'shared-memory'].find((candidate) => !taken.has(candidate));
  if (containers.length === 0 || !name) return [];
  return [
    put(pod.spec, ['volumes'], [{ name, emptyDir: { medium: 'Memory' } }]),
    ...containers.map(({ value }) => put(value, ['volumeMounts'], [{ name, mountPath: SHARED_MEMORY }])),
  ];
}

function sharedMemorySize({ value }: Service): Change[] {
  return value.get('shm_size') ? [] : [put(value, ['shm_size'], '1gb')];
}

import type { Fix, Subject } from '../engine/rule.ts';
import { type ComposeFile, composeText } from './compose.ts';
import { type KubernetesObject, trueField } from './kubernetes.ts';
import { podSubject, serviceSubject } from './subject.ts';
import type { Place } from './value.ts';
import { remove } from './yaml-edit.ts';

/** The namespaces of the host that a workload can join, but for its network and its IPC, which have views of their own. */
export type HostNamespace = 'process' | 'user' | 'UTS' | 'cgroup';

/** A workload that joins a namespace of the host. */
export interface HostNamespaceUse {
  readonly subject: Subject;
  readonly namespace: HostNamespace;
  readonly at: Place;
  /** As it is written, such as `hostPID: true`. */
  readonly spelling: string;
  readonly fromDefault: boolean;
  readonly fixes: readonly Fix[];
}

/** Compose's keys whose value `host` joins a namespace of the host; in the Compose specification's own terms. */
const COMPOSE_KEYS: readonly (readonly [string, HostNamespace])[] = [
  ['pid', 'process'],
  ['userns_mode', 'user'],
  ['uts', 'UTS'],
  ['cgroup', 'cgroup'],
];

export function podHostNamespaceUses(object: KubernetesObject): HostNamespaceUse[] {
  return object.pods.flatMap((pod) => {
    const field = trueField(pod.spec, 'hostPID');
    if (!field) return [];
    return {
      subject: podSubject(pod),
      namespace: 'process',
      at: field.value,
      spelling: 'hostPID: true',
      fromDefault: false,
      fixes: [{ title: 'Remove hostPID', safety: 'review', changes: [remove(field)] }],
    };
  });
}

export function serviceHostNamespaceUses(file: ComposeFile): HostNamespaceUse[] {
  return file.services.flatMap((service) =>
    COMPOSE_KEYS.flatMap(([key, namespace]) => {
      const field = service.value.field(key);
      const text = composeText(field?.value);
      if (!field || text?.text !== 'host') return [];
      return {
        subject: serviceSubject(service),
        namespace,
        at: field.value,
        spelling: `${key}: host`,
        fromDefault: text.fromDefault,
        fixes: [{ title: `Remove ${key}`, safety: 'review' as const, changes: [remove(field)] }],
      };
    }),
  );
}

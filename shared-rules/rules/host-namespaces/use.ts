import type { Change } from '../../language/change.ts';
import type { Place } from '../../language/place.ts';
import { remove } from '../../language/yaml/change.ts';
import type { Field } from '../../language/yaml/value.ts';
import type { WorkloadTraits } from '../../model/ai/traits.ts';
import type { Subject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';

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
  readonly workload: () => WorkloadTraits;
}

/** The removal of a field, alone and, where there is something to put in its place, with that. */
export function removal(field: Field, suffix: string, inItsPlace: readonly Change[]): Fix[] {
  const plain: Fix = { title: `Remove ${field.name}`, safety: 'review', changes: [remove(field)] };
  if (inItsPlace.length === 0) return [plain];
  return [plain, { ...plain, title: plain.title + suffix, changes: [...plain.changes, ...inItsPlace] }];
}

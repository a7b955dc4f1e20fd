import { look } from './known.ts';
import type { Container, Pod } from './kubernetes.ts';
import type { Field, Place, Value } from './value.ts';

/** Kinds of the group `apps` whose `selector` the API requires. */
const NEEDS_SELECTOR = new Set(['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet']);

/**
 * Whether a container is all that its pods get, so that what is missing from it is missing there. A container without an
 * image, and a workload without a field that the API requires, is a patch for one that stands elsewhere; and where a kind
 * spreads a pod spec's fields over its own, its controller fills in the rest.
 */
export function isWhole({ object, spec }: Pod, ...containers: readonly Container[]): boolean {
  if (containers.some(({ image }) => image === undefined)) return false;
  const holder = spec.parent;
  if (object.kind === 'Pod' && object.group === '') return holder === object.root;
  if (spec.key !== 'spec' || !/template$/i.test(String(holder?.key ?? ''))) return false;
  const needsSelector = object.group === 'apps' && NEEDS_SELECTOR.has(object.kind ?? '');
  return !needsSelector || look(object.root, 'spec', 'selector') !== 'absent';
}

/** Whether a pod is for Windows, where most of a security context means nothing or is refused. */
export function isForWindows({ spec }: Pod): boolean {
  const selector = spec.get('nodeSelector');
  const systems = [spec.at('os', 'name'), selector?.get('kubernetes.io/os'), selector?.get('beta.kubernetes.io/os')];
  return systems.some((system) => system?.text === 'windows');
}

/** Where something is missing from a container: the last key on the way to it that is there, else the container's name. */
export function nearestKey({ value, image }: Container, ...keys: readonly string[]): Place {
  let nearest: Field | undefined;
  let owner: Value = value;
  for (const key of keys) {
    const field = owner.field(key);
    if (!field) break;
    nearest = field;
    owner = field.value;
  }
  return nearest ? keyOf(nearest) : (value.get('name') ?? image ?? value);
}

export function keyOf({ range, value }: Field): Place {
  return { range, path: value.path };
}

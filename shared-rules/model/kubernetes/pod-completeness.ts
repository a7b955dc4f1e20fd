import type { Place } from '../../language/place.ts';
import { remembered } from '../../language/remembered.ts';
import { isWritten, lookUp } from '../../language/yaml/presence.ts';
import { type Field, keyPlace, type Value } from '../../language/yaml/value.ts';
import type { Container, Pod } from './objects.ts';

/**
 * Whether a pod spec is written out, so that what it does not say has Kubernetes' own default. An overlay or a patch
 * says less: it gives no images, or lacks the selector that the `apps` group requires. Where there is the selector, one
 * image is enough. The objects of an operator that spread fields of a pod over their own have defaults nobody knows here.
 */
export const isComplete = remembered(({ object, spec }: Pod): boolean => {
  if (object.isPartial) return false;
  const holder = spec.parent;
  const isPod = object.kind === 'Pod' && object.group === '' && holder === object.root;
  const isTemplate = spec.key === 'spec' && /template$/i.test(String(holder?.key ?? ''));
  const containers = spec.get('containers')?.items() ?? [];
  const selector = object.group === 'apps' ? lookUp(object.root, 'spec', 'selector') : 'unknown';
  if (!(isPod || isTemplate) || containers.length === 0 || selector === 'absent') return false;
  return isWritten(selector) ? containers.some(hasImage) : containers.every(hasImage);
});

/** Whether a container is written out, and its pod: one without an image may be given more elsewhere. */
export function isCompleteContainer(pod: Pod, { value }: Container): boolean {
  return isComplete(pod) && hasImage(value);
}

function hasImage(container: Value): boolean {
  return container.field('image') !== undefined;
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
  return nearest ? keyPlace(nearest) : (value.get('name') ?? image ?? value);
}

import type { Place } from '../../language/place.ts';
import { remembered } from '../../language/remembered.ts';
import { lookUp } from '../../language/yaml/presence.ts';
import { type Field, keyPlace, type Value } from '../../language/yaml/value.ts';
import type { Container, Pod } from './objects.ts';

/**
 * Whether a pod spec is written out, so that what it does not say has Kubernetes' own default. An overlay or a patch
 * says less: it gives no images, or lacks the selector that the `apps` group requires. The objects of an operator that
 * spread fields of a pod over their own have defaults nobody knows here.
 */
export const isComplete = remembered(({ object, spec }: Pod): boolean => {
  if (object.isPartial) return false;
  const holder = spec.parent;
  const isPod = object.kind === 'Pod' && object.group === '' && holder === object.root;
  const isTemplate = spec.key === 'spec' && /template$/i.test(String(holder?.key ?? ''));
  const containers = spec.get('containers')?.items() ?? [];
  const hasImages = containers.length > 0 && containers.every((container) => container.field('image'));
  const hasSelector = object.group !== 'apps' || lookUp(object.root, 'spec', 'selector') !== 'absent';
  return (isPod || isTemplate) && hasImages && hasSelector;
});

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

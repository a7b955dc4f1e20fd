import type { Subject } from '../engine/rule.ts';
import type { Service } from './compose.ts';
import { imageRepository, repositoryIn } from './image.ts';
import type { KubernetesObject, Pod } from './kubernetes.ts';
import { remembered } from './remembered.ts';
import type { Range } from './text.ts';
import type { Value } from './value.ts';

export const podSubject = remembered(({ object, spec, containers }: Pod): Subject => {
  return {
    kind: object.kind ?? '',
    name: object.name ?? '',
    namespace: object.namespace,
    images: containers.flatMap(({ image }) => repositoryIn(image) ?? []),
    range: rangeFromKey(spec),
  };
});

/** An object that is no workload, as a Service or a Namespace. */
export function objectSubject({ kind, name, namespace, root }: KubernetesObject): Subject {
  return { kind: kind ?? '', name: name ?? '', namespace, images: [], range: root.range };
}

export function serviceSubject({ name, value }: Service): Subject {
  const image = repositoryIn(value.get('image'));
  return { kind: 'service', name, namespace: undefined, images: image ? [image] : [], range: rangeFromKey(value) };
}

/** What no cluster knows: a container, a step of a build. */
export function engineSubject(kind: string, name: string, range: Range, image?: string): Subject {
  return { kind, name, namespace: undefined, images: image ? [imageRepository(image)] : [], range };
}

/** From a value's key to its end: a template action between them belongs to the value. */
export function rangeFromKey(value: Value): Range {
  const holder = typeof value.key === 'string' ? value.parent?.field(value.key) : undefined;
  return { start: Math.min(holder?.range.start ?? value.range.start, value.range.start), end: value.range.end };
}

/** `Deployment web`, `Service web` or `Container web`, as a sentence begins; a workload without a name is named by its kind. */
export function workloadName({ kind, name }: Pick<Subject, 'kind' | 'name'>): string {
  const shown = capitalized(kind || 'workload');
  return name ? `${shown} ${name}` : shown;
}

/** What a message adds where a variable's default decides. */
export function unlessSet(fromDefault: boolean): string {
  return fromDefault ? ', unless the variable says otherwise' : '';
}

/** A name as a sentence begins. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `a`, `a and b` or `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

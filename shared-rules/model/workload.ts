import { remembered } from '../language/remembered.ts';
import type { Range } from '../language/text.ts';
import type { Value } from '../language/yaml/value.ts';
import { type Service, serviceField } from './compose/compose.ts';
import { imageRepository, repositoryIn } from './image.ts';
import type { KubernetesObject, Pod } from './kubernetes/objects.ts';

/** The workload a view belongs to; it names the finding's subject. */
export interface Subject {
  /** The Kubernetes kind, `service` in a Compose file, `container` elsewhere; empty where a template decides. */
  readonly kind: string;
  readonly name: string;
  /** What its name begins with, where it has none and the API server makes one up. */
  readonly generateName?: string | undefined;
  readonly namespace: string | undefined;
  /** The images of its containers, without tags and digests and in lower case. */
  readonly images: readonly string[];
  /** The pod spec or service: template conditions inside it make a finding conditional. */
  readonly range: Range;
  /** The file it stands in, where that is another one than the one that is linted. */
  readonly file?: string | undefined;
  /** The Compose profiles that it is started with, if it is not started without one. */
  readonly profiles?: readonly string[];
}

export const podSubject = remembered(({ object, spec, containers }: Pod): Subject => {
  return {
    kind: object.kind ?? '',
    name: object.name ?? '',
    ...generatedName(object),
    namespace: object.namespace,
    images: containers.flatMap(({ image }) => repositoryIn(image) ?? []),
    range: rangeFromKey(spec),
    ...(spec.file !== undefined && { file: spec.file }),
  };
});

/** An object that is no workload, as a Service or a Namespace. */
export function objectSubject(object: KubernetesObject): Subject {
  const { kind, name, namespace, root } = object;
  const file = root.file === undefined ? {} : { file: root.file };
  const own = { kind: kind ?? '', name: name ?? '', ...generatedName(object), namespace };
  return { ...own, images: [], range: root.range, ...file };
}

/** A Kubernetes object without a name has what the API server makes one up from. */
export function generatedName({ name, root }: KubernetesObject): Pick<Subject, 'generateName'> {
  const generateName = name === undefined ? root.at('metadata', 'generateName')?.text : undefined;
  return generateName ? { generateName } : {};
}

export function serviceSubject(service: Service): Subject {
  const { name, value } = service;
  const profiles = (serviceField(service, 'profiles')?.value.items() ?? []).flatMap(({ text }) => text ?? []);
  const image = repositoryIn(value.get('image'));
  const file = value.file === undefined ? {} : { file: value.file };
  const images = image ? [image] : [];
  return {
    kind: 'service',
    name,
    namespace: undefined,
    images,
    range: rangeFromKey(value),
    ...file,
    ...(profiles.length > 0 && { profiles }),
  };
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

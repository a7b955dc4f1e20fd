import { isCollection, type Node } from 'yaml';
import type { Place } from '../../language/place.ts';
import { type Field, keyPlace, type Value } from '../../language/yaml/value.ts';
import { NOT_WORKLOADS, POD_SPEC_PATHS } from './pod-spec-paths.ts';

export type ObjectsOf = (...kinds: readonly string[]) => readonly KubernetesObject[];

/** A Kubernetes object: a document of its own, an item of a List, or one embedded in another object. */
export interface KubernetesObject {
  readonly root: Value;
  /** Undefined where a template decides about it. */
  readonly kind: string | undefined;
  /** The API group; empty for the core group and where a template decides. */
  readonly group: string;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly pods: readonly Pod[];
  /** Whether it is known to be a part of an object, as a patch is: nothing is known of what it does not say. */
  readonly isPartial: boolean;
}

/** A pod spec wherever an object keeps one, whole or in part. */
export interface Pod {
  readonly object: KubernetesObject;
  readonly spec: Value;
  /** The metadata beside the spec: of the pod template, or of the Pod itself. */
  readonly metadata: Value | undefined;
  readonly containers: readonly Container[];
}

export interface Container {
  readonly value: Value;
  readonly name: string | undefined;
  readonly image: Value | undefined;
  readonly ports: readonly Value[];
  readonly env: readonly Value[];
  readonly volumeMounts: readonly Value[];
}

/** Deeper than any real object; keeps the search in absurdly nested input from overflowing the stack. */
const DEEPEST = 100;

/** The object at the root of a document, with the ones it holds. */
export function readObjects(root: Value): KubernetesObject[] {
  return readAll(root, false);
}

/** What an object is called, as far as it is known. */
export type ObjectIdentity = Pick<KubernetesObject, 'kind' | 'group' | 'name' | 'namespace'>;

/**
 * A part of an object, as a patch has it, whose kind may not be known.
 * @param identity what it is a part of, where something else than it tells so
 */
export function readPartialObject(root: Value, identity?: ObjectIdentity): KubernetesObject[] {
  return readAll(root, true, identity);
}

function readAll(root: Value, isPartial: boolean, identity?: ObjectIdentity): KubernetesObject[] {
  const objects: KubernetesObject[] = [];
  search(root, { objects, seen: new Set(), isPartial }, 0, identity);
  return objects;
}

/** What was found so far: objects, and pod specs. */
interface Search {
  readonly objects: KubernetesObject[];
  readonly seen: Set<Node>;
  readonly isPartial: boolean;
}

/** Where the kinds of Kubernetes itself keep a pod spec, and parts of these; the longest come first. */
const PARTIAL_PATHS = [
  'spec.jobTemplate.spec.template.spec',
  'jobTemplate.spec.template.spec',
  'spec.template.spec',
  'template.spec',
  'spec',
];

/** Reads the object at `root`, and every further object inside it. */
function search(root: Value, found: Search, depth: number, identity = identityOf(root)): void {
  if (root.isNull) return;
  const { objects, seen, isPartial } = found;
  const { kind, group } = identity;
  const pods: Pod[] = [];
  const object: KubernetesObject = { root, ...identity, pods, isPartial };
  objects.push(object);
  if (NOT_WORKLOADS.has(`${group}/${kind}`)) return;
  const addPod = (spec: Value) => {
    if (seen.has(spec.node)) return;
    seen.add(spec.node);
    pods.push({ object, spec, metadata: spec.parent?.get('metadata'), containers: readContainers(spec) });
  };
  const paths = POD_SPEC_PATHS[`${group}/${kind}`];
  for (const path of paths ?? []) for (const spec of valuesAt(root, path)) if (spec.isMapping) addPod(spec);
  if (isPartial && !paths)
    for (const spec of [...PARTIAL_PATHS.flatMap((path) => valuesAt(root, path)), root])
      if (PARTIAL_KEYS.some((name) => spec.get(name))) addPod(spec);
  const searchBelow = (value: Value, level: number): void => {
    if (level > DEEPEST || value.shared) return;
    if (value !== root && isObject(value)) search(value, found, level);
    else {
      if (value.isMapping && looksLikePodSpec(value)) addPod(value);
      for (const child of collectionsIn(value)) searchBelow(child, level + 1);
    }
  };
  searchBelow(root, depth);
}

function identityOf(root: Value): ObjectIdentity {
  const metadata = root.get('metadata');
  return {
    kind: root.get('kind')?.text,
    group: apiGroup(root.get('apiVersion')?.text),
    name: metadata?.get('name')?.text,
    namespace: metadata?.get('namespace')?.text,
  };
}

/** `apps` of `apps/v1`; empty for the core group's `v1`. */
export function apiGroup(apiVersion: string | undefined): string {
  const slash = apiVersion?.lastIndexOf('/') ?? -1;
  return slash < 0 ? '' : (apiVersion as string).slice(0, slash);
}

function isObject(value: Value): boolean {
  return value.isMapping && value.get('apiVersion')?.rawText !== undefined && value.get('kind')?.rawText !== undefined;
}

/** The mappings and sequences written in a value; `status` is left out because controllers write it. */
function collectionsIn(value: Value): readonly Value[] {
  if (value.isSequence) return value.items().filter(({ node }) => isCollection(node));
  const fields = value.fields().filter(({ name, pair }) => name !== 'status' && isCollection(pair.value));
  return fields.map((field) => field.value).filter(({ isNull }) => !isNull);
}

/** The values at a path as POD_SPEC_PATHS has them: `[]` for every item of a list, `*` for every value of a mapping. */
export function valuesAt(root: Value, path: string): Value[] {
  let values = [root];
  for (const segment of path.split('.')) {
    const name = segment.replace('[]', '');
    values = values.flatMap((value) => {
      if (name === '*') return value.fields().map((field) => field.value);
      const next = value.get(name);
      if (!next) return [];
      return segment.endsWith('[]') ? next.items() : next;
    });
  }
  return values;
}

const HOST_FIELDS = ['hostNetwork', 'hostPID', 'hostIPC', 'hostUsers', 'volumes'];

/** A pod spec in a kind that POD_SPEC_PATHS does not name has one of these keys. */
export const POD_SPEC_KEYS = ['containers', ...HOST_FIELDS];

/** A part of a pod spec has one of these. */
const PARTIAL_KEYS = [...POD_SPEC_KEYS, 'initContainers', 'ephemeralContainers', 'securityContext'];

/**
 * A pod spec in a kind nobody listed: `containers` with a name or an image each, or host fields in the `spec`
 * of something called a template.
 */
function looksLikePodSpec(value: Value): boolean {
  const containers = value.get('containers')?.items() ?? [];
  if (containers.length > 0) {
    return containers.every((item) => item.isMapping && (item.field('image') ?? item.field('name')) !== undefined);
  }
  return (
    value.key === 'spec' &&
    /template$/i.test(String(value.parent?.key ?? '')) &&
    HOST_FIELDS.some((name) => value.field(name))
  );
}

/** Plain, init, sidecar and ephemeral containers, and the single ones of Argo Workflows and Dynamo. */
function readContainers(spec: Value): Container[] {
  const lists = ['initContainers', 'containers', 'ephemeralContainers'].flatMap(
    (name) => spec.get(name)?.items() ?? [],
  );
  const templates = spec.get('templates')?.items() ?? [];
  const single = [
    spec.get('mainContainer'),
    ...templates.flatMap((template) => [template.get('container'), template.get('script')]),
  ].filter((value) => value !== undefined);
  return [...lists, ...single]
    .filter((value) => value.isMapping)
    .map((value) => ({
      value,
      name: value.get('name')?.text,
      image: value.get('image'),
      ports: value.get('ports')?.items() ?? [],
      env: value.get('env')?.items() ?? [],
      volumeMounts: value.get('volumeMounts')?.items() ?? [],
    }));
}

/** The key that holds a pod spec, else the spec itself. */
export function podSpecKey({ spec }: Pod): Place {
  const key = typeof spec.key === 'string' ? spec.parent?.field(spec.key) : undefined;
  return key ? keyPlace(key) : spec;
}

/** A field that holds the boolean true; a quoted "true" is a string, which the API refuses. */
export function trueField(value: Value, name: string): Field | undefined {
  const field = value.field(name);
  return field?.value.boolean === true ? field : undefined;
}

/** Whether a container runs as long as its pod does: a plain one or a sidecar, and no other init container. */
export function staysUp({ value }: Container): boolean {
  return value.parent?.key === 'containers' || value.get('restartPolicy')?.text === 'Always';
}

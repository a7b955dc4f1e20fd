import { isCollection, type Node } from 'yaml';
import type { Place } from '../../language/place.ts';
import { embeddedRoot } from '../../language/yaml/embedded.ts';
import { renamed } from '../../language/yaml/renamed.ts';
import { type Field, keyPlace, type Value } from '../../language/yaml/value.ts';
import { NOT_WORKLOADS, POD_POSITIONS } from './pod-positions/index.ts';
import type { ContainerPosition, PodPosition } from './pod-positions/position.ts';

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
  return readAll(root, false, identityOf(root));
}

/** What an object is called, as far as it is known. */
export type ObjectIdentity = Pick<KubernetesObject, 'kind' | 'group' | 'name' | 'namespace'>;

/**
 * A part of an object, as a patch has it, whose kind may not be known.
 * @param identity what it is a part of, where something else than it tells so
 */
export function readPartialObject(root: Value, identity = identityOf(root)): KubernetesObject[] {
  return readAll(root, true, identity);
}

function readAll(root: Value, isPartial: boolean, identity: ObjectIdentity): KubernetesObject[] {
  const found: Found = { objects: [], seen: { pods: new Set(), containers: new Set() }, isPartial };
  search(root, identity, found, 0);
  return found.objects;
}

/** What has been read so far: the objects, and the nodes of pod specs and containers in them. */
interface Found {
  readonly objects: KubernetesObject[];
  readonly seen: { readonly pods: Set<Node>; readonly containers: Set<Node> };
  readonly isPartial: boolean;
}

/** @param assumed what it is if it does not say so */
function identityOf(root: Value, assumed: Partial<Pick<ObjectIdentity, 'kind' | 'group'>> = {}): ObjectIdentity {
  const [kind, apiVersion, metadata] = [root.get('kind'), root.get('apiVersion'), root.get('metadata')];
  return {
    kind: kind ? kind.text : assumed.kind,
    group: apiVersion ? apiGroup(apiVersion.text) : (assumed.group ?? ''),
    name: metadata?.get('name')?.text,
    namespace: metadata?.get('namespace')?.text,
  };
}

/** Where the kinds of Kubernetes itself keep a pod spec, and parts of these; the longest come first. */
const PARTIAL_PATHS = [
  'spec.jobTemplate.spec.template.spec',
  'jobTemplate.spec.template.spec',
  'spec.template.spec',
  'template.spec',
  'spec',
  '',
];

/** Reads the object at `root`, and every further object inside it. */
function search(root: Value, identity: ObjectIdentity, found: Found, depth: number): void {
  if (root.isNull) return;
  const { objects, seen, isPartial } = found;
  const { kind, group } = identity;
  const pods: Pod[] = [];
  const object: KubernetesObject = { root, ...identity, pods, isPartial };
  objects.push(object);
  if (NOT_WORKLOADS.has(`${group}/${kind}`)) return;
  const addPod = (written: Value, { containers: others = [], names }: Partial<PodPosition> = {}) => {
    if (seen.pods.has(written.node)) return;
    seen.pods.add(written.node);
    const spec = renamed(written, names);
    // A patch in a text is about containers beside it, too.
    const beside = written.parent ? undefined : written.document.source.holder?.parent;
    const containers = [
      ...readContainers(root, written, LISTS_OF_CONTAINERS),
      ...readContainers(root, beside ?? written, others),
    ];
    for (const { value } of containers) seen.containers.add(value.node);
    pods.push({ object, spec, metadata: spec.parent?.get('metadata'), containers });
  };
  const positions = POD_POSITIONS.get(`${group}/${kind}`);
  for (const position of positions ?? [])
    for (const value of valuesAt(root, position.at).filter(({ isMapping }) => isMapping)) {
      if (position.object) search(value, identityOf(value, position.object), found, depth + 1);
      else addPod(value, position);
    }
  if (isPartial && !positions)
    for (const spec of PARTIAL_PATHS.flatMap((path) => valuesAt(root, path)))
      if (PARTIAL_KEYS.some((name) => spec.get(name))) addPod(spec);
  const listed = listedKind(root, kind);
  const searchBelow = (value: Value, level: number): void => {
    if (level > DEEPEST || value.shared) return;
    const isListed = listed !== undefined && value.parent?.parent === root && value.parent.key === 'items';
    if (value !== root && isObject(value)) search(value, identityOf(value), found, level);
    else if (isListed && value.isMapping) search(value, identityOf(value, { kind: listed, group }), found, level);
    else {
      if (value.isMapping && looksLikePodSpec(value, seen.containers)) addPod(value);
      for (const child of collectionsIn(value)) searchBelow(child, level + 1);
    }
  };
  searchBelow(root, depth);
}

/**
 * The kind of a typed list's items, such as `Pod` in a `PodList`: the API server writes it at the list alone.
 * Source: Kubernetes API conventions, "Lists and Simple kinds".
 */
function listedKind(root: Value, kind: string | undefined): string | undefined {
  return root.get('items')?.isSequence ? kindOfItems(kind) : undefined;
}

/** `Pod` for `PodList`; undefined for anything but a typed list. */
export function kindOfItems(kind: string | undefined): string | undefined {
  return /^(.+)List$/.exec(kind ?? '')?.[1];
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

/**
 * The values at a path: `[]` stands for every item of a list, `*` for every value of a mapping, `*Container` for every one
 * whose key ends so, `!` for what a text says that is YAML or JSON; the value itself where the path is empty.
 */
export function valuesAt(root: Value, path: string): Value[] {
  let values = [root];
  for (const segment of path === '' ? [] : path.split('.')) {
    const [name = '', ...lists] = segment.replace('!', '').split('[]');
    values = values.flatMap((value) => {
      if (!name.startsWith('*')) return value.get(name) ?? [];
      const fields = value.fields().filter((field) => field.name.endsWith(name.slice(1)));
      return fields.map((field) => field.value);
    });
    for (const _ of lists) values = values.flatMap((value) => value.items());
    if (segment.endsWith('!')) values = values.flatMap((value) => embeddedRoot(value) ?? []);
  }
  return values;
}

const HOST_FIELDS = ['hostNetwork', 'hostPID', 'hostIPC', 'hostUsers', 'volumes'];

/** A pod spec in a kind that POD_POSITIONS does not name has one of these keys. */
export const POD_SPEC_KEYS = ['containers', ...HOST_FIELDS];

/** A part of a pod spec has one of these. */
const PARTIAL_KEYS = [...POD_SPEC_KEYS, 'initContainers', 'ephemeralContainers', 'securityContext'];

/**
 * A pod spec in a kind nobody listed: `containers` with a name or an image each, or host fields in the `spec`
 * of something called a template.
 */
function looksLikePodSpec(value: Value, seen: ReadonlySet<Node>): boolean {
  const containers = value.get('containers')?.items() ?? [];
  if (containers.length > 0) {
    const isContainer = (item: Value) => item.isMapping && (item.field('image') ?? item.field('name')) !== undefined;
    return containers.every(isContainer) && !containers.every(({ node }) => seen.has(node));
  }
  return (
    value.key === 'spec' &&
    /template$/i.test(String(value.parent?.key ?? '')) &&
    HOST_FIELDS.some((name) => value.field(name))
  );
}

/** Plain, init and ephemeral containers. */
const LISTS_OF_CONTAINERS = ['initContainers[]', 'containers[]', 'ephemeralContainers[]'];

/** The containers at positions below a pod's fields, or below its object. */
function readContainers(root: Value, spec: Value, positions: readonly (string | ContainerPosition)[]): Container[] {
  return positions
    .map((position) => (typeof position === 'string' ? { at: position } : position))
    .flatMap(({ at, names }) => {
      const values = at.startsWith('/') ? valuesAt(root, at.slice(1)) : valuesAt(spec, at);
      return values.map((value) => renamed(value, names));
    })
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
  return (
    value.parent?.key === 'containers' ||
    value.parent?.key === 'sidecars' ||
    value.get('restartPolicy')?.text === 'Always'
  );
}

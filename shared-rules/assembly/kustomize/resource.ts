import type { YAMLMap } from 'yaml';
import { effectiveNamespace, gvkOf, keyOf, type ResourceId } from './ids.ts';
import { nodeAt, textOf } from './nodes.ts';

/** What an object was called before a transformer gave it another name, namespace or kind. */
interface FormerId {
  readonly name: string;
  readonly namespace: string;
  readonly kind: string;
}

/** What a generated object does with one of its name that is there already. */
export type Behavior = 'create' | 'merge' | 'replace';

/** An object of a build, as it is so far, and what is remembered of it for references to it. */
export class Resource {
  root: YAMLMap;
  #former: FormerId[] = [];
  readonly prefixes: string[] = [];
  readonly suffixes: string[] = [];
  /** The names of `vars` whose value is in it. */
  varNames: string[] = [];
  isHashed = false;
  behavior: Behavior = 'create';

  constructor(root: YAMLMap) {
    this.root = root;
  }

  get apiVersion(): string {
    return textOf(nodeAt(this.root, 'apiVersion')) ?? '';
  }

  get kind(): string {
    return textOf(nodeAt(this.root, 'kind')) ?? '';
  }

  get name(): string {
    return textOf(nodeAt(this.root, 'metadata', 'name')) ?? '';
  }

  get namespace(): string {
    return textOf(nodeAt(this.root, 'metadata', 'namespace')) ?? '';
  }

  get id(): ResourceId {
    return { ...gvkOf(this.apiVersion, this.kind), name: this.name, namespace: this.namespace };
  }

  /** What it was called, the first name first; its group and version are those of now. */
  get formerIds(): ResourceId[] {
    if (this.#former.length === 0) return [];
    const { apiVersion } = this;
    return this.#former.map(({ name, namespace, kind }) => ({ ...gvkOf(apiVersion, kind), name, namespace }));
  }

  get originalId(): ResourceId {
    return this.formerIds[0] ?? this.id;
  }

  get ids(): ResourceId[] {
    return [...this.formerIds, this.id];
  }

  /** Remembers what it is called now. */
  storeId(): void {
    const { id } = this;
    this.#former.push({ name: id.name, namespace: effectiveNamespace(id), kind: id.kind });
  }

  /** Takes the place of an object whose references it gets. */
  succeed(old: Resource): void {
    this.#former = [...old.#former];
    this.prefixes.push(...old.prefixes);
    this.suffixes.push(...old.suffixes);
    this.varNames = [...old.varNames];
    this.isHashed &&= old.isHashed;
  }
}

/** The objects of a build, in the order in which they were added. */
export class ResourceList {
  readonly resources: Resource[] = [];
  #keys: Set<string> | undefined;

  /** @returns false where there is an object of the same id, so that it was not added */
  append(resource: Resource): boolean {
    this.#keys ??= new Set(this.resources.map(({ id }) => keyOf(id)));
    const key = keyOf(resource.id);
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    this.resources.push(resource);
    return true;
  }

  replace(old: Resource, resource: Resource): void {
    this.resources[this.resources.indexOf(old)] = resource;
  }

  remove(gone: ReadonlySet<Resource>): void {
    const left = this.resources.filter((resource) => !gone.has(resource));
    this.resources.splice(0, Infinity, ...left);
    this.forgetIds();
  }

  /** To be called when objects may have other ids than before. */
  forgetIds(): void {
    this.#keys = undefined;
  }

  /** The objects that have, or had, an id. */
  withId(id: ResourceId): Resource[] {
    const key = keyOf(id);
    return this.resources.filter((resource) => resource.ids.some((one) => keyOf(one) === key));
  }

  /** The objects that have, or had, a name, in any namespace. */
  withName({ group, version, kind, name }: ResourceId): Resource[] {
    const isIt = (one: ResourceId) =>
      one.name === name && one.kind === kind && one.group === group && one.version === version;
    return this.resources.filter((resource) => resource.ids.some(isIt));
  }
}

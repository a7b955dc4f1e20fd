import { isCollection, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { YamlDocument } from '../../language/yaml/document.ts';
import { embeddedRoot } from '../../language/yaml/embedded.ts';
import type { Value } from '../../language/yaml/value.ts';

import { apiGroup, type KubernetesObject, type ObjectIdentity, readPartialObject } from './objects.ts';

/** What a patch says of an object, and the document in which it is written. */
export interface Patch {
  readonly document: YamlDocument;
  readonly objects: readonly KubernetesObject[];
}

/**
 * The patches that are written inside a document, as texts or lists of operations: `patches`, `patchesStrategicMerge` and
 * `patchesJson6902` of a Kustomization or Component (https://kubectl.docs.kubernetes.io/references/kustomize), and where
 * Flux and Argo CD take the same.
 */
export function patchesIn(root: Value): Patch[] {
  return patchValues(root).flatMap(({ value, target }) => {
    const identity = identityOf(target);
    if (value.isSequence) return { document: value.document, objects: readOperations(value, identity) };
    const embedded = embeddedRoot(value);
    const objects = embedded ? readPatch(embedded, identity) : [];
    return embedded && objects.length > 0 ? { document: embedded.document, objects } : [];
  });
}

/** The scalars in a document that have a patch as their text. */
export function patchTexts(root: Value): Value[] {
  return patchValues(root).flatMap(({ value }) => (value.isSequence ? [] : value));
}

/** A strategic merge patch, or a list of JSON 6902 operations. */
export function readPatch(root: Value, identity?: ObjectIdentity): KubernetesObject[] {
  if (root.isSequence) return readOperations(root, identity);
  return root.isMapping ? readPartialObject(root, identity) : [];
}

interface PatchValue {
  readonly value: Value;
  readonly target: Value | undefined;
}

function patchValues(root: Value): PatchValue[] {
  const found: PatchValue[] = [];
  const open = [root];
  for (let value = open.pop(); value; value = open.pop()) {
    for (const field of value.fields()) {
      const items = field.value.items();
      if (field.name === 'patches' || field.name === 'patchesJson6902')
        for (const item of items) {
          const patch = item.get('patch');
          if (patch) found.push({ value: patch, target: item.get('target') });
        }
      if (field.name === 'patchesStrategicMerge')
        for (const item of items.filter(isText)) found.push({ value: item, target: undefined });
      if (isCollection(field.pair.value) && !field.value.shared) open.push(field.value);
    }
    for (const item of value.items()) if (isCollection(item.node) && !item.shared) open.push(item);
  }
  return found;
}

/** Whether it is a patch and no path of a file. */
function isText({ rawText }: Value): boolean {
  return rawText !== undefined && /[\n{]/.test(rawText);
}

/** The object that a patch's target tells; a name may be an expression that others fit, too. */
function identityOf(target: Value | undefined): ObjectIdentity | undefined {
  if (!target) return undefined;
  const plain = (name: string) => {
    const text = target.get(name)?.text;
    return text !== undefined && /^[\w.-]+$/.test(text) ? text : undefined;
  };
  return {
    kind: plain('kind'),
    group: plain('group') ?? apiGroup(target.get('apiVersion')?.text),
    name: plain('name'),
    namespace: plain('namespace'),
  };
}

/** Whether a list is one of JSON 6902 operations (RFC 6902). */
export function isOperations(root: Value): boolean {
  const items = root.items();
  return items.length > 0 && items.every((item) => item.get('op')?.text && item.get('path')?.rawText?.startsWith('/'));
}

/**
 * What the operations of a list add to an object or replace in it. `test`, `remove`, `move` and `copy` say nothing that could
 * be judged.
 */
function readOperations(root: Value, identity: ObjectIdentity | undefined): KubernetesObject[] {
  if (!isOperations(root)) return [];
  const trees: PatchedTree[] = [];
  for (const item of root.items()) {
    const [op, path, value] = [item.get('op')?.text, item.get('path')?.text, item.get('value')];
    if (!path || !value || (op !== 'add' && op !== 'replace')) continue;
    const names = path.slice(1).split('/').map(unescaped);
    if (trees.at(-1)?.take(names, value.node)) continue;
    const tree = new PatchedTree(root.node);
    if (tree.take(names, value.node)) trees.push(tree);
  }
  return trees.flatMap(({ node }) => {
    const assembled = YamlDocument.assemble(node, new Map(), root.document).root;
    return assembled ? readPartialObject(assembled, identity) : [];
  });
}

/** A name as JSON pointers escape it (RFC 6901). */
function unescaped(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The part of an object that operations give values to; what is made up for it stands where the operations do. */
class PatchedTree {
  readonly node: YAMLMap;
  readonly #range: Node['range'];
  /** The items of lists that are made up, by their indexes. */
  readonly #items = new Map<YAMLSeq, Map<string, Node>>();

  constructor({ range }: Node) {
    this.#range = range;
    this.node = this.#placed(new YAMLMap());
  }

  /** @returns false where the place is inside the value of another operation */
  take(names: readonly string[], value: Node): boolean {
    let at: YAMLMap | YAMLSeq = this.node;
    for (const [index, name] of names.slice(0, -1).entries()) {
      const child = this.#childOf(at, name) ?? this.#add(at, name, this.#collectionFor(names[index + 1] as string));
      if (!this.#isMadeUp(child)) return false;
      at = child;
    }
    const last = names.at(-1) as string;
    if (last !== '-' && this.#childOf(at, last)) return false;
    this.#add(at, last, value);
    return true;
  }

  #childOf(holder: YAMLMap | YAMLSeq, name: string): Node | undefined {
    if (holder instanceof YAMLSeq) return this.#items.get(holder)?.get(name);
    return holder.items.find(({ key }) => (key as Scalar).value === name)?.value as Node | undefined;
  }

  #add<Child extends Node>(holder: YAMLMap | YAMLSeq, name: string, child: Child): Child {
    if (holder instanceof YAMLSeq) {
      holder.items.push(child);
      if (name !== '-') this.#items.get(holder)?.set(name, child);
    } else holder.items.push(new Pair(this.#placed(new Scalar(name)), child));
    return child;
  }

  #collectionFor(name: string): YAMLMap | YAMLSeq {
    if (!/^(?:-|\d+)$/.test(name)) return this.#placed(new YAMLMap());
    const list = this.#placed(new YAMLSeq());
    this.#items.set(list, new Map());
    return list;
  }

  readonly #madeUp = new Set<Node>();

  #placed<Made extends Node>(node: Made): Made {
    node.range = this.#range ?? null;
    this.#madeUp.add(node);
    return node;
  }

  #isMadeUp(node: Node): node is YAMLMap | YAMLSeq {
    return this.#madeUp.has(node);
  }
}

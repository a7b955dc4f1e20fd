import { isCollection, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { YamlDocument } from '../../language/yaml/document.ts';
import { embeddedRoot } from '../../language/yaml/embedded.ts';
import { keyName, type Value } from '../../language/yaml/value.ts';

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
 * What the operations of a list leave of what they add to an object or replace in it: a later one may take it back. What
 * `copy` brings is not known, nor what `move` and `test` say of the object itself.
 */
function readOperations(root: Value, identity: ObjectIdentity | undefined): KubernetesObject[] {
  if (!isOperations(root)) return [];
  const tree = new PatchedTree(root.node);
  for (const item of root.items()) {
    const [op, value] = [item.get('op')?.text, item.get('value')?.node];
    const [path, from] = ['path', 'from'].map((name) => namesIn(item.get(name)?.text));
    if (!path) continue;
    const moved = op === 'move' && from ? tree.remove(from) : undefined;
    if (op === 'add' || op === 'replace') tree.set(path, value, op === 'add');
    else if (op === 'move') tree.set(path, moved, true);
    else if (op === 'remove') tree.remove(path);
  }
  const assembled = YamlDocument.assemble(tree.node, new Map(), root.document).root;
  return assembled ? readPartialObject(assembled, identity) : [];
}

/** The names in a JSON pointer. */
function namesIn(pointer: string | undefined): string[] | undefined {
  return pointer?.startsWith('/') ? pointer.slice(1).split('/').map(unescaped) : undefined;
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

  /**
   * @param value undefined where it is not known, so that what was there is not known any more
   * @param isInserted whether it comes before an item of a list that is there
   */
  set(names: readonly string[], value: Node | undefined, isInserted: boolean): void {
    const last = names.at(-1) as string;
    const holder = this.#holderOf(names, value !== undefined);
    if (!holder) return;
    if (!isInserted || holder instanceof YAMLMap) this.#drop(holder, last);
    if (value) this.#add(holder, last, value);
  }

  /** Takes a value away. @returns it, where it is known */
  remove(names: readonly string[]): Node | undefined {
    const holder = this.#holderOf(names, false);
    return holder && this.#drop(holder, names.at(-1) as string);
  }

  /** The collection that a place is in; a written one is copied, so that the operations change nothing else. */
  #holderOf(names: readonly string[], isMade: boolean): YAMLMap | YAMLSeq | undefined {
    let at: YAMLMap | YAMLSeq = this.node;
    for (const [index, name] of names.slice(0, -1).entries()) {
      let child = this.#childOf(at, name);
      if (!child && !isMade) return undefined;
      child ??= this.#add(at, name, this.#collectionFor(names[index + 1] as string));
      if (!(child instanceof YAMLMap || child instanceof YAMLSeq)) return undefined;
      if (!this.#isMadeUp(child)) {
        const copy = this.#copyOf(child);
        this.#drop(at, name);
        child = this.#add(at, name, copy);
      }
      at = child;
    }
    return at;
  }

  #childOf(holder: YAMLMap | YAMLSeq, name: string): Node | undefined {
    if (holder instanceof YAMLSeq) return this.#items.get(holder)?.get(name);
    return holder.items.find((pair) => keyName(pair) === name)?.value as Node | undefined;
  }

  #add<Child extends Node>(holder: YAMLMap | YAMLSeq, name: string, child: Child): Child {
    if (holder instanceof YAMLSeq) {
      holder.items.push(child);
      if (name !== '-') this.#items.get(holder)?.set(name, child);
    } else holder.items.push(new Pair(this.#placed(new Scalar(name)), child));
    return child;
  }

  #drop(holder: YAMLMap | YAMLSeq, name: string): Node | undefined {
    const child = this.#childOf(holder, name);
    if (!child) return undefined;
    if (holder instanceof YAMLSeq) {
      holder.items.splice(holder.items.indexOf(child), 1);
      this.#items.get(holder)?.delete(name);
    } else
      holder.items.splice(
        holder.items.findIndex(({ value }) => value === child),
        1,
      );
    return child;
  }

  #collectionFor(name: string): YAMLMap | YAMLSeq {
    return /^(?:-|\d+)$/.test(name) ? this.#list([]) : this.#placed(new YAMLMap());
  }

  #list(items: readonly Node[]): YAMLSeq {
    const list = this.#placed(new YAMLSeq());
    list.items.push(...items);
    this.#items.set(list, new Map(items.map((item, index) => [String(index), item])));
    return list;
  }

  #copyOf(written: YAMLMap | YAMLSeq): YAMLMap | YAMLSeq {
    if (written instanceof YAMLSeq) return this.#list(written.items as Node[]);
    const copy = this.#placed(new YAMLMap());
    copy.items.push(...written.items);
    return copy;
  }

  readonly #madeUp = new Set<Node>();

  #placed<Made extends Node>(node: Made): Made {
    node.range = this.#range ?? null;
    this.#madeUp.add(node);
    return node;
  }

  #isMadeUp(node: Node): boolean {
    return this.#madeUp.has(node);
  }
}

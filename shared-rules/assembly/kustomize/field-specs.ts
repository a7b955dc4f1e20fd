import { isMap, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Value } from '../../language/yaml/value.ts';
import type { TreeBuilder } from '../tree-builder.ts';
import { type Gvk, gvkOf, isSelected } from './ids.ts';
import { isNull, itemsOf, pairIn, textIn } from './nodes.ts';

/** Where something is written in objects of a kind. The path leads through lists without naming them. */
export interface FieldSpec extends Gvk {
  /** Names between slashes; `\/` is a slash of a name. */
  readonly path: string;
  /** Whether it is made where it is absent. */
  readonly create: boolean;
}

/** A place in a tree, whose value may be replaced. */
export interface Slot {
  readonly node: Node | null;
  replace(node: Node): void;
}

/** How what is absent is made. */
export interface Making {
  readonly tree: TreeBuilder;
  /** Because of which value. */
  readonly at: Value;
  /** What the last field gets; fields before it are mappings. */
  readonly leaf: () => Node;
}

/** Adds specs of configurations to others. @returns undefined where two say different things of the same field */
export function mergeSpecs(specs: readonly FieldSpec[], more: readonly FieldSpec[]): FieldSpec[] | undefined {
  const merged = [...specs];
  for (const spec of more) {
    const known = merged.find((one) => one.path === spec.path && isSelected(one, spec));
    if (known && known.create !== spec.create) return undefined;
    if (!known) merged.push(spec);
  }
  return merged;
}

export function pathNames(path: string, separator = '/'): string[] {
  const names: string[] = [];
  for (const part of path.split(separator)) {
    const last = names.at(-1);
    if (last?.endsWith('\\')) names[names.length - 1] = last.slice(0, -1) + separator + part;
    else names.push(part);
  }
  return names.length > 1 && names[0] === '' ? names.slice(1) : names;
}

/** Visits all places of an object that a spec is about. */
export function visitSpec(root: YAMLMap, spec: FieldSpec, visit: (slot: Slot) => void, making?: Making): void {
  const gvk = gvkOf(textIn(root, 'apiVersion') ?? '', textIn(root, 'kind') ?? '');
  if (isSelected(gvk, spec)) visitPath(root, spec.path, visit, spec.create ? making : undefined);
}

/** Visits all places that a path leads to. */
export function visitPath(root: YAMLMap, path: string, visit: (slot: Slot) => void, making?: Making): void {
  new Walk(visit, making).go({ node: root, replace: () => {} }, pathNames(path));
}

class Walk {
  readonly #visit: (slot: Slot) => void;
  readonly #making: Making | undefined;

  constructor(visit: (slot: Slot) => void, making: Making | undefined) {
    this.#visit = visit;
    this.#making = making;
  }

  go(slot: Slot, names: readonly string[]): void {
    const { node } = slot;
    if (names.length === 0) this.#visit(slot);
    else if (isSeq(node)) for (const item of itemSlots(node)) this.go(item, names);
    else if (isMap(node)) this.#field(node as YAMLMap, names);
  }

  #field(map: YAMLMap, [first = '', ...rest]: readonly string[]): void {
    const isList = first.endsWith('[]');
    const name = isList ? first.slice(0, -2) : first;
    const making = isList ? undefined : this.#making;
    let pair = pairIn(map, name);
    if (making && (!pair || isNull(pair.value))) {
      const made = rest.length === 0 ? making.leaf() : making.tree.mapping(making.at, []);
      if (pair) pair.value = made;
      else {
        pair = making.tree.made(name, making.at, made);
        map.items.push(pair);
      }
    }
    if (pair) this.go(slotOf(pair), rest);
  }
}

export function slotOf(pair: Pair): Slot {
  return {
    get node() {
      return pair.value as Node | null;
    },
    replace: (node) => {
      pair.value = node;
    },
  };
}

export function itemSlots(list: YAMLSeq): Slot[] {
  return itemsOf(list).map((node, index) => ({
    node,
    replace: (other) => {
      list.items[index] = other;
    },
  }));
}

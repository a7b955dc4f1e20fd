import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Value } from '../../language/yaml/value.ts';
import type { TreeBuilder } from '../tree-builder.ts';

/**
 * Objects of a build are trees of nodes of their own, which transformers change. Each node remembers where it is written, in
 * the `TreeBuilder` of the build.
 */

/** A tree like a value, of new nodes. What aliases and merge keys bring is copied, and null stays. */
export function copyOf(tree: TreeBuilder, value: Value): Node {
  if (value.isMapping)
    return tree.mapping(
      value,
      value.fields().map((field) => tree.pair(field, copyOf(tree, field.value))),
    );
  if (value.isSequence)
    return tree.sequence(
      value,
      value.items().map((item) => copyOf(tree, item)),
    );
  return tree.item(value);
}

export function nameOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

export function pairIn(map: unknown, name: string): Pair | undefined {
  return isMap(map)
    ? ((map as YAMLMap).items.find((pair) => nameOf(pair as Pair) === name) as Pair | undefined)
    : undefined;
}

/** What a key of a mapping has; undefined where it is absent. */
export function nodeIn(map: unknown, name: string): Node | undefined {
  return pairIn(map, name)?.value as Node | undefined;
}

/** What is at the end of keys in mappings. */
export function nodeAt(root: unknown, ...names: readonly string[]): Node | undefined {
  let node = root as Node | undefined;
  for (const name of names) node = nodeIn(node, name);
  return node;
}

export function textIn(map: unknown, name: string): string | undefined {
  return textOf(nodeIn(map, name));
}

export function textOf(node: unknown): string | undefined {
  return isScalar(node) ? String(node.value) : undefined;
}

export function itemsOf(node: unknown): Node[] {
  return isSeq(node) ? ((node as YAMLSeq).items as Node[]) : [];
}

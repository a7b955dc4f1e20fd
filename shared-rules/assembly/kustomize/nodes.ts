import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { NULL, type Value } from '../../language/yaml/value.ts';
import type { TreeBuilder } from '../tree-builder.ts';

/**
 * Objects of a build are trees of nodes of their own, which transformers change. Each node remembers where it is written, in
 * the `TreeBuilder` of the build.
 */

/** What is nested deeper is left out: aliases may lead deeper than any text is nested. */
const MOST_DEPTH = 400;

/**
 * A tree like a value, of new nodes. What aliases and merge keys bring is copied, null stays, and so do directives of patches.
 * Mappings and lists are left empty when the builder is full.
 */
export function copyOf(tree: TreeBuilder, value: Value, depth = 0): Node {
  const isLeftOut = depth > MOST_DEPTH || tree.isFull;
  const copied = (one: Value) => copyOf(tree, one, depth + 1);
  if (value.isMapping) {
    const fields = isLeftOut ? [] : value.fields();
    return tree.mapping(
      value,
      fields.map((field) => tree.pair(field, copied(field.value))),
    );
  }
  if (value.isSequence) return tree.sequence(value, (isLeftOut ? [] : value.allItems()).map(copied));
  return isAlias(value.written) ? tree.aliased(value) : tree.item(value);
}

export function isNull(node: unknown): boolean {
  if (!isScalar(node)) return node === undefined || node === null;
  if (node.tag !== undefined) return node.tag === 'tag:yaml.org,2002:null';
  return isPlain(node) && NULL.test(String(node.value));
}

/** Whether the scalar is written without quotes, so that its text decides whether it is a string. */
export function isPlain({ type }: Scalar): boolean {
  return type === Scalar.PLAIN || type === undefined;
}

export function nameOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

export function pairIn(map: unknown, name: string): Pair | undefined {
  return isMap(map)
    ? ((map as YAMLMap).items.find((pair) => nameOf(pair as Pair) === name) as Pair | undefined)
    : undefined;
}

/** Gives a mapping a pair of that name, or takes the one it has away. */
export function setPair(map: Node | undefined, name: string, pair: Pair | undefined): void {
  if (!isMap(map)) return;
  const index = map.items.findIndex((other) => nameOf(other as Pair) === name);
  if (index >= 0) map.items.splice(index, 1, ...(pair ? [pair] : []));
  else if (pair) map.items.push(pair);
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

export function pairsOf(node: unknown): Pair[] {
  return isMap(node) ? ((node as YAMLMap).items as Pair[]) : [];
}

export function itemsOf(node: unknown): Node[] {
  return isSeq(node) ? ((node as YAMLSeq).items as Node[]) : [];
}

/** What is no string without quotes, as Kustomize reads YAML: booleans of YAML 1.2, numbers and times. */
const TYPED =
  /^(?:true|True|TRUE|false|False|FALSE|[-+]?(?:0o[0-7_]+|0x[\da-fA-F_]+|0b[01_]+|\d[\d_]*|(?:\.\d[\d_]*|\d[\d_]*(?:\.[\d_]*)?)(?:[eE][-+]?\d+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)|\d{4}-\d\d?-\d\d?.*)$/;

/** Whether a scalar is a text, and not null, a number or a boolean. */
export function isString(node: Scalar): boolean {
  if (node.tag !== undefined) return node.tag === 'tag:yaml.org,2002:str';
  return !isPlain(node) || (!isNull(node) && !TYPED.test(String(node.value)));
}

/** A text that is one even where it would be a number or boolean without quotes. */
export function asString<Made extends Node>(node: Made): Made {
  if (isScalar(node)) node.type = 'QUOTE_DOUBLE';
  return node;
}

/** Puts a field in the place of the one of its name, or at the end. */
export function putPair(map: Node | undefined, pair: Pair): void {
  setPair(map, nameOf(pair), pair);
}

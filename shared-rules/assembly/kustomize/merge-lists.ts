import { isMap, isScalar, type Node } from 'yaml';
import { isNull, nodeIn } from './nodes.ts';
import { Refusal } from './refusal.ts';

/**
 * Lists whose items are known by keys, as kyaml has them (`yaml/fns.go`, `yaml/walk/associative_sequence.go`). An empty name
 * of a key means the item itself, which is a text. The values of several keys go with them, and are empty where an item
 * does not have the key. What the reference does to items without their key is done here as well, since it decides about order.
 */
export type Values = readonly string[];

/** Comparing each item with each takes too long from here on. */
const MOST_STEPS = 20_000_000;

/** The text of a scalar; of anything else an empty one. */
export function rawText(node: unknown): string {
  return isScalar(node) ? String(node.value) : '';
}

export class KeyedLists {
  #steps = 0;

  #step(at: Node): void {
    if (++this.#steps > MOST_STEPS) throw new Refusal('there are too many items to merge', at);
  }

  /** The values of the keys of all items of some lists, each once. */
  valuesOf(lists: readonly (readonly Node[])[], keys: readonly string[]): Values[] {
    const found = new Map<string, Values>();
    for (const item of lists.flat()) {
      const values = keys.map((key) => (key === '' ? rawText(item) : presentText(nodeIn(item, key))));
      const id = JSON.stringify(values);
      if (!found.has(id)) found.set(id, values);
    }
    const all = [...found.values()];
    return keys.length > 1 ? this.#completed(all, lists) : all;
  }

  /** Where values only differ in what one of them lacks, both become the one that is complete. */
  #completed(all: Values[], lists: readonly (readonly Node[])[]): Values[] {
    const [at] = lists.flat();
    for (let i = 0; i < all.length; i++) {
      const some = all[i] as Values;
      for (let j = 0; j < all.length; j++) {
        this.#step(at as Node);
        const both = joined(some, all[j] as Values);
        if (!both) continue;
        all[i] = both;
        all[j] = both;
      }
    }
    return all;
  }

  /** The first item with these values, of which empty ones do not matter unless all are. */
  find(items: readonly Node[], keys: readonly string[], values: Values): Node | undefined {
    if (keys[0] === '') return items.find((item) => rawText(item) === values[0]);
    const isAll = values.every((value) => value === '');
    return items.find((item) => {
      if (!isMap(item)) return false;
      this.#step(item);
      return keys.every((key, index) => {
        if (!isAll && values[index] === '') return true;
        const value = nodeIn(item, key);
        return value !== undefined && rawText(value) === values[index];
      });
    });
  }

  /** Puts an item in the place of all that have these values, else at the end; without an item, removes those. */
  set(items: Node[], item: Node | undefined, keys: readonly string[], values: Values): void {
    const kept: Node[] = [];
    let isFound = false;
    for (const other of items) {
      if (isNull(other) || isEmptyMap(other)) continue;
      this.#step(other);
      if (!isMap(other) && keys[0] && values[0]) kept.push(other);
      else if (this.#has(other, keys, values)) {
        isFound = true;
        if (item) kept.push(item);
      } else if (values.length > 0) kept.push(other);
    }
    if (!isFound && item && !isNull(item)) kept.push(item);
    items.splice(0, items.length);
    for (const other of kept) items.push(other);
  }

  #has(item: Node, keys: readonly string[], values: Values): boolean {
    let isMatch = false;
    for (const [index, key] of keys.entries()) {
      const value = values[index];
      if (value !== undefined) {
        if (key === '' ? !isScalar(item) : !isMap(item))
          throw new Refusal('items of a list that is merged differ in kind', item);
        const own = key === '' ? item : nodeIn(item, key);
        isMatch = own !== undefined && ((key !== '' && value === '') || presentScalar(own, key) === value);
      }
      if (!isMatch) return false;
    }
    return isMatch;
  }

  /** Adds the items of one list to another, in the place of those with the same keys. */
  append(items: Node[], others: readonly Node[], keys: readonly string[]): void {
    for (const item of others) {
      if (keys[0] === '') {
        this.set(items, item, keys, [rawText(item)]);
        continue;
      }
      const values: string[] = [];
      for (const key of keys) {
        if (!isMap(item) && !isNull(item)) throw new Refusal('items of a list that is merged differ in kind', item);
        const value = nodeIn(item, key);
        if (value === undefined) items.push(item);
        else values.push(rawText(value));
      }
      if (keys.length > 1) this.set(items, undefined, keys, values);
      this.set(items, item, keys, values);
    }
  }
}

export function isEmptyMap(node: unknown): boolean {
  return isMap(node) && node.items.length === 0;
}

function presentText(node: unknown): string {
  return isNull(node) ? '' : rawText(node);
}

function presentScalar(node: Node, key: string): string {
  return key === '' ? presentText(node) : rawText(node);
}

function joined(some: Values, others: Values): Values | undefined {
  const both: string[] = [];
  let isCommon = false;
  for (const [index, value] of some.entries()) {
    const other = others[index] as string;
    if (value === other) isCommon = true;
    else if (value !== '' && other !== '') return undefined;
    both.push(value === '' ? other : value);
  }
  return isCommon ? both : undefined;
}

import { isMap, isScalar, type Node } from 'yaml';
import { isNull, nodeIn } from './nodes.ts';
import { Refusal } from './refusal.ts';

/** What an item has for each key of its list: an empty text where it lacks the key. An empty key stands for the item itself. */
type Values = readonly string[];
type Merge = (own: Node | undefined, added: Node | undefined) => Node | undefined;

/**
 * Merges the items of a patch into those of a list, as kyaml does (`yaml/walk/associative_sequence.go`): first come the items
 * of the patch, and then those that the list alone has; with several keys, all that the list has come last.
 * @param keys none where the items are texts
 */
export function mergeItems(own: Node[], added: readonly Node[], keys: readonly string[], merge: Merge): Node[] {
  const all = keys.length > 0 ? keys : [''];
  const both = [...added, ...own];
  const given = all.map((key) => both.some((item) => valuesOf(item, [key])[0] !== ''));
  const isGiven = (_: unknown, index: number) => given[index] === true || !given.includes(true);
  const used = all.filter(isGiven);
  if (both.every((item) => isKnownBy(item, used))) return mergeRegular(own, added, used, merge);
  const lists = new KeyedLists();
  const items: Node[] = [];
  for (const values of lists.valuesOf(both, all).map((values): Values => values.filter(isGiven))) {
    const item = merge(lists.find(own, used, values), lists.find(added, used, values));
    if (isNull(item) || isEmptyMap(item)) lists.set(own, undefined, used, values);
    else lists.set(items, item, used, values);
  }
  lists.append(items, own, used);
  return items;
}

/** Whether an item has a text for each key. */
function isKnownBy(item: Node, keys: readonly string[]): boolean {
  return valuesOf(item, keys).every((value) => value !== '') && (keys[0] === '' ? !isNull(item) : isMap(item));
}

function valuesOf(item: Node, keys: readonly string[]): Values {
  return keys.map((key) => (key === '' ? rawText(item) : presentText(nodeIn(item, key))));
}

/** The same where each item has all keys, in linear time. */
function mergeRegular(own: readonly Node[], added: readonly Node[], keys: readonly string[], merge: Merge): Node[] {
  const idOf = (item: Node) => JSON.stringify(valuesOf(item, keys));
  const [ownById, addedById] = [own, added].map(
    (list) => new Map(list.map((item) => [idOf(item), item]).reverse() as [string, Node][]),
  );
  const ownIds = own.map(idOf);
  const merged = new Map<string, Node>();
  const removed = new Set<string>();
  for (const id of [...added.map(idOf), ...ownIds]) {
    if (merged.has(id) || removed.has(id)) continue;
    const item = merge(ownById?.get(id), addedById?.get(id));
    if (item === undefined || isNull(item) || isEmptyMap(item)) removed.add(id);
    else merged.set(id, item);
  }
  for (const [index, item] of own.entries()) {
    const id = ownIds[index] as string;
    if (removed.has(id) || isEmptyMap(item)) continue;
    if (keys.length > 1) merged.delete(id);
    merged.set(id, item);
  }
  return [...merged.values()];
}

/** Comparing each item with each takes too long from here on. It is only done where some items lack a key. */
const MOST_STEPS = 2_000_000;

/** The text of a scalar; of anything else an empty one. */
export function rawText(node: unknown): string {
  return isScalar(node) ? String(node.value) : '';
}

/**
 * What kyaml does with lists of which some items lack a key (`yaml/fns.go`, `ElementSetter` and `ElementMatcher`), to the letter:
 * it decides about the order, and sometimes loses items.
 */
export class KeyedLists {
  #steps = 0;

  #step(at: Node): void {
    if (++this.#steps > MOST_STEPS) throw new Refusal('there are too many items to merge', at);
  }

  /** The values of the keys of all items, each once. */
  valuesOf(items: readonly Node[], keys: readonly string[]): Values[] {
    const found = new Map<string, Values>();
    for (const item of items) {
      const values = valuesOf(item, keys);
      const id = JSON.stringify(values);
      if (!found.has(id)) found.set(id, values);
    }
    const all = [...found.values()];
    return keys.length > 1 ? this.#completed(all, items) : all;
  }

  /** Where values only differ in what one of them lacks, both become the one that is complete. */
  #completed(all: Values[], [at]: readonly Node[]): Values[] {
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

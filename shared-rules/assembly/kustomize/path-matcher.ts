import { isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import { pattern as patternOf } from '../../language/re2/pattern.ts';
import { itemQuery } from './field-paths.ts';
import { itemSlots, type Making, type Slot, slotOf } from './field-specs.ts';
import { isNull, pairIn } from './nodes.ts';

class NotFound extends Error {}

/**
 * All fields that a path of a replacement leads to: `*` is every item of a list, `[name=value]` the items that a regular
 * expression is found in, a number one item. What is missing is made where that is wanted.
 * @returns a sentence where the path leads through something that is neither
 */
export function findFields(root: YAMLMap, names: readonly string[], making?: Making): Slot[] | string {
  try {
    return new Matcher(making).find({ node: root, replace: () => {} }, names);
  } catch (error) {
    if (error instanceof NotFound) return error.message;
    throw error;
  }
}

class Matcher {
  readonly #making: Making | undefined;

  constructor(making: Making | undefined) {
    this.#making = making;
  }

  find(slot: Slot, names: readonly string[]): Slot[] {
    const [name, ...rest] = names;
    if (name === undefined) return [slot];
    if (/^\d+$/.test(name)) return this.#atIndex(this.#list(slot, name), Number(name), rest);
    const query = itemQuery(name);
    if (query) return this.#queried(this.#list(slot, name), query, rest);
    if (name === '*') return itemSlots(this.#list(slot, name)).flatMap((item) => this.find(item, rest));
    return this.#inField(slot, name, rest);
  }

  #list({ node }: Slot, name: string): YAMLSeq {
    if (!isSeq(node)) throw new NotFound(`${name} is not about a list`);
    return node;
  }

  #atIndex(list: YAMLSeq, index: number, rest: readonly string[]): Slot[] {
    if (index === list.items.length && this.#making) list.items.push(this.#made(rest[0]));
    const item = itemSlots(list)[index];
    if (!item) throw new NotFound(`there is no item ${index}`);
    return this.find(item, rest);
  }

  #queried(list: YAMLSeq, { key, value }: { key: string; value: string }, rest: readonly string[]): Slot[] {
    const pattern = patternOf(value);
    if (!pattern) throw new NotFound('this regular expression is not supported');
    const found = () =>
      itemSlots(list).filter(({ node }) => {
        if (key === '') return isScalar(node) && pattern(String(node.value).trim());
        const field = isMap(node) ? pairIn(node, key)?.value : undefined;
        return isScalar(field) && pattern(String(field.value).trim());
      });
    let items = found();
    const making = this.#making;
    if (items.length === 0 && making) {
      const text = making.tree.text(value, making.at);
      list.items.push(key === '' ? text : making.tree.mapping(making.at, [making.tree.made(key, making.at, text)]));
      items = found();
    }
    return key === '' ? items : items.flatMap((item) => this.find(item, rest));
  }

  #inField({ node }: Slot, name: string, rest: readonly string[]): Slot[] {
    if (isNull(node)) return [];
    if (!isMap(node)) throw new NotFound(`${name} is not about a mapping`);
    let pair = pairIn(node, name);
    const making = this.#making;
    if (!pair && making) {
      pair = making.tree.made(name, making.at, this.#made(rest[0]));
      (node as YAMLMap).items.push(pair);
    }
    return pair ? this.find(slotOf(pair), rest) : [];
  }

  /** What a made field begins as, by the name that comes behind it. */
  #made(next: string | undefined) {
    const making = this.#making as Making;
    if (next === undefined) return making.leaf();
    const isList = /^\d+$/.test(next) || itemQuery(next) !== undefined;
    return isList ? making.tree.sequence(making.at, []) : making.tree.mapping(making.at, []);
  }
}

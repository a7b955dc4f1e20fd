import { bool, type Data, type Dict, dict, int, list, NIL, put, text } from '../../language/go-template/data.ts';
import { Rope } from '../../language/go-template/rope.ts';

/**
 * Values of a command line, as `helm --set` and `--set-string` take them: `parser.go` of helm.sh/helm/v3/pkg/strvals,
 * https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set.
 */

/** Such as `a.b=c,d[0]={e,f}`. */
export interface SetValues {
  readonly text: string;
  /** Whether all values are strings. */
  readonly isString: boolean;
}

/** Why such values cannot be read. */
export class SetValuesError extends Error {}

const MAX_INDEX = 65_536;
const MAX_LEVELS = 30;

/**
 * Lays values over others, which are changed.
 * @returns the keys that are set, as they are written, such as `a.b`
 * @throws SetValuesError where Helm refuses them
 */
export function setValues(values: Dict, { text, isString }: SetValues): string[] {
  const parser = new SetParser(text, isString);
  parser.parse(values);
  return parser.keys;
}

/** The keys of values without what they are set to, which may be secret. @throws SetValuesError */
export function setKeys(set: SetValues): string[] {
  return setValues(dict(), set);
}

class SetParser {
  readonly #characters: readonly string[];
  readonly #isString: boolean;
  #at = 0;
  #keyStart = 0;
  readonly keys: string[] = [];

  constructor(text: string, isString: boolean) {
    this.#characters = Array.from(text);
    this.#isString = isString;
  }

  parse(values: Dict): void {
    do this.#keyStart = this.#at;
    while (this.#key(values, 0));
  }

  /** Reads a key and its value into a mapping. @returns whether there may be more */
  #key(into: Dict, level: number): boolean {
    const { read: key, stop } = this.#until('=[,.');
    const known = into.entries.get(key)?.value;
    switch (stop) {
      case undefined:
        if (key === '') return false;
        throw new SetValuesError(`key "${key}" has no value`);
      case ',':
        throw new SetValuesError(`key "${key}" has no value (cannot end with ,)`);
      case '=': {
        const { value, hasMore } = this.#value();
        set(into, key, value);
        return hasMore;
      }
      case '[': {
        const { items, hasMore } = this.#item(listOf(known, key), this.#index(), level);
        set(into, key, list(items));
        return hasMore;
      }
      default:
        return this.#below(into, key, level + 1);
    }
  }

  #below(into: Dict, key: string, level: number): boolean {
    if (level > MAX_LEVELS) throw new SetValuesError(`more than ${MAX_LEVELS} levels of names`);
    const known = into.entries.get(key)?.value;
    if (known && known.kind !== 'dict') throw new SetValuesError(`${key} is no mapping`);
    const inner = known ?? dict();
    const hasMore = this.#key(inner, level);
    if (inner.entries.size > 0) set(into, key, inner);
    else if (hasMore) throw new SetValuesError(`key map "${key}" has no value`);
    return hasMore;
  }

  #index(): number {
    const { read, stop } = this.#until(']');
    if (stop === undefined || !/^[+-]?\d+$/.test(read)) throw new SetValuesError(`"${read}" is no index of a list`);
    const index = Number(read);
    if (index < 0) throw new SetValuesError(`negative ${index} index not allowed`);
    if (index > MAX_INDEX)
      throw new SetValuesError(`index of ${index} is greater than maximum supported index of ${MAX_INDEX}`);
    return index;
  }

  /** Reads what is behind an index. */
  #item(items: Data[], index: number, level: number): { items: Data[]; hasMore: boolean } {
    const { read, stop } = this.#until('[.=');
    if (read !== '') throw new SetValuesError(`unexpected data at end of array index: "${read}"`);
    const known = items[index];
    switch (stop) {
      case undefined:
        return { items, hasMore: false };
      case '=': {
        const { value, hasMore } = this.#value();
        return { items: withItem(items, index, value), hasMore };
      }
      case '[': {
        const inner = known?.kind === 'nil' ? [] : listOf(known, `item ${index}`);
        const below = this.#item(inner, this.#index(), level);
        return { items: withItem(items, index, list(below.items)), hasMore: below.hasMore };
      }
      default: {
        const inner = known?.kind === 'dict' ? known : dict();
        const hasMore = this.#key(inner, level);
        // Helm drops a new item whose value is empty at the end.
        const isDropped = !hasMore && known === undefined;
        return { items: isDropped ? items : withItem(items, index, inner), hasMore };
      }
    }
  }

  #value(): { value: Data; hasMore: boolean } {
    this.keys.push(this.#characters.slice(this.#keyStart, this.#at - 1).join(''));
    if (this.#at >= this.#characters.length) return { value: text(''), hasMore: false };
    if (this.#characters[this.#at] !== '{') return { value: this.#typed(this.#until(',').read), hasMore: true };
    this.#at++;
    const items: Data[] = [];
    for (;;) {
      const { read, stop } = this.#until(',}');
      if (stop === undefined) throw new SetValuesError("list must terminate with '}'");
      items.push(this.#typed(read));
      if (stop === ',') continue;
      if (this.#characters[this.#at] === ',') this.#at++;
      return { value: list(items), hasMore: true };
    }
  }

  /** Up to one of some characters, which is read, too; behind a backslash any is one like others. */
  #until(stops: string): { read: string; stop: string | undefined } {
    let read = '';
    while (this.#at < this.#characters.length) {
      const character = this.#characters[this.#at++] as string;
      if (stops.includes(character)) return { read, stop: character };
      read += character === '\\' ? (this.#characters[this.#at++] ?? '') : character;
    }
    return { read, stop: undefined };
  }

  #typed(value: string): Data {
    if (this.#isString) return text(value);
    const lower = value.toLowerCase();
    if (lower === 'true' || lower === 'false') return bool(lower === 'true');
    if (lower === 'null') return NIL;
    return isInt64(value) ? int(Number(value), 'int64') : text(value);
  }
}

/** What begins with a zero is a string to Helm, such as a mode of a file. */
function isInt64(value: string): boolean {
  if (!/^(?:0|[1-9]\d*|[+-]\d+)$/.test(value)) return false;
  const number = BigInt(value.replace('+', ''));
  return BigInt.asIntN(64, number) === number;
}

function listOf(known: Data | undefined, name: string): Data[] {
  if (known && known.kind !== 'list') throw new SetValuesError(`${name} is no list`);
  return [...(known?.items ?? [])];
}

function withItem(items: readonly Data[], index: number, value: Data): Data[] {
  const longer = Array.from({ length: Math.max(items.length, index + 1) }, (_, at) => items[at] ?? NIL);
  longer[index] = value;
  return longer;
}

function set(into: Dict, key: string, value: Data): void {
  if (key !== '') put(into, Rope.of(key), value);
}

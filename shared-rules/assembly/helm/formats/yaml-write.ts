import { type Data, type Dict, type Entry, scalarSource } from '../../../language/go-template/data.ts';
import { PLAIN } from '../../../language/go-template/format.ts';
import { formatFloat } from '../../../language/go-template/format-number.ts';
import { Rope } from '../../../language/go-template/rope.ts';
import { UNKNOWN_CHARACTER } from '../../../language/unknown.ts';
import { utf8Length } from '../../../language/utf8.ts';
import type { Spend } from '../functions/deep-equal.ts';
import { serialisable } from './serialisable.ts';
import { isBreak, type ScalarStyle, scalarStyle, writeScalar } from './yaml-scalar-styles.ts';

/** As many values deep an object may be. */
const MAX_DEPTH = 200;

/** What it costs to write a value, in steps of the evaluator. */
export const STEPS_PER_VALUE = 4;

/** Why a value has no form in YAML or JSON; functions that Helm makes of it give an empty text. */
export class Unwritable extends Error {}

/**
 * A value in YAML, without a line break at its end: as `toYaml` (sigs.k8s.io/yaml) writes it, or `toYamlPretty` (goyaml.v3),
 * which indents lists in mappings and folds no lines. Each key and scalar is from where it is written in the values.
 * @throws Unwritable
 */
export function writeYaml(data: Data, spend: Spend, isPretty = false): Rope {
  const writer = new Writer(isPretty, spend);
  writer.node(data, 0, false);
  const rope = Rope.join(writer.parts);
  return writer.isLineEnd ? rope.slice(0, rope.length - 1) : rope;
}

/** Follows `emitterc.go` of go.yaml.in/yaml for plain data: blocks, and brackets for what is empty. */
class Writer {
  readonly parts: (Rope | string)[] = [];
  readonly #isPretty: boolean;
  readonly #spend: Spend;
  #column = 0;
  /** How far the collection is indented that is written; -2 outside of all. */
  #indent = -2;
  /** Whether what comes needs no space before it. */
  #isSpaced = true;
  /** Whether there is nothing but indentation and indicators on the line. */
  #isIndentation = true;

  constructor(isPretty: boolean, spend: Spend) {
    this.#isPretty = isPretty;
    this.#spend = spend;
  }

  /** Whether the last scalar ended its line itself. */
  get isLineEnd(): boolean {
    return this.parts.length > 0 && this.#isIndentation;
  }

  node(data: Data, depth: number, isInMapping: boolean): void {
    if (depth > MAX_DEPTH) throw new Unwritable('nested too deeply');
    this.#spend(STEPS_PER_VALUE);
    const value = serialisable(data);
    if (value.kind === 'list' && value.items.length > 0) this.#sequence(value.items, depth, isInMapping);
    else if (value.kind === 'list') this.#word(value.isNil && !this.#isPretty ? 'null' : '[]');
    else if (value.kind === 'dict') this.#mapping(value, depth);
    else {
      const rope = this.#scalarText(value);
      const isText = value.kind === 'text' || value.kind === 'bytes';
      this.#scalar(rope, isText ? scalarStyle(rope.text, this.#isPretty) : 'plain', false);
    }
  }

  #put(text: string): void {
    this.parts.push(text);
    this.#column += text.length;
  }

  #word(text: string): void {
    this.#put(this.#isSpaced ? text : ` ${text}`);
    this.#isSpaced = false;
    this.#isIndentation = false;
  }

  /** `-` and `?`, and `:` on a line of its own: what comes after them may be indented by them. */
  #indicator(text: string): void {
    this.#put(this.#isSpaced ? text : ` ${text}`);
    this.#isSpaced = false;
  }

  #line(): void {
    const indent = Math.max(this.#indent, 0);
    if (!this.#isIndentation || this.#column > indent || (this.#column === indent && !this.#isSpaced)) {
      this.parts.push('\n');
      this.#column = 0;
    }
    this.#put(' '.repeat(indent - this.#column));
    this.#isSpaced = true;
    this.#isIndentation = true;
  }

  #sequence(items: readonly Data[], depth: number, isInMapping: boolean): void {
    const outer = this.#indent;
    if (!isInMapping || this.#isIndentation || this.#isPretty) this.#indent += 2;
    for (const item of items) {
      this.#line();
      this.#indicator('-');
      this.node(item, depth + 1, false);
    }
    this.#indent = outer;
  }

  #mapping(dict: Dict, depth: number): void {
    const entries = naturallySorted([...dict.entries.values()]);
    if (entries.length === 0 && !dict.unknown) {
      this.#word('{}');
      return;
    }
    const outer = this.#indent;
    this.#indent += 2;
    for (const { key, value } of entries) {
      this.#line();
      const isSimple = utf8Length(key.text) <= 128 && !Array.from(key.text).some(isBreak);
      if (!isSimple) this.#indicator('?');
      this.#scalar(key, scalarStyle(key.text, this.#isPretty, isSimple), isSimple);
      if (isSimple) this.#put(':');
      else {
        this.#line();
        this.#indicator(':');
      }
      this.node(value, depth + 1, true);
    }
    if (dict.unknown) {
      this.#line();
      this.#word(UNKNOWN_CHARACTER);
    }
    this.#indent = outer;
  }

  #scalarText(data: Data): Rope {
    if (data.kind === 'text' || data.kind === 'bytes') return data.rope;
    const text = this.#plainText(data);
    const source = 'source' in data ? data.source : undefined;
    return Rope.of(text, source && scalarSource(text, source));
  }

  #plainText(data: Data): string {
    if (data.kind === 'unknown') return UNKNOWN_CHARACTER;
    if (data.kind === 'bool') return String(data.value);
    if (data.kind === 'int') return BigInt(data.value).toString();
    if (data.kind !== 'float') return 'null';
    const { value } = data;
    if (!Number.isFinite(value)) {
      if (!this.#isPretty) throw new Unwritable(`unsupported value: ${value}`);
      return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
    }
    // JSON is between the value and `toYaml`: what it writes without a point and an exponent is a whole number.
    const isWhole = !this.#isPretty && Number.isInteger(value) && value < 2 ** 64 && value >= -(2 ** 63);
    return isWhole ? String(value) : formatFloat(value, 'g', PLAIN);
  }

  #scalar(rope: Rope, style: ScalarStyle, isSimpleKey: boolean): void {
    if (!this.#isSpaced) this.#put(' ');
    const folds = !isSimpleKey && !this.#isPretty;
    const written = writeScalar(rope, style, { column: this.#column, indent: Math.max(this.#indent + 2, 2), folds });
    this.parts.push(written.rope);
    this.#column = written.column;
    this.#isSpaced = written.isLineEnd;
    this.#isIndentation = written.isLineEnd;
  }
}

/** The order of keys in go.yaml.in/yaml, `sorter.go`: numbers in them by their values, letters behind other characters. */
function naturallySorted(entries: readonly Entry[]): Entry[] {
  const keyed = entries.map((entry) => ({ entry, characters: Array.from(entry.key.text) }));
  return keyed.sort((a, b) => naturalOrder(a.characters, b.characters)).map(({ entry }) => entry);
}

function naturalOrder(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((character, index) => character !== b[index]);
  if (at < 0 || b[at] === undefined) return a.length - b.length;
  const [left, right] = [a[at] as string, b[at] as string];
  const [isLeftLetter, isRightLetter] = [isLetter(left), isLetter(right)];
  if (isLeftLetter !== isRightLetter) return isRightLetter ? -1 : 1;
  const order = (left.codePointAt(0) as number) - (right.codePointAt(0) as number);
  if (isLeftLetter) return order;
  const isInNumber = (left === '0' || right === '0') && isAfterNumber(a, at);
  const [first, second] = [digitsFrom(a, at), digitsFrom(b, at)];
  const difference = BigInt(`${isInNumber ? 1 : ''}${first}` || 0) - BigInt(`${isInNumber ? 1 : ''}${second}` || 0);
  if (difference !== 0n) return difference < 0n ? -1 : 1;
  return first.length - second.length || order;
}

function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character);
}

/** Whether the digits right before a place are a number that is not zero. */
function isAfterNumber(characters: readonly string[], at: number): boolean {
  for (let before = at - 1; /^\d$/.test(characters[before] ?? ''); before--)
    if (characters[before] !== '0') return true;
  return false;
}

function digitsFrom(characters: readonly string[], from: number): string {
  let end = from;
  while (/^\d$/.test(characters[end] ?? '')) end++;
  return characters.slice(from, end).join('');
}

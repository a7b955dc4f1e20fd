import { Document, isAlias, isScalar, Scalar, YAMLSeq } from 'yaml';
import type { Place } from '../language/place.ts';
import { type Field, keyPlace, type Value } from '../language/yaml/value.ts';

/** A line of an assembled tree as text. */
export interface PrintedLine {
  readonly text: string;
  /** Where the line is written, and then what its value is from. */
  readonly origins: readonly Place[];
  /** Whether the line belongs to a text that begins on a line before it: a comment would be a part of that text. */
  readonly isContinued: boolean;
}

/** An assembled tree as YAML. */
export interface PrintedTree {
  readonly lines: readonly PrintedLine[];
  /** Whether it is too long or nested too deeply to be printed in full, or has an alias that stands for nothing. */
  readonly isCut: boolean;
}

/** How trees of one sort are printed. */
export interface PrintStyle {
  readonly fieldsOf: (mapping: Value) => readonly Field[];
  readonly itemsOf: (sequence: Value) => readonly Value[];
  /** What a scalar says. */
  readonly textOf: (scalar: Value, raw: string) => string;
  /** Where else a scalar is from. */
  readonly furtherPlaces: (scalar: Value) => readonly Place[];
  /** What stands below a key without a value, if anything does. */
  readonly linesBelowNull: (value: Value) => readonly string[];
}

/** More lines than this are not printed: aliases of aliases, and loops of templates, may stand for more than a computer can print. */
export const MOST_LINES = 20_000;
const MOST_DEPTH = 100;

const NO_FOLDS = { lineWidth: 0, minContentWidth: 0, doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY };
const STRICTEST = { schema: 'core', compat: 'yaml-1.1' } as const;
const PLAIN_TAG = /^tag:yaml\.org,2002:(?:bool|int|float|null)$/;
/** What is quoted by habit, since some of it is a number for some programs, such as `22:22`. */
const NUMBER_LIKE = /^[-+.]?\d/;
/** What is written as it is wherever it is, but for words that mean something else; most texts are like that. */
const PLAIN_TEXT = /^(?:\.{0,2}\/)?[A-Za-z_][\w./@=+-]*(?::[\w./@=+-]+)*$/;
const WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
/** Characters that are not seen, and that some programs end a line at. */
const HIDDEN = /[\p{Cf}\p{Zl}\p{Zp}\u0085\uFFFE\uFFFF]/gu;

/** Prints an assembled tree. A text that programs may take for a number or a boolean is quoted, if it is none. */
export function printTree(root: Value, style: PrintStyle): PrintedTree {
  const printer = new Printer(style);
  printer.fields(root, '', 0);
  return { lines: printer.lines, isCut: printer.isCut };
}

class Printer implements PrintedTree {
  readonly lines: PrintedLine[] = [];
  isCut = false;
  readonly #style: PrintStyle;

  constructor(style: PrintStyle) {
    this.#style = style;
  }

  /** @param first what stands before the first line, where that is the line of an item */
  fields(mapping: Value, indent: string, depth: number, first = indent): void {
    let before = first;
    for (const field of this.#style.fieldsOf(mapping)) {
      if (this.#isFull(depth)) return;
      this.#field(field, before, indent, depth);
      before = indent;
    }
  }

  #field(field: Field, before: string, indent: string, depth: number): void {
    const { value } = field;
    const origins = [keyPlace(field)];
    const key = `${keyText(field.name)}:`;
    if (this.#isCollection(value)) {
      this.#print(key, origins, before, indent);
      this.#entries(value, `${indent}  `, depth + 1);
      return;
    }
    const text = this.#scalar(value);
    const line = text === undefined ? key : `${key} ${text}`;
    this.#print(line, [...origins, ...this.#style.furtherPlaces(value)], before, indent);
    const below = value.isNull ? this.#style.linesBelowNull(value) : [];
    for (const one of below) this.#print(one, origins, `${indent}  `, indent);
  }

  #entries(collection: Value, indent: string, depth: number, first = indent): void {
    if (collection.isMapping) this.fields(collection, indent, depth, first);
    else this.#items(collection, indent, depth, first);
  }

  #items(sequence: Value, indent: string, depth: number, first: string): void {
    let before = first;
    for (const item of this.#style.itemsOf(sequence)) {
      if (this.#isFull(depth)) return;
      if (this.#isCollection(item)) this.#entries(item, `${indent}  `, depth + 1, `${before}- `);
      else this.#print(`- ${this.#scalar(item) ?? 'null'}`, [item, ...this.#style.furtherPlaces(item)], before, indent);
      before = indent;
    }
  }

  /** A value without lines of its own; undefined for null. */
  #scalar(value: Value): string | undefined {
    // It stands for nothing, or for more than may be asked for.
    this.isCut ||= isAlias(value.node);
    return valueText(value, this.#style);
  }

  #print(text: string, origins: readonly Place[], first: string, indent: string): void {
    for (const [index, line] of text.split('\n').entries()) {
      const indented = line === '' ? '' : (index === 0 ? first : indent) + line;
      this.lines.push({ text: indented, origins, isContinued: index > 0 });
    }
  }

  /** Whether a value is printed over several lines, each of which is written somewhere. */
  #isCollection(value: Value): boolean {
    return this.#style.fieldsOf(value).length > 0 || this.#style.itemsOf(value).length > 0;
  }

  #isFull(depth: number): boolean {
    this.isCut ||= depth > MOST_DEPTH || this.lines.length >= MOST_LINES;
    return this.isCut;
  }
}

function keyText(name: string): string {
  return scalarText(name, isOneLine(name) ? undefined : Scalar.QUOTE_DOUBLE);
}

/** A value that is no collection with anything in it; undefined for null and an alias. */
function valueText(value: Value, style: PrintStyle): string | undefined {
  if (value.isMapping) return '{}';
  if (value.isSequence) return '[]';
  const raw = value.rawText;
  if (raw === undefined) return undefined;
  const text = style.textOf(value, raw);
  return isPlain(value) && text === raw ? scalarText(text, Scalar.PLAIN) : scalarText(text, undefined);
}

/** Whether programs read more than a text in it, such as a number; what stands for a variable is a text for them. */
function isPlain({ node }: Value): boolean {
  if (!isScalar(node)) return false;
  return node.tag === undefined ? node.type === Scalar.PLAIN : PLAIN_TAG.test(node.tag);
}

/**
 * A text as YAML, from where it is written to the end of its last line. What follows the first line is indented.
 * @param type plain for what is not to be quoted, as far as that can be; undefined for a text
 */
function scalarText(text: string, type: Scalar.Type | undefined): string {
  if (PLAIN_TEXT.test(text) && !WORD.test(text)) return text;
  const isHidden = text.search(HIDDEN) >= 0;
  const scalar = new Scalar(text);
  const isQuoted = isHidden || (type === undefined && isOneLine(text) && NUMBER_LIKE.test(text));
  const style = isQuoted ? Scalar.QUOTE_DOUBLE : type;
  if (style) scalar.type = style;
  // What is plain is a text to the simplest schema; others look for what programs may take for something else.
  const document = new Document(null, style === Scalar.PLAIN ? { schema: 'failsafe' } : STRICTEST);
  const list = new YAMLSeq();
  list.items.push(scalar);
  document.contents = list;
  const printed = document.toString(NO_FOLDS).slice('- '.length, -1);
  return isHidden ? printed.replaceAll(HIDDEN, escaped) : printed;
}

function isOneLine(text: string): boolean {
  return !text.includes('\n');
}

function escaped(character: string): string {
  const code = character.codePointAt(0)?.toString(16) ?? '';
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}

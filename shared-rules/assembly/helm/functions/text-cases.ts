import { text } from '../../../language/go-template/data.ts';
import { checkLength } from '../../../language/go-template/rope.ts';
import { fromUtf8, utf8Bytes, utf8Length } from '../../../language/utf8.ts';
import { type FunctionTable, fn } from './define.ts';
import { isSpace, lowerCase, upperCase } from './strings.ts';

/** Functions that spell a text in another way: github.com/huandu/xstrings and github.com/Masterminds/goutils behind Sprig. */

function isUpper(character: string | undefined): boolean {
  return character !== undefined && /^\p{Lu}$/u.test(character);
}

function isConnector(character: string): boolean {
  return character === '-' || character === '_' || isSpace(character);
}

/** `ToPascalCase` of xstrings. */
export function pascalCase(value: string): string {
  const characters = Array.from(value);
  const first = characters.findIndex((character) => !isConnector(character));
  // Connectors alone: the last one is written twice.
  if (first < 0) return value + (characters.at(-1) ?? '');
  const result = characters.slice(0, first);
  let isAfterUpper = isUpper(characters[first]);
  let current = upperCase(characters[first] as string);
  for (const character of characters.slice(first + 1)) {
    const before = current;
    current = character;
    if (isConnector(current) && isConnector(before)) result.push(before);
    else if (isConnector(before)) {
      isAfterUpper = isUpper(current);
      current = upperCase(current);
    } else {
      if (isAfterUpper && isUpper(current)) current = lowerCase(current);
      else isAfterUpper = false;
      result.push(before);
    }
  }
  return [...result, current].join('');
}

type WordKind = 'number' | 'upper' | 'letters' | 'connector' | 'punctuation' | 'other' | 'none';

interface Word {
  readonly kind: WordKind;
  readonly text: string;
}

const isLetter = (character: string) =>
  /^\p{L}$/u.test(character) && !/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(character);
const isPunctuation = (character: string) => /^\p{P}$/u.test(character);
const isNumber = (character: string) => /^\p{N}$/u.test(character);

/** Splits a text into words as `nextWord` of xstrings does, one at a time. */
class Words {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(value: string) {
    this.#characters = Array.from(value);
  }

  get isDone(): boolean {
    return this.#at >= this.#characters.length;
  }

  next(): Word {
    const first = this.#characters[this.#at];
    if (first === undefined) return { kind: 'none', text: '' };
    const start = this.#at++;
    const kind = this.#take(first);
    return { kind, text: this.#characters.slice(start, this.#at).join('') };
  }

  #while(test: (character: string) => boolean): void {
    while (!this.isDone && test(this.#characters[this.#at] as string)) this.#at++;
  }

  #take(first: string): WordKind {
    const isLower = (character: string) => isLetter(character) && !isUpper(character);
    if (isConnector(first)) {
      this.#while(isConnector);
      return 'connector';
    }
    if (isPunctuation(first)) {
      this.#while(isPunctuation);
      return 'punctuation';
    }
    if (isUpper(first)) {
      const second = this.#characters[this.#at];
      if (isUpper(second)) {
        this.#while(isUpper);
        // The last capital belongs to the word that it begins: `HTTPStatus`.
        if (!this.isDone && isLetter(this.#characters[this.#at] as string)) this.#at--;
      } else if (second !== undefined && isLetter(second)) this.#while(isLower);
      return 'upper';
    }
    if (isLetter(first)) {
      this.#while(isLower);
      return 'letters';
    }
    if (isNumber(first)) {
      this.#while(isNumber);
      return 'number';
    }
    this.#while((one) => !isConnector(one) && !isLetter(one) && !isNumber(one) && !isPunctuation(one));
    return 'other';
  }
}

/** `camelCaseToLowerCase` of xstrings: `snakecase` and `kebabcase`. */
export function connectedCase(value: string, connector: string): string {
  const words = new Words(value);
  const result: string[] = [];
  const write = ({ kind, text: word }: Word) =>
    result.push(kind === 'connector' ? connector.repeat(Array.from(word).length) : lowerCase(word));
  const writeWhileWord = () => {
    for (; word.kind === 'letters' || word.kind === 'number'; word = words.next()) write(word);
    if (word.kind !== 'none' && word.kind !== 'connector' && word.kind !== 'punctuation') result.push(connector);
  };
  let word = words.next();
  while (!words.isDone) {
    if (word.kind !== 'connector') write(word);
    const previous = word;
    word = words.next();
    if (previous.kind === 'number') writeWhileWord();
    else if (previous.kind === 'connector') write(previous);
    else if (previous.kind !== 'punctuation') {
      if (word.kind !== 'number') {
        if (word.kind !== 'connector' && word.kind !== 'punctuation') result.push(connector);
        continue;
      }
      if (words.isDone) continue;
      const number = word;
      word = words.next();
      if (word.kind !== 'letters') {
        write(number);
        if (word.kind !== 'connector' && word.kind !== 'punctuation') result.push(connector);
        continue;
      }
      result.push(connector);
      write(number);
      writeWhileWord();
    }
  }
  write(word);
  return result.join('');
}

function title(value: string): string {
  let isAfterLetter = false;
  return Array.from(value, (character) => {
    const result = isAfterLetter ? character : upperCase(character);
    isAfterLetter = /^[\p{L}\p{N}_]$/u.test(character) || (character > '\x7f' && !isSpace(character));
    return result;
  }).join('');
}

function swapCase(value: string): string {
  return Array.from(value, (character) => (isUpper(character) ? lowerCase(character) : upperCase(character))).join('');
}

/** Changes the first letter of each word. */
function uncapitalised(value: string): string {
  let isFirst = true;
  return Array.from(value, (character) => {
    if (isSpace(character)) isFirst = true;
    else if (isFirst) {
      isFirst = false;
      return lowerCase(character);
    }
    return character;
  }).join('');
}

/** The bytes of a text that are kept, each as a character of its own, as goutils reads them. */
function bytesAsCharacters(value: string, isKept: (byte: string, before: string | undefined) => boolean): string {
  const bytes = utf8Bytes(value).map((byte) => String.fromCharCode(byte));
  return bytes.filter((byte, at) => isKept(byte, bytes[at - 1])).join('');
}

function withoutSpace(value: string): string {
  const kept = bytesAsCharacters(value, (byte) => !isSpace(byte));
  return kept.length === utf8Length(value) ? value : kept;
}

/** A part of a text by its bytes. */
function part(value: string, start: number, end: number): string {
  return fromUtf8(utf8Bytes(value).slice(start, end));
}

function abbreviated(value: string, from: number, width: number): string {
  const length = utf8Length(value);
  if (value === '' || width < 4) return '';
  if (length <= width) return value;
  let offset = Math.min(from, length);
  if (length - offset < width - 3) offset = length - (width - 3);
  if (offset <= 4) return `${part(value, 0, width - 3)}...`;
  if (width < 7) return '';
  if (offset + width - 3 < length) return `...${abbreviated(part(value, offset, length), 0, width - 3)}`;
  return `...${part(value, length - (width - 3), length)}`;
}

function wrapped(value: string, width: number, lineBreak: string, breaksWords: boolean): string {
  // Lengths are in bytes; what is cut in a character is not a text any more, in Go either.
  const bytes = utf8Bytes(value);
  const wide = Math.max(width, 1);
  const separator = utf8Bytes(lineBreak === '' ? '\n' : lineBreak);
  const result: number[] = [];
  const push = (from: number, to: number) => {
    for (let at = from; at < to; at++) result.push(bytes[at] as number);
  };
  let offset = 0;
  while (bytes.length - offset > wide) {
    checkLength(result.length);
    if (bytes[offset] === 32) {
      offset++;
      continue;
    }
    const space = bytes.lastIndexOf(32, offset + wide);
    if (space >= offset) {
      push(offset, space);
      result.push(...separator);
      offset = space + 1;
    } else if (breaksWords) {
      push(offset, offset + wide);
      result.push(...separator);
      offset += wide;
    } else {
      const next = bytes.indexOf(32, offset + wide);
      push(offset, next < 0 ? bytes.length : next);
      if (next >= 0) result.push(...separator);
      offset = next < 0 ? bytes.length : next + 1;
    }
  }
  push(offset, bytes.length);
  return fromUtf8(result);
}

export const CASE_FUNCTIONS: FunctionTable = {
  title: fn(['string'], ([rope]) => text(title(rope.text))),
  untitle: fn(['string'], ([rope]) => text(uncapitalised(rope.text))),
  swapcase: fn(['string'], ([rope]) => text(swapCase(rope.text))),
  snakecase: fn(['string'], ([rope]) => text(connectedCase(rope.text, '_'))),
  kebabcase: fn(['string'], ([rope]) => text(connectedCase(rope.text, '-'))),
  camelcase: fn(['string'], ([rope]) => text(pascalCase(rope.text))),
  nospace: fn(['string'], ([rope]) => text(withoutSpace(rope.text))),
  initials: fn(['string'], ([rope]) =>
    text(bytesAsCharacters(rope.text, (byte, before) => !isSpace(byte) && (before === undefined || isSpace(before)))),
  ),
  abbrev: fn(['int', 'string'], ([width, rope]) => text(width < 4 ? rope : abbreviated(rope.text, 0, width))),
  abbrevboth: fn(['int', 'int', 'string'], ([from, width, rope]) =>
    text(width < 4 || (from > 0 && width < 7) ? rope : abbreviated(rope.text, from, width)),
  ),
  wrap: fn(['int', 'string'], ([width, rope]) => text(wrapped(rope.text, width, '', false))),
  wrapWith: fn(['int', 'string', 'string'], ([width, lineBreak, rope]) =>
    text(wrapped(rope.text, width, lineBreak.text, true)),
  ),
};

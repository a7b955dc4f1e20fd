import { UNKNOWN_CHARACTER } from '../unknown.ts';
import { Rope } from './rope.ts';

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const ESCAPED = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;
const ESCAPED_ASCII = /["\\]|[^ -~]/gu;

const LETTERS: { readonly [character: string]: string } = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** A text in double quotes as Go's `strconv.Quote` writes it: `%q`, and the function `quote`. */
export function quoted(rope: Rope, isAscii = false): Rope {
  const inner = rope.spelled((text) => text.replaceAll(isAscii ? ESCAPED_ASCII : ESCAPED, escaped));
  return Rope.concat('"', inner, '"');
}

/** A character in single quotes as `strconv.QuoteRune` writes it. */
export function quotedCharacter(character: string, isAscii: boolean): string {
  const isPlain = isAscii ? /^[ -~]$/.test(character) : PRINTABLE.test(character);
  const text = character === "'" || character === '\\' ? `\\${character}` : isPlain ? character : escaped(character);
  return `'${text}'`;
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  if (character === UNKNOWN_CHARACTER) return character;
  const letter = LETTERS[character];
  if (letter) return letter;
  const code = character.codePointAt(0)!;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

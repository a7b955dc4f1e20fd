import type { Rope } from '../../../language/go-template/rope.ts';
import { UNKNOWN_CHARACTER } from '../../../language/unknown.ts';
import { isPlainText } from './yaml-scalars.ts';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal';

const BREAKS = new Set(['\n', '\r', '\u0085', '\u2028', '\u2029']);

export function isBreak(character: string | undefined): boolean {
  return character !== undefined && BREAKS.has(character);
}

/** `is_printable` of go.yaml.in/yaml: characters beyond U+FFFF are escaped. */
function isPrintable(character: string): boolean {
  return /^[\n -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/.test(character);
}

/** What `yaml_emitter_analyze_scalar` finds out about a text. */
function analyse(text: string): { isPlain: boolean; isSingle: boolean; isBlock: boolean } {
  const characters = Array.from(text);
  let [isIndicated, hasBreak, breakThenSpace, spaceThenBreak, isSpecial] = [
    /^(?:---|\.\.\.)/.test(text),
    false,
    false,
    false,
    false,
  ];
  for (const [at, character] of characters.entries()) {
    const [before, after] = [characters[at - 1], characters[at + 1]];
    const isBeforeBlank = after === undefined || after === ' ' || after === '\t';
    if (at === 0 && (/^[#,[\]{}&*!|>'"%@`]$/.test(character) || (/^[?:-]$/.test(character) && isBeforeBlank)))
      isIndicated = true;
    if (at > 0 && character === ':' && isBeforeBlank) isIndicated = true;
    if (at > 0 && character === '#' && /^\s$/.test(before as string)) isIndicated = true;
    if (!isPrintable(character)) isSpecial = true;
    if (character === ' ' && isBreak(before)) breakThenSpace = true;
    if (isBreak(character)) {
      hasBreak = true;
      if (before === ' ') spaceThenBreak = true;
    }
  }
  const [first, last] = [characters[0], characters.at(-1)];
  const isLoose = first === ' ' || last === ' ' || hasBreak;
  return {
    isPlain: !isIndicated && !isLoose && !isSpecial,
    isSingle: !breakThenSpace && !spaceThenBreak && !isSpecial,
    isBlock: last !== ' ' && !spaceThenBreak && !isSpecial,
  };
}

/** The style that a text is written in, as the encoder wants it and the emitter can do it. */
export function scalarStyle(text: string, isPretty: boolean, isSimpleKey = false): ScalarStyle {
  // What is not known never decides how a text is written.
  const known = text.replaceAll(UNKNOWN_CHARACTER, 'x');
  if (/^[A-Za-z][\w./-]*$/.test(known) && isPlainText(known)) return 'plain';
  const { isPlain, isSingle, isBlock } = analyse(known);
  if (known.includes('\n')) return isBlock && !isSimpleKey ? 'literal' : 'double';
  const isPlainWord = isPlainText(known) && !(isPretty && /^-?0o[0-7]+$/.test(known));
  if (!isPlainWord) return 'double';
  if (isPlain) return 'plain';
  // The second version has no tabs in single quotes, and the first takes them for what must be escaped.
  return isSingle ? 'single' : 'double';
}

interface Position {
  /** Where on its line it begins. */
  readonly column: number;
  /** How far its further lines are indented. */
  readonly indent: number;
  /** Whether a line that is longer than this may go on in the next. */
  readonly folds: boolean;
}

interface Written {
  readonly rope: Rope;
  /** Where on its line it ends. */
  readonly column: number;
  /** Whether it ends with a line break. */
  readonly isLineEnd: boolean;
}

const MAX_WIDTH = 80;

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** A text as it is written in a style; what is added is from nowhere. */
export function writeScalar(rope: Rope, style: ScalarStyle, position: Position): Written {
  if (style === 'literal') return writeLiteral(rope, position.indent);
  const { column, indent, folds } = position;
  const quote = style === 'plain' ? '' : style === 'single' ? "'" : '"';
  const { text } = rope;
  if (style === 'plain' && (!folds || column + text.length <= MAX_WIDTH))
    return { rope, column: column + text.length, isLineEnd: false };
  const replacements: Replacement[] = [];
  const padding = ' '.repeat(indent);
  let [at, place, isAfterSpace] = [0, column + quote.length, false];
  for (const character of text) {
    const [start, end] = [at, at + character.length];
    at = end;
    const isFold = folds && character === ' ' && !isAfterSpace && place > MAX_WIDTH && isFoldable(text, start, style);
    isAfterSpace = character === ' ';
    const spelled = escaped(character, style);
    if (isFold) {
      const isSpaceNext = style === 'double' && text[end] === ' ';
      replacements.push({ start, end, by: `\n${padding}${isSpaceNext ? '\\' : ''}` });
      place = indent + (isSpaceNext ? 1 : 0);
    } else if (spelled !== character) {
      replacements.push({ start, end, by: spelled });
      place += spelled.length;
    } else place = isBreak(character) ? 0 : place + 1;
  }
  const inner = rope.replaceRanges(replacements);
  return { rope: quoteIn(inner, quote), column: place + quote.length, isLineEnd: false };
}

function quoteIn(rope: Rope, quote: string): Rope {
  if (quote === '') return rope;
  return rope.replaceRanges(
    rope.length === 0
      ? [{ start: 0, end: 0, by: quote + quote }]
      : [
          { start: 0, end: 0, by: quote },
          { start: rope.length, end: rope.length, by: quote },
        ],
  );
}

function isFoldable(text: string, at: number, style: ScalarStyle): boolean {
  if (style === 'plain') return text[at + 1] !== ' ';
  const isInside = at > 0 && at < text.length - 1;
  return isInside && (style === 'double' || text[at + 1] !== ' ');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u00a0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escaped(character: string, style: ScalarStyle): string {
  if (style === 'single') return character === "'" ? "''" : character;
  if (style !== 'double' || character === UNKNOWN_CHARACTER) return character;
  if (isPrintable(character) && !isBreak(character) && character !== '"' && character !== '\\') return character;
  const letter = Object.hasOwn(ESCAPES, character) ? ESCAPES[character] : undefined;
  if (letter) return `\\${letter}`;
  const code = character.codePointAt(0) as number;
  const [sign, digits] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8];
  return `\\${sign}${code
    .toString(16)
    .toUpperCase()
    .padStart(digits as number, '0')}`;
}

/** A block: `|`, how it is indented where its first line begins with space, and what becomes of the line breaks at its end. */
function writeLiteral(rope: Rope, indent: number): Written {
  const { text } = rope;
  const padding = ' '.repeat(indent);
  const isEnded = isBreak(text.at(-1));
  const chomp = !isEnded ? '-' : text.length === 1 || isBreak(text.at(-2)) ? '+' : '';
  const hint = text.startsWith(' ') || isBreak(text[0]) ? '2' : '';
  const insertions: Replacement[] = [{ start: 0, end: 0, by: `|${hint}${chomp}\n${isBreak(text[0]) ? '' : padding}` }];
  for (let at = 1; at < text.length; at++)
    if (isBreak(text[at - 1]) && !isBreak(text[at])) insertions.push({ start: at, end: at, by: padding });
  const lastLine = text.slice(text.lastIndexOf('\n') + 1);
  return {
    rope: rope.replaceRanges(insertions),
    column: isEnded ? 0 : indent + Array.from(lastLine).length,
    isLineEnd: isEnded,
  };
}

import { bool, type Data, int, list, text, typeName } from '../../../language/go-template/data.ts';
import { printed } from '../../../language/go-template/format.ts';
import { quoted } from '../../../language/go-template/quote.ts';
import { checkLength, Rope } from '../../../language/go-template/rope.ts';
import { sliceBytes } from '../../../language/go-template/slice-bytes.ts';
import { TemplateError } from '../../../language/go-template/template-error.ts';
import { UNKNOWN_CHARACTER } from '../../../language/unknown.ts';
import { utf8Length } from '../../../language/utf8.ts';
import { type FunctionTable, fn, variadic, withUnknown } from './define.ts';

/** White space as `unicode.IsSpace` has it. */
export function isSpace(character: string): boolean {
  return /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/.test(character);
}

/** A value as the function `toString` of Sprig prints it. */
export function stringOf(data: Data): Rope {
  if (data.kind === 'bytes') return data.rope;
  return printed(data);
}

/** The texts of a list, as `join` and `toStrings` take them: without nil. */
export function stringsOf(data: Data): Rope[] {
  if (data.kind === 'nil') return [];
  if (data.kind !== 'list') return [stringOf(data)];
  return data.items.filter(({ kind }) => kind !== 'nil').map(stringOf);
}

/** @throws TemplateError as the runtime of Go does for a part that is outside of a text */
function part(rope: Rope, start: number, end: number | undefined): Rope {
  const length = utf8Length(rope.text);
  if (end !== undefined && (end < 0 || end > length))
    throw new TemplateError(
      `runtime error: slice bounds out of range [:${end}]${end < 0 ? '' : ` with length ${length}`}`,
    );
  const last = end ?? length;
  if (start > last) throw new TemplateError(`runtime error: slice bounds out of range [${start}:${last}]`);
  return sliceBytes(rope, start, last);
}

/** As `trunc`: the first bytes of a text or, for a negative count, the last. Of what is not known it is not known how much. */
function truncated(count: number, rope: Rope): Rope {
  if (!rope.isKnown) return truncatedUnknown(count, rope);
  const length = utf8Length(rope.text);
  if (count < 0 && length + count > 0) return sliceBytes(rope, length + count, length);
  return count >= 0 && length > count ? sliceBytes(rope, 0, count) : rope;
}

function truncatedUnknown(count: number, rope: Rope): Rope {
  const at = rope.text.indexOf(UNKNOWN_CHARACTER);
  const known = rope.slice(0, at);
  if (count >= 0) return utf8Length(known.text) >= count ? truncated(count, known) : rope;
  return Rope.of(UNKNOWN_CHARACTER);
}

function removed(cutset: Rope): (character: string) => boolean {
  const characters = new Set(cutset.text);
  return (character) => characters.has(character);
}

function withoutSuffix(suffix: Rope, rope: Rope): Rope {
  return rope.text.endsWith(suffix.text) ? rope.slice(0, rope.length - suffix.length) : rope;
}

function withoutPrefix(prefix: Rope, rope: Rope): Rope {
  return rope.text.startsWith(prefix.text) ? rope.slice(prefix.length) : rope;
}

function repeated(count: number, rope: Rope): Rope {
  if (count < 0) throw new TemplateError('strings: negative Repeat count');
  checkLength(count * rope.length);
  return Rope.join(new Array<Rope>(rope.length === 0 ? 0 : count).fill(rope));
}

function replaced(old: Rope, by: Rope, rope: Rope): Rope {
  if (old.length > 0) return rope.replaceAll(old.text, by);
  // Nothing is found before each character and at the end.
  const characters = Array.from(rope.text);
  let at = 0;
  const places = characters.map((character) => {
    const start = at;
    at += character.length;
    return { start, end: start, by };
  });
  return rope.replaceRanges([...places, { start: at, end: at, by }]);
}

function indented(count: number, rope: Rope): Rope {
  if (count < 0) throw new TemplateError('strings: negative Repeat count');
  return rope.indent(count);
}

function split(separator: Rope, rope: Rope, limit = Infinity): Rope[] {
  if (separator.length === 0) return characters(rope, limit);
  const parts = rope.split(separator.text);
  if (parts.length <= limit) return parts;
  const kept = parts.slice(0, limit - 1);
  const length = kept.reduce((sum, part) => sum + part.length + separator.length, 0);
  return [...kept, rope.slice(length)];
}

function characters(rope: Rope, limit: number): Rope[] {
  const parts: Rope[] = [];
  let at = 0;
  for (const character of rope.text) {
    const isRest = parts.length === limit - 1;
    parts.push(rope.slice(at, isRest ? rope.length : at + character.length));
    if (isRest) break;
    at += character.length;
  }
  return parts;
}

/** The parts of a text as `split` gives them: a map with the keys `_0`, `_1` and so on. */
function numbered(parts: readonly Rope[]): Data {
  const entries = parts.map((part, index) => [`_${index}`, { key: Rope.of(`_${index}`), value: text(part) }] as const);
  return { kind: 'dict', entries: new Map(entries), element: 'string' };
}

function splitLimited(separator: Rope, limit: number, rope: Rope): Rope[] {
  return limit === 0 ? [] : split(separator, rope, limit < 0 ? Infinity : limit);
}

function strings(parts: readonly Rope[]): Data {
  return list(parts.map(text), 'string');
}

function notNil(values: readonly Data[]): Data[] {
  return values.filter(({ kind }) => kind !== 'nil');
}

/** As `quote`: an unknown value may be nil, of which nothing is printed; it is taken for a text. */
function allQuoted(values: readonly Data[]): Rope {
  return Rope.join(
    notNil(values).map((value) => quoted(stringOf(value))),
    ' ',
  );
}

const trimAll = withUnknown(fn(['string', 'string'], ([cutset, rope]) => text(rope.trim(removed(cutset)))));

export const STRING_FUNCTIONS: FunctionTable = {
  hello: fn([], () => text('Hello!')),
  trim: withUnknown(fn(['string'], ([rope]) => text(rope.trim(isSpace)))),
  trimAll,
  trimall: trimAll,
  trimSuffix: withUnknown(fn(['string', 'string'], ([suffix, rope]) => text(withoutSuffix(suffix, rope)))),
  trimPrefix: withUnknown(fn(['string', 'string'], ([prefix, rope]) => text(withoutPrefix(prefix, rope)))),
  upper: withUnknown(fn(['string'], ([rope]) => text(rope.spelled(upperCase)))),
  lower: withUnknown(fn(['string'], ([rope]) => text(rope.spelled(lowerCase)))),
  repeat: withUnknown(fn(['int', 'string'], ([count, rope]) => text(repeated(count, rope)))),
  substr: fn(['int', 'int', 'string'], ([start, end, rope]) => {
    if (start < 0) return text(part(rope, 0, end));
    return text(part(rope, start, end < 0 || end > utf8Length(rope.text) ? undefined : end));
  }),
  trunc: withUnknown(fn(['int', 'string'], ([count, rope]) => text(truncated(count, rope)))),
  contains: fn(['string', 'string'], ([part, rope]) => bool(rope.text.includes(part.text))),
  hasPrefix: fn(['string', 'string'], ([part, rope]) => bool(rope.text.startsWith(part.text))),
  hasSuffix: fn(['string', 'string'], ([part, rope]) => bool(rope.text.endsWith(part.text))),
  quote: withUnknown(variadic([], 'any', (values) => text(allQuoted(values)))),
  squote: withUnknown(
    variadic([], 'any', (values) =>
      text(
        Rope.join(
          notNil(values).map((value) => Rope.concat("'", printed(value), "'")),
          ' ',
        ),
      ),
    ),
  ),
  cat: withUnknown(variadic([], 'any', (values) => text(Rope.join(notNil(values).map(printed), ' ')))),
  indent: withUnknown(fn(['int', 'string'], ([count, rope]) => text(indented(count, rope)))),
  nindent: withUnknown(fn(['int', 'string'], ([count, rope]) => text(Rope.concat('\n', indented(count, rope))))),
  replace: withUnknown(fn(['string', 'string', 'string'], ([old, by, rope]) => text(replaced(old, by, rope)))),
  plural: fn(['string', 'string', 'int'], ([one, many, count]) => text(count === 1 ? one : many)),
  toString: withUnknown(fn(['any'], ([value]) => text(stringOf(value)))),
  toStrings: withUnknown(fn(['any'], ([value]) => (value.kind === 'unknown' ? value : strings(stringsOf(value))))),
  join: withUnknown(fn(['string', 'any'], ([separator, value]) => text(Rope.join(stringsOf(value), separator)))),
  split: fn(['string', 'string'], ([separator, rope]) => numbered(split(separator, rope))),
  splitn: fn(['string', 'int', 'string'], ([separator, limit, rope]) => numbered(splitLimited(separator, limit, rope))),
  splitList: fn(['string', 'string'], ([separator, rope]) => strings(split(separator, rope))),
  atoi: fn(['string'], ([rope]) => {
    const value = /^[+-]?\d+$/.test(rope.text) ? BigInt(rope.text.replace(/^\+/, '')) : 0n;
    // Beyond 64 bits Go gives the number that is nearest.
    const limit = 2n ** 63n;
    return int(Number(value >= limit ? limit - 1n : value < -limit ? -limit : value));
  }),
};

/** Letter by letter, as Go does: it never makes two letters of one. */
function letterByLetter(value: string, spell: (character: string) => string): string {
  if (/^[ -~\n]*$/.test(value)) return spell(value);
  return Array.from(value, (character) => {
    const spelled = spell(character);
    return spelled.length === character.length ? spelled : character;
  }).join('');
}

export function upperCase(value: string): string {
  return letterByLetter(value, (one) => one.toUpperCase());
}

export function lowerCase(value: string): string {
  return letterByLetter(value, (one) => one.toLowerCase());
}

/** What a value is called in messages of functions that take lists alone: Go's kind. */
export function kindName(data: Data): string {
  if (data.kind === 'list' || data.kind === 'bytes') return 'slice';
  if (data.kind === 'dict') return 'map';
  if (data.kind === 'nil') return 'invalid';
  if (data.kind === 'struct') return data.type.startsWith('*') ? 'ptr' : 'struct';
  return typeName(data);
}

import { UNKNOWN_CHARACTER } from '../unknown.ts';
import { utf8Bytes } from '../utf8.ts';
import { type Data, scalarSource, sortedEntries, typeName } from './data.ts';
import { type Format, formatFloat, formatInteger, missingTo } from './format-number.ts';
import { quoted, quotedCharacter } from './quote.ts';
import { checkLength, Rope } from './rope.ts';
import { TemplateError } from './template-error.ts';

/** How a verb prints. */
export interface VerbFormat extends Format {
  /** Whether it is `%#v`. */
  readonly isGoSyntax: boolean;
  /** Whether it is `%+v`, which names the fields of structs. */
  readonly hasNames: boolean;
}

export const PLAIN: VerbFormat = {
  plus: false,
  minus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
  isGoSyntax: false,
  hasNames: false,
};

/** Lists in lists deeper than this are not printed: a map may be in itself. */
const MAX_DEPTH = 200;

/** A value as Go prints it with `%v`. */
export function printed(data: Data): Rope {
  if (data.kind === 'text') return data.rope;
  return printedAs(data, 'v', PLAIN, 0);
}

/** Several values as `fmt.Sprint` prints them: with a space between two of which none is a string. */
export function sprint(values: readonly Data[]): Rope {
  const parts: (Rope | string)[] = [];
  for (const [index, value] of values.entries()) {
    const isSpaced = index > 0 && value.kind !== 'text' && values[index - 1]!.kind !== 'text';
    parts.push(isSpaced ? ' ' : '', printed(value));
  }
  return Rope.join(parts);
}

/** Several values as `fmt.Sprintln` prints them. */
export function sprintln(values: readonly Data[]): Rope {
  return Rope.concat(Rope.join(values.map(printed), ' '), '\n');
}

/** A value as a verb prints it. */
export function printedAs(data: Data, verb: string, format: VerbFormat, depth = 0): Rope {
  if (depth > MAX_DEPTH) throw new TemplateError('a value is nested too deeply to be printed');
  if (data.kind === 'unknown') return Rope.of(UNKNOWN_CHARACTER);
  if (data.kind === 'nil') return nil(verb, format, depth);
  if (verb === 'T') return paddedRope(Rope.of(typeName(data)), format);
  const scalar = scalarText(data, verb, format);
  if (scalar === undefined) return collection(data, verb, format, depth);
  return scalar ?? badVerb(data, verb, format);
}

function nil(verb: string, format: VerbFormat, depth: number): Rope {
  if (verb === 'T') return paddedRope(Rope.of('<nil>'), format);
  if (depth > 0) return Rope.of(format.isGoSyntax && verb === 'v' ? 'interface {}(nil)' : '<nil>');
  return verb === 'v' ? paddedRope(Rope.of('<nil>'), format) : Rope.of(`%!${verb}(<nil>)`);
}

function badVerb(data: Data, verb: string, format: VerbFormat): Rope {
  return Rope.concat(`%!${verb}(${typeName(data)}=`, printedAs(data, 'v', format), ')');
}

/** The text of a scalar; null where it cannot be printed with the verb, undefined where it is none. */
function scalarText(data: Data, verb: string, format: VerbFormat): Rope | null | undefined {
  switch (data.kind) {
    case 'bool':
      if (verb !== 't' && verb !== 'v') return null;
      return sourced(paddedRope(Rope.of(String(data.value)), format), data);
    case 'int': {
      const text = integerText(data.value, verb, unsignedInGoSyntax(data.type, verb, format));
      return text === null ? null : sourced(Rope.of(text), data);
    }
    case 'float':
      if (!/[vgGfFeEbxX]/.test(verb)) return null;
      checkLength((format.width ?? 0) + (format.precision ?? 0));
      return sourced(Rope.of(formatFloat(data.value, verb, format)), data);
    case 'text':
      return textAs(data.rope, verb, format);
    case 'bytes':
      return verb === 'v' || verb === 'd' ? byteList(data.rope) : textAs(data.rope, verb, format);
    case 'struct':
      return data.text !== undefined && /[vsxXq]/.test(verb) ? textAs(Rope.of(data.text), verb, format) : undefined;
    default:
      return undefined;
  }
}

function sourced(rope: Rope, data: Data): Rope {
  const source = 'source' in data ? data.source : undefined;
  return source ? Rope.of(rope.text, scalarSource(rope.text, source)) : rope;
}

function unsignedInGoSyntax(type: string, verb: string, format: VerbFormat): [string, VerbFormat] {
  return format.isGoSyntax && verb === 'v' && type.startsWith('uint')
    ? ['x', { ...format, sharp: true }]
    : [verb, format];
}

function integerText(value: number, verb: string, [spelling, format]: [string, VerbFormat]): string | null {
  checkLength((format.width ?? 0) + (format.precision ?? 0));
  if (/[dvboOxX]/.test(verb)) return formatInteger(value, spelling, format);
  if (verb === 'c' || verb === 'q') {
    const isCharacter = value >= 0 && value <= 0x10ffff && !(value >= 0xd800 && value < 0xe000);
    const character = isCharacter ? String.fromCodePoint(value) : '\ufffd';
    return paddedRope(Rope.of(verb === 'c' ? character : quotedCharacter(character, format.plus)), format).text;
  }
  if (verb === 'U')
    return paddedRope(
      Rope.of(`U+${BigInt.asUintN(64, BigInt(value)).toString(16).toUpperCase().padStart(4, '0')}`),
      format,
    ).text;
  return null;
}

function byteList(rope: Rope): Rope {
  return Rope.of(`[${utf8Bytes(rope.text).join(' ')}]`);
}

function textAs(rope: Rope, verb: string, format: VerbFormat): Rope | null {
  const isQuoted = verb === 'q' || (verb === 'v' && format.isGoSyntax);
  if (isQuoted && format.sharp && canBackquote(rope.text))
    return paddedRope(Rope.concat('`', truncated(rope, format), '`'), format);
  if (isQuoted) return paddedRope(quoted(truncated(rope, format), format.plus), format);
  if (verb === 's' || verb === 'v') return paddedRope(truncated(rope, format), format);
  if (verb === 'x' || verb === 'X')
    return rope.isKnown ? Rope.of(bytesInHex(rope.text, verb, format)) : Rope.of(UNKNOWN_CHARACTER);
  return null;
}

/** Whether a text can be written in backquotes: without them, and without control characters but tabs. */
function canBackquote(written: string): boolean {
  return !/[`\ufeff]|(?!\t)\p{Cc}/u.test(written);
}

function truncated(rope: Rope, { precision }: VerbFormat): Rope {
  if (precision === undefined || precision >= rope.length) return rope;
  if (!rope.isKnown) return Rope.of(UNKNOWN_CHARACTER);
  return rope.slice(0, [...rope.text.slice(0, 2 * precision)].slice(0, precision).join('').length);
}

function paddedRope(rope: Rope, { width, minus, zero }: VerbFormat): Rope {
  if (width === undefined || !rope.isKnown) return rope;
  checkLength(width);
  const padding = (zero && !minus ? '0' : ' ').repeat(missingTo(width, rope.text));
  return minus ? Rope.concat(rope, padding) : Rope.concat(padding, rope);
}

function bytesInHex(text: string, verb: string, { precision, sharp, space, width, minus }: VerbFormat): string {
  const bytes = utf8Bytes(text).slice(0, precision);
  const prefix = sharp ? `0${verb}` : '';
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  const spelled = verb === 'X' ? digits.map((pair) => pair.toUpperCase()) : digits;
  const hex =
    spelled.length === 0 ? '' : space ? spelled.map((pair) => prefix + pair).join(' ') : prefix + spelled.join('');
  return minus ? hex.padEnd(width ?? 0) : hex.padStart(width ?? 0);
}

function collection(data: Data, verb: string, format: VerbFormat, depth: number): Rope {
  if (verb === 'w') return badVerb(data, verb, format);
  const inner = (value: Data) => printedAs(value, verb, format, depth + 1);
  const isGoSyntax = format.isGoSyntax && verb === 'v';
  const [open, close, between] = isGoSyntax ? [`${typeName(data)}{`, '}', ', '] : ['[', ']', ' '];
  if (data.kind === 'list') return Rope.concat(open, Rope.join(data.items.map(inner), between), close);
  if (data.kind === 'dict') {
    if (data.unknown) return Rope.of(UNKNOWN_CHARACTER);
    const key = (rope: Rope) => textAs(rope, verb, format) ?? badVerb({ kind: 'text', rope }, verb, format);
    const entries = sortedEntries(data).map((entry) => Rope.concat(key(entry.key), ':', inner(entry.value)));
    return Rope.concat(isGoSyntax ? open : 'map[', Rope.join(entries, between), close);
  }
  const fields = data.kind === 'struct' ? [...data.fields] : [];
  const shown = fields.map(([name, value]) =>
    format.hasNames || isGoSyntax ? Rope.concat(`${name}:`, inner(value)) : inner(value),
  );
  const pointer = typeName(data).startsWith('*') ? '&' : '';
  return Rope.concat(isGoSyntax ? open : `${pointer}{`, Rope.join(shown, between), '}');
}

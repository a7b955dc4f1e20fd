import { isKnown } from '../unknown.ts';
import { fromUtf8 } from '../utf8.ts';

/** A number as a template has it; what it can be used as depends on how it is written. */
export interface Numeral {
  readonly text: string;
  readonly int?: number | undefined;
  readonly float?: number | undefined;
  /** Whether it is a float where nothing says what type it must have. */
  readonly isFloat: boolean;
}

const INTEGER = /^[+-]?(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?[0-7])*|[1-9](?:_?[0-9])*)$/;
const DECIMAL =
  /^[+-]?(?:[0-9](?:_?[0-9])*(?:\.(?:[0-9](?:_?[0-9])*)?)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]((?:_?[0-9a-fA-F])*)(?:\.([0-9a-fA-F_]*))?[pP]([+-]?[0-9]+)$/;

/**
 * Reads a number as `newNumber` of `text/template/parse` does, without complex numbers.
 * @returns its numeral, or what is wrong with it
 */
export function readNumber(text: string): Numeral | string {
  const isFloat = /[.eEpP]/.test(text) && !(/^0[xX]/.test(text) && text.length > 2 && !/[pP]/.test(text));
  const whole = wholeNumber(text);
  if (whole !== undefined) {
    if (whole > 0xffff_ffff_ffff_ffffn || whole < -0x8000_0000_0000_0000n) return `integer overflow: "${text}"`;
    const int = whole <= 0x7fff_ffff_ffff_ffffn ? Number(whole) : undefined;
    return { text, int, float: Number(whole), isFloat };
  }
  const float = floatingNumber(text);
  if (float === undefined || !Number.isFinite(float)) return `illegal number syntax: "${text}"`;
  if (!/[.eEpP]/.test(text)) return `integer overflow: "${text}"`;
  return { text, float, int: Number.isInteger(float) && Math.abs(float) < 2 ** 63 ? float : undefined, isFloat };
}

function wholeNumber(text: string): bigint | undefined {
  if (!INTEGER.test(text)) return undefined;
  const digits = text.replaceAll('_', '').replace(/^[+-]/, '');
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return text.startsWith('-') ? -value : value;
}

function floatingNumber(text: string): number | undefined {
  if (DECIMAL.test(text)) return Number(text.replaceAll('_', ''));
  const [, sign, whole, fraction = '', exponent] = HEXADECIMAL.exec(text) ?? [];
  if (whole === undefined || (whole === '' && fraction === '')) return undefined;
  const digits = (whole + fraction).replaceAll('_', '');
  const places = fraction.replaceAll('_', '').length;
  const value = Number(BigInt(`0x${digits}`)) * 2 ** (Number(exponent) - 4 * places);
  return sign === '-' ? -value : value;
}

const SIMPLE_ESCAPES: { readonly [letter: string]: string } = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

const ESCAPES = /\\(?:x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g;

/** The text of a string or a character that is written in quotes, as Go reads it; undefined where it is wrong. */
export function unquote(written: string): string | undefined {
  const quote = written[0]!;
  const inner = written.slice(1, -1);
  if (quote === '`') return inner.replaceAll('\r', '');
  let isWrong = false;
  // Bytes that are escaped one by one may be characters together.
  const text = inner.replaceAll(
    /(?:\\(?:x[0-9a-fA-F]{2}|[0-7]{3}))+|\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/g,
    (escapes) => {
      const bytes: number[] = [];
      for (const [, hexadecimal, octal, short, long, letter] of escapes.matchAll(ESCAPES)) {
        if (hexadecimal !== undefined) bytes.push(Number.parseInt(hexadecimal, 16));
        else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
        else {
          const character =
            letter === undefined ? codePoint((short ?? long)!) : letter === quote ? quote : SIMPLE_ESCAPES[letter];
          if (character === undefined) isWrong = true;
          return character ?? '';
        }
      }
      if (bytes.some((byte) => byte > 255)) isWrong = true;
      return fromUtf8(bytes);
    },
  );
  // A character that Bulkhead gives a meaning cannot be told from it.
  return isWrong || !isKnown(text) ? undefined : text;
}

function codePoint(hexadecimal: string): string | undefined {
  const code = Number.parseInt(hexadecimal, 16);
  return code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? undefined : String.fromCodePoint(code);
}

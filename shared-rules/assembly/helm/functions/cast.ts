import type { Data } from '../../../language/go-template/data.ts';

/** Numbers of other values as github.com/spf13/cast makes them; what is none is 0. */

const MIN_INT64 = -(2 ** 63);

/** @returns a whole number; above 2^53 it is not exact */
export function toInteger(data: Data): number {
  switch (data.kind) {
    case 'int':
      return data.value;
    case 'float':
      return truncated(data.value);
    case 'bool':
      return data.value ? 1 : 0;
    case 'text':
      return Number(parseInteger(withoutZeroDecimals(data.rope.text), 0) ?? 0n);
    default:
      return 0;
  }
}

/** Go's conversion of a float64 to int64: what does not fit is the smallest number on amd64. */
function truncated(value: number): number {
  if (!(value > -(2 ** 63) - 1 && value < 2 ** 63)) return MIN_INT64;
  return Math.trunc(value) + 0;
}

export function toFloat(data: Data): number {
  switch (data.kind) {
    case 'int':
    case 'float':
      return data.value;
    case 'bool':
      return data.value ? 1 : 0;
    case 'text':
      return parseFloat64(data.rope.text) ?? 0;
    default:
      return 0;
  }
}

/** `strconv.ParseInt` for 64 bits: undefined for an error. */
export function parseInteger(text: string, base: 0 | 8 | 10): bigint | undefined {
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const value = base === 0 ? withPrefix(digits) : unsigned(digits, base);
  if (value === undefined) return undefined;
  const signed = sign === '-' ? -value : value;
  return signed > 2n ** 63n - 1n || signed < -(2n ** 63n) ? undefined : signed;
}

const DIGITS: Readonly<Record<number, RegExp>> = {
  2: /^[01]{1,70}$/,
  8: /^[0-7]{1,40}$/,
  10: /^[0-9]{1,40}$/,
  16: /^[0-9a-f]{1,40}$/,
};
const PREFIXES: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

function unsigned(digits: string, base: number): bigint | undefined {
  const significant = digits.replace(/^0+(?=.)/, '').toLowerCase();
  return DIGITS[base]?.test(significant) ? BigInt(`${PREFIXES[base]}${significant}`) : undefined;
}

/** A number that says itself which base it has, with underscores between digits. */
function withPrefix(written: string): bigint | undefined {
  const lower = written.toLowerCase();
  const base = lower.startsWith('0x')
    ? 16
    : lower.startsWith('0b')
      ? 2
      : lower.startsWith('0o') || /^0./.test(lower)
        ? 8
        : 10;
  const prefix = /^0[xbo]/.exec(lower)?.[0].length ?? 0;
  const digits = lower.slice(prefix);
  if (/^_/.test(digits) && prefix === 0) return undefined;
  if (/__|_$/.test(digits)) return undefined;
  return unsigned(digits.replaceAll('_', ''), base);
}

/** `strconv.ParseFloat` of decimal numbers: undefined for an error. */
export function parseFloat64(text: string): number | undefined {
  if (/^[-+]?(?:inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;
  if (!/^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)?$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** `5.00` without its decimals, as `trimZeroDecimal` of cast. */
function withoutZeroDecimals(text: string): string {
  const [, whole] = /^(.*)\.0+$/s.exec(text) ?? [];
  return whole ?? text;
}

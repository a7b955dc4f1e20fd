import { endBefore } from '../text.ts';

/** The flags, width and precision of a verb of Go's `fmt`, such as `%-10.3f`. */
export interface Format {
  readonly plus: boolean;
  readonly minus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

/** How many characters are missing to a width; Go counts code points. */
export function missingTo(width: number | undefined, text: string): number {
  if (width === undefined || width <= text.length / 2) return 0;
  return Math.max(0, width - [...text].length);
}

function padded(text: string, { width, minus }: Format): string {
  const padding = ' '.repeat(missingTo(width, text));
  return minus ? text + padding : padding + text;
}

const BASES: { readonly [verb: string]: number } = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

/** A whole number as the verbs `d`, `v`, `b`, `o`, `O`, `x` and `X` print it. */
export function formatInteger(value: number, verb: string, format: Format): string {
  const { plus, space, minus, zero, width, precision } = format;
  const isNegative = value < 0;
  const sign = isNegative ? '-' : plus ? '+' : space ? ' ' : '';
  if (precision === 0 && value === 0) return ' '.repeat(width ?? 0);
  const base = BASES[verb]!;
  let digits = BigInt(Math.abs(value)).toString(base);
  if (verb === 'X') digits = digits.toUpperCase();
  const isZeroPadded = precision === undefined && zero && !minus && width !== undefined;
  digits = digits.padStart(precision ?? (isZeroPadded ? width - sign.length : 0), '0');
  return padded(sign + prefixOf(verb, digits, format) + digits, format);
}

function prefixOf(verb: string, digits: string, { sharp }: Format): string {
  if (verb === 'O') return sharp && !digits.startsWith('0') ? '0o0' : '0o';
  if (!sharp) return '';
  if (verb === 'b') return '0b';
  if (verb === 'o') return digits.startsWith('0') ? '' : '0';
  return verb === 'x' || verb === 'X' ? `0${verb}` : '';
}

/** A float64 as the verbs `v`, `g`, `G`, `f`, `F`, `e`, `E`, `b`, `x` and `X` print it. */
export function formatFloat(value: number, verb: string, format: Format): string {
  const { plus, minus, space, zero, width, precision } = format;
  const isNegative = value < 0 || Object.is(value, -0);
  if (!Number.isFinite(value)) {
    const sign = isNegative ? '-' : plus ? '+' : space ? ' ' : Number.isNaN(value) ? '' : '+';
    const isSigned = sign !== '+' || plus;
    return padded(`${isSigned ? sign : ''}${Number.isNaN(value) ? 'NaN' : 'Inf'}`, format);
  }
  const sign = isNegative ? '-' : plus ? '+' : space ? ' ' : '';
  const number = unsignedFloat(Math.abs(value), verb, precision);
  if (zero && !minus && width !== undefined) return sign + number.padStart(width - sign.length, '0');
  return padded(sign + number, format);
}

/** @param precision where it is undefined, the one that Go takes for the verb */
function unsignedFloat(value: number, verb: string, precision: number | undefined): string {
  switch (verb) {
    case 'f':
    case 'F':
      return fixed(value, precision ?? 6);
    case 'e':
    case 'E':
      return withExponent(...decimal(value, (precision ?? 6) + 1), verb, precision ?? 6);
    case 'b': {
      const [bits, exponent] = binary(value);
      return `${bits}p${exponent < 52 ? '' : '+'}${value === 0 ? -1074 : exponent - 52}`;
    }
    case 'x':
    case 'X':
      return hexadecimal(value, verb, precision);
    default:
      return general(value, verb === 'G' ? 'E' : 'e', precision);
  }
}

/** The verb `g`: with an exponent where that is below -4, or not below the precision. */
function general(value: number, letter: string, precision: number | undefined): string {
  const [written, exponent] = decimal(value, precision === undefined ? undefined : precision || 1);
  const digits = written.slice(0, endBefore(written, /0/)) || '0';
  let limit = precision === undefined ? 6 : precision || 1;
  if (limit > digits.length && digits.length >= exponent + 1) limit = digits.length;
  if (precision === undefined) limit = 6;
  // Up to 21 digits are printed where the precision is the shortest: `%v` of 1e+20 is 1e+20 for that, as here.
  if (value !== 0 && (exponent < -4 || exponent >= limit))
    return withExponent(digits, exponent, letter, digits.length - 1);
  if (value === 0) return '0';
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/**
 * The digits of a number without a point, and the exponent of the first.
 * @param count how many digits; undefined for the fewest that say which float64 it is
 */
function decimal(value: number, count: number | undefined): [string, number] {
  const shortest = split(value.toExponential());
  if (count === undefined) return shortest;
  // `toExponential` rounds half up and has at most 101 digits; Go rounds half to even.
  const [digits, exponent] = split(value.toExponential(100));
  const rounded = roundHalfToEven(digits, count);
  return rounded.length > count ? [rounded.slice(0, count), exponent + 1] : [rounded, exponent];
}

function split(text: string): [string, number] {
  const [mantissa = '', exponent = '0'] = text.split('e');
  return [mantissa.replace('.', ''), Number(exponent)];
}

/** The first digits of a number; one more where they round up to the next power of ten. */
function roundHalfToEven(digits: string, count: number): string {
  if (count >= digits.length) return digits.padEnd(count, '0');
  const [kept, rest] = [digits.slice(0, count), digits.slice(count)];
  const isTie = /^50*$/.test(rest);
  const isUp = isTie ? Number(kept.at(-1) ?? 0) % 2 === 1 : rest[0]! >= '5';
  return isUp ? (BigInt(kept || '0') + 1n).toString().padStart(count, '0') : kept;
}

function fixed(value: number, places: number): string {
  const [digits, exponent] = split(value.toExponential(100));
  const count = exponent + 1 + places;
  const rounded = value === 0 ? '0' : count < 0 ? '0' : roundHalfToEven(digits, count) || '0';
  const all = rounded.padStart(places + 1, '0');
  return places === 0 ? all : `${all.slice(0, -places)}.${all.slice(-places)}`;
}

function withExponent(digits: string, exponent: number, letter: string, places: number): string {
  const all = digits.padEnd(places + 1, '0');
  const sign = exponent < 0 ? '-' : '+';
  const power = String(Math.abs(exponent)).padStart(2, '0');
  return `${all[0]}${places > 0 ? `.${all.slice(1, places + 1)}` : ''}${letter}${sign}${power}`;
}

/** The significand with 53 bits as a whole number, and the exponent of two of its first bit. */
function binary(value: number): [bigint, number] {
  if (value === 0) return [0n, 0];
  let exponent = Math.floor(Math.log2(value));
  if (value / 2 ** exponent < 1) exponent--;
  return [BigInt((value / 2 ** exponent) * 2 ** 52), exponent];
}

function hexadecimal(value: number, verb: string, precision: number | undefined): string {
  let [bits, exponent] = binary(value);
  let fraction = bits.toString(16).slice(1).padStart(13, '0');
  let whole = value === 0 ? '0' : '1';
  if (precision === undefined) fraction = fraction.slice(0, endBefore(fraction, /0/));
  else if (precision < 13) {
    const shift = BigInt(4 * (13 - precision));
    const half = 1n << (shift - 1n);
    const rest = bits & ((1n << shift) - 1n);
    const kept = bits >> shift;
    const rounded = rest > half || (rest === half && kept % 2n === 1n) ? kept + 1n : kept;
    const text = rounded.toString(16).padStart(precision + 1, '0');
    [whole, fraction] = [text.slice(0, text.length - precision), text.slice(text.length - precision)];
    if (whole === '2') [whole, exponent] = ['1', exponent + 1];
  } else fraction = fraction.padEnd(precision, '0');
  const sign = exponent < 0 ? '-' : '+';
  const text = `0x${whole}${fraction ? `.${fraction}` : ''}p${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return verb === 'X' ? text.toUpperCase() : text;
}

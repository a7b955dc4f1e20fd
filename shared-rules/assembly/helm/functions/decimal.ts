import { TemplateError } from '../../../language/go-template/template-error.ts';

/** A number with a point: digits times ten to a power. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Digits after the point of a quotient: `DivisionPrecision` of github.com/shopspring/decimal. */
const PRECISION = 16;

/** The shortest decimal number that says which float64 it is. */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value)) throw new TemplateError(`Cannot create a Decimal from ${value}`);
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

export function numberOf({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`);
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: scaled(a, exponent) + scaled(b, exponent), exponent };
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, { ...b, digits: -b.digits });
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, exponent: a.exponent + b.exponent };
}

/** Rounds half away from zero. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) throw new TemplateError('decimal division by 0');
  const shift = a.exponent - b.exponent + PRECISION;
  const dividend = shift > 0 ? a.digits * 10n ** BigInt(shift) : a.digits;
  const divisor = shift < 0 ? b.digits * 10n ** BigInt(-shift) : b.digits;
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const isUp = 2n * magnitude(rest) >= magnitude(divisor);
  const sign = dividend < 0n === divisor < 0n ? 1n : -1n;
  return { digits: isUp ? quotient + sign : quotient, exponent: -PRECISION };
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function scaled({ digits, exponent }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(exponent - to);
}

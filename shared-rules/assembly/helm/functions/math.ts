import { type Data, float, int } from '../../../language/go-template/data.ts';
import { printed } from '../../../language/go-template/format.ts';
import { TemplateError } from '../../../language/go-template/template-error.ts';
import { parseInteger, toFloat, toInteger } from './cast.ts';
import {
  addDecimals,
  type Decimal,
  decimalOf,
  divideDecimals,
  multiplyDecimals,
  numberOf,
  subtractDecimals,
} from './decimal.ts';
import { type FunctionTable, fn, variadic } from './define.ts';

function int64(value: number): Data {
  return int(value, 'int64');
}

/** A number of the template or the values stays the same when it is cast; so does where it is written. */
function cast(data: Data, type: 'int' | 'int64'): Data {
  const value = toInteger(data);
  return int(value, type, data.kind === 'int' || data.kind === 'float' ? data.source : undefined);
}

/** Whole numbers as Go computes with them: 64 bits that overflow. */
function whole(values: readonly Data[], compute: (a: bigint, b: bigint) => bigint): Data {
  const [first = 0n, ...others] = values.map((value) => BigInt(toInteger(value)));
  return int64(
    Number(
      BigInt.asIntN(
        64,
        others.reduce((a, b) => BigInt.asIntN(64, compute(a, b)), first),
      ),
    ),
  );
}

function divided(a: bigint, b: bigint): bigint {
  if (b === 0n) throw new TemplateError('runtime error: integer divide by zero');
  return a / b;
}

function remainder(a: bigint, b: bigint): bigint {
  if (b === 0n) throw new TemplateError('runtime error: integer divide by zero');
  return a % b;
}

/** Numbers with a point as github.com/shopspring/decimal computes with them. */
function decimals(values: readonly Data[], compute: (a: Decimal, b: Decimal) => Decimal): Data {
  const [first, ...others] = values.map((value) => decimalOf(toFloat(value)));
  return float(first ? numberOf(others.reduce(compute, first)) : 0);
}

function rounded(value: number, places: number, roundOn: number): number {
  const power = 10 ** places;
  const digit = power * value;
  const fraction = digit - Math.trunc(digit);
  const result = fraction >= roundOn ? Math.ceil(digit) : Math.floor(digit);
  return result / power;
}

const max = variadic(['any'], 'any', (values) => int64(Math.max(...values.map(toInteger))));

export const MATH_FUNCTIONS: FunctionTable = {
  int: fn(['any'], ([value]) => cast(value, 'int')),
  int64: fn(['any'], ([value]) => cast(value, 'int64')),
  float64: fn(['any'], ([value]) => float(toFloat(value), value.kind === 'float' ? value.source : undefined)),
  toDecimal: fn(['any'], ([value]) => int64(Number(parseInteger(printed(value).text, 8) ?? 0n))),
  add1: fn(['any'], ([value]) => whole([value, int(1)], (a, b) => a + b)),
  add: variadic([], 'any', (values) => whole(values, (a, b) => a + b)),
  sub: fn(['any', 'any'], (values) => whole(values, (a, b) => a - b)),
  mul: variadic(['any'], 'any', (values) => whole(values, (a, b) => a * b)),
  div: fn(['any', 'any'], (values) => whole(values, divided)),
  mod: fn(['any', 'any'], (values) => whole(values, remainder)),
  add1f: fn(['any'], ([value]) => decimals([value, int(1)], addDecimals)),
  addf: variadic([], 'any', (values) => decimals(values, addDecimals)),
  subf: variadic(['any'], 'any', (values) => decimals(values, subtractDecimals)),
  mulf: variadic(['any'], 'any', (values) => decimals(values, multiplyDecimals)),
  divf: variadic(['any'], 'any', (values) => decimals(values, divideDecimals)),
  max,
  biggest: max,
  min: variadic(['any'], 'any', (values) => int64(Math.min(...values.map(toInteger)))),
  maxf: variadic(['any'], 'any', (values) => float(Math.max(...values.map(toFloat)))),
  minf: variadic(['any'], 'any', (values) => float(Math.min(...values.map(toFloat)))),
  floor: fn(['any'], ([value]) => float(Math.floor(toFloat(value)))),
  ceil: fn(['any'], ([value]) => float(Math.ceil(toFloat(value)))),
  round: variadic(['any', 'int'], 'float64', ([value, places, roundOn]) =>
    float(rounded(toFloat(value), places, roundOn ?? 0.5)),
  ),
};

import {
  bool,
  compareStrings,
  type Data,
  int,
  type List,
  list,
  NIL,
  type TemplateFunction,
  text,
  truth,
} from '../../../language/go-template/data.ts';
import { TemplateError } from '../../../language/go-template/template-error.ts';
import { toInteger } from './cast.ts';
import { deepEqual, type Spend } from './deep-equal.ts';
import { type FunctionTable, fn, variadic, withUnknown } from './define.ts';
import { kindName, stringOf, stringsOf } from './strings.ts';

/**
 * The items of a list that a function takes as `interface{}`.
 * @throws TemplateError as Go does for other values
 */
function itemsOf(data: Data, doing: string): readonly Data[] {
  if (data.kind === 'list') return data.items;
  if (data.kind === 'nil') throw nilPointer();
  throw new TemplateError(`Cannot ${doing} type ${kindName(data)}`);
}

function nilPointer(): TemplateError {
  return new TemplateError('runtime error: invalid memory address or nil pointer dereference');
}

function sorted(data: Data): Data {
  if (data.kind !== 'list') return list([text(stringOf(data))], 'string');
  const strings = stringsOf(data).sort((a, b) => compareStrings(a.text, b.text));
  return list(strings.map(text), 'string');
}

function has(needle: Data, data: Data, spend: Spend): Data {
  if (data.kind === 'nil') return bool(false);
  return bool(itemsOf(data, 'find has on').some((item) => deepEqual(needle, item, spend)));
}

function unique(items: readonly Data[], spend: Spend): Data[] {
  const found: Data[] = [];
  for (const item of items) if (!found.some((other) => deepEqual(item, other, spend))) found.push(item);
  return found;
}

function part(data: Data, [start, end]: readonly Data[]): Data {
  if (data.kind === 'nil') throw nilPointer();
  if (data.kind !== 'list') throw new TemplateError(`list should be type of slice or array but ${kindName(data)}`);
  const { length } = data.items;
  if (length === 0) return NIL;
  const from = start ? toInteger(start) : 0;
  const to = end ? toInteger(end) : length;
  if (from < 0 || to > length || from > to) throw new TemplateError('reflect.Value.Slice: slice index out of bounds');
  return { kind: 'list', items: data.items.slice(from, to), element: data.element };
}

function chunks(size: number, data: Data): Data {
  const items = itemsOf(data, 'chunk');
  if (size <= 0) {
    if (items.length === 0 && size < 0) return list([], '[]interface {}');
    throw new TemplateError('runtime error: makeslice: len out of range');
  }
  const count = Math.floor((items.length - 1) / size) + 1;
  const parts = Array.from({ length: count }, (_, index) => list(items.slice(index * size, (index + 1) * size)));
  return list(parts, '[]interface {}');
}

function concat(lists: readonly Data[], spend: Spend): Data {
  const items = lists.map((data) => {
    if (data.kind === 'list') {
      spend(data.items.length / ITEMS_PER_STEP);
      return data.items;
    }
    if (data.kind === 'nil') throw nilPointer();
    throw new TemplateError(`Cannot concat type ${kindName(data)} as list`);
  });
  const all = items.flat();
  return { ...list(all), isNil: all.length === 0 };
}

const make = withUnknown(variadic([], 'any', (items) => list(items)));
const append = withUnknown(
  fn(['any', 'any'], ([data, item]) => added(data, item, 'push on', (items) => [...items, item])),
);
const prepend = withUnknown(
  fn(['any', 'any'], ([data, item]) => added(data, item, 'prepend on', (items) => [item, ...items])),
);

function added(data: Data, _item: Data, doing: string, add: (items: readonly Data[]) => Data[]): Data {
  return data.kind === 'unknown' ? data : list(add(itemsOf(data, doing)));
}

const first = fn(['any'], ([data]) => itemsOf(data, 'find first on')[0] ?? NIL);
const last = fn(['any'], ([data]) => itemsOf(data, 'find last on').at(-1) ?? NIL);
/** Of an empty list, `rest` and others give a list that is nil. */
const rest = fn(['any'], ([data]) => list(itemsOf(data, 'find rest on').slice(1)));
const initial = fn(['any'], ([data]) => list(itemsOf(data, 'find initial on').slice(0, -1)));
const reverse = fn(['any'], ([data]) => list(itemsOf(data, 'find reverse on').toReversed()));
const compact = fn(['any'], ([data]) => list(itemsOf(data, 'compact on').filter((item) => truth(item) !== false)));
const uniq = fn(['any'], ([data], { spend }) => list(unique(itemsOf(data, 'find uniq on'), spend)));
const without = variadic(['any'], 'any', ([data, ...omitted], { spend }) =>
  list(itemsOf(data, 'find without on').filter((item) => !omitted.some((other) => deepEqual(item, other, spend)))),
);
const hasItem = fn(['any', 'any'], ([needle, data], { spend }) => has(needle, data, spend));
const slice = variadic(['any'], 'any', ([data, ...bounds]) => part(data, bounds));
const chunk = fn(['int', 'any'], ([size, data]) => chunks(size, data));

/** How many items are copied for the price of a step. */
const ITEMS_PER_STEP = 8;

/** The same functions, but what they make counts as work. */
function counted(functions: FunctionTable): FunctionTable {
  const count = (one: TemplateFunction): TemplateFunction => ({
    ...one,
    run: (args, call) => {
      const result = one.run(args, call);
      if (result.kind === 'list') call.spend(result.items.length / ITEMS_PER_STEP);
      return result;
    },
  });
  return Object.fromEntries(Object.entries(functions).map(([name, one]) => [name, count(one)]));
}

export const LIST_FUNCTIONS: FunctionTable = counted({
  list: make,
  tuple: make,
  append,
  push: append,
  mustAppend: append,
  mustPush: append,
  prepend,
  mustPrepend: prepend,
  first,
  mustFirst: first,
  last,
  mustLast: last,
  rest,
  mustRest: rest,
  initial,
  mustInitial: initial,
  reverse,
  mustReverse: reverse,
  compact,
  mustCompact: compact,
  uniq,
  mustUniq: uniq,
  without,
  mustWithout: without,
  has: hasItem,
  mustHas: hasItem,
  slice,
  mustSlice: slice,
  chunk,
  mustChunk: chunk,
  concat: variadic([], 'any', (lists, { spend }) => concat(lists, spend)),
  sortAlpha: fn(['any'], ([data]) => sorted(data)),
  until: fn(['int'], ([count], call) => range(0, count, count < 0 ? -1 : 1, call.spend)),
  untilStep: fn(['int', 'int', 'int'], ([start, stop, step], call) => range(start, stop, step, call.spend)),
  seq: variadic([], 'int', (numbers, call) => sequence(numbers, call.spend)),
});

function numbersUntil(start: number, stop: number, step: number, spend: Spend): number[] {
  const isDown = stop < start;
  if (isDown ? step >= 0 : step <= 0) return [];
  const count = Math.ceil((stop - start) / step);
  spend(count);
  return Array.from({ length: count }, (_, index) => start + index * step);
}

function range(start: number, stop: number, step: number, spend: Spend): List {
  return list(
    numbersUntil(start, stop, step, spend).map((value) => int(value)),
    'int',
  );
}

/** As the command `seq` of GNU: one, two or three numbers, printed with spaces between them. */
function sequence(numbers: readonly number[], spend: Spend): Data {
  const [one, two, three] = numbers;
  if (one === undefined || numbers.length > 3) return text('');
  if (three !== undefined)
    return text(three < one && (two as number) > 0 ? '' : spaced(one, three, two as number, spend));
  const [start, end] = two === undefined ? [1, one] : [one, two];
  return text(spaced(start, end, end < start ? -1 : 1, spend));
}

function spaced(start: number, end: number, step: number, spend: Spend): string {
  return numbersUntil(start, end + (end < start ? -1 : 1), step, spend).join(' ');
}

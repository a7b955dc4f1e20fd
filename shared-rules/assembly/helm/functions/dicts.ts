import {
  bool,
  type Data,
  type Dict,
  dict,
  list,
  put,
  sortedEntries,
  text,
  typeName,
} from '../../../language/go-template/data.ts';
import type { Rope } from '../../../language/go-template/rope.ts';
import { TemplateError } from '../../../language/go-template/template-error.ts';
import type { Spend } from './deep-equal.ts';
import { type FunctionTable, fn, variadic, withUnknown } from './define.ts';
import { merge } from './merge.ts';
import { stringOf } from './strings.ts';

const MAX_DEPTH = 200;

/** A copy whose maps and lists can be changed on their own. Scalars keep where they are from. */
export function deepCopy(data: Data, spend: Spend, depth = 0): Data {
  spend(2);
  if (depth > MAX_DEPTH) throw new TemplateError('a value is nested too deeply to be copied');
  if (data.kind === 'list') return { ...data, items: data.items.map((item) => deepCopy(item, spend, depth + 1)) };
  if (data.kind !== 'dict') return data;
  const entries = Array.from(
    data.entries,
    ([name, { key, value }]) => [name, { key, value: deepCopy(value, spend, depth + 1) }] as const,
  );
  return { ...data, entries: new Map(entries) };
}

function get(target: Dict, key: Rope): Data {
  if (target.unknown) return target.unknown;
  return target.entries.get(key.text)?.value ?? text('');
}

function dictOf(values: readonly Data[]): Data {
  const made = dict();
  for (let index = 0; index < values.length; index += 2) {
    const key = values[index] as Data;
    if (key.kind === 'unknown') made.unknown = key;
    else put(made, stringOf(key), values[index + 1] ?? text(''));
  }
  return made;
}

/** Some entries of a map; where they are from stays. */
function filtered(target: Dict, isKept: (key: string) => boolean): Data {
  const made = dict();
  for (const [key, { key: rope, value }] of target.entries) if (isKept(key)) put(made, rope, value);
  made.unknown = target.unknown;
  return made;
}

function namesOf(keys: readonly Rope[]): Set<string> {
  return new Set(keys.map((key) => key.text));
}

/** The value at the end of keys, or a default; as in Go, what is on the way must be maps. */
function dig(args: readonly Data[]): Data {
  if (args.length < 3) throw new TemplateError('dig needs at least three arguments');
  const keys = args.slice(0, -2);
  const fallback = args.at(-2) as Data;
  let target = asDict(args.at(-1) as Data);
  for (const [index, key] of keys.entries()) {
    if (key.kind !== 'text') throw conversion(key, 'string');
    if (target.unknown) return target.unknown;
    const found = target.entries.get(key.rope.text)?.value;
    if (!found) return fallback;
    if (index === keys.length - 1 || found.kind === 'unknown') return found;
    target = asDict(found);
  }
  return fallback;
}

function asDict(data: Data): Dict {
  if (data.kind !== 'dict') throw conversion(data, 'map[string]interface {}');
  if (data.type)
    throw new TemplateError(`interface conversion: interface {} is ${data.type}, not map[string]interface {}`);
  return data;
}

function conversion(data: Data, wanted: string): TemplateError {
  const got = data.kind === 'nil' ? 'nil' : typeName(data);
  return new TemplateError(`interface conversion: interface {} is ${got}, not ${wanted}`);
}

/** As Sprig's functions do, these merge into the first map, and share with it what they take from the others. */
function merging(overwrites: boolean) {
  return variadic(['map[string]interface {}'], 'map[string]interface {}', ([target, ...sources], { spend }) => {
    for (const source of sources) merge(target, source, overwrites, spend);
    return target;
  });
}

const copy = withUnknown(
  fn(['any'], ([data], { spend }) => {
    if (data.kind === 'nil') throw new TemplateError('reflect: call of reflect.Value.Type on zero Value');
    return deepCopy(data, spend);
  }),
);

export const DICT_FUNCTIONS: FunctionTable = {
  dict: withUnknown(variadic([], 'any', (values) => dictOf(values))),
  get: fn(['map[string]interface {}', 'string'], ([target, key]) => get(target, key)),
  set: {
    takes: ['map[string]interface {}', 'string', 'any'],
    takesUnknown: true,
    run: ([target, key, value]) => {
      if (target?.kind !== 'dict') return target as Data;
      if (key?.kind === 'text' && key.rope.isKnown) put(target, key.rope, value as Data);
      else target.unknown = { kind: 'unknown', reason: 'a key that is not known' };
      return target;
    },
  },
  unset: fn(['map[string]interface {}', 'string'], ([target, key]) => {
    target.entries.delete(key.text);
    return target;
  }),
  hasKey: fn(
    ['map[string]interface {}', 'string'],
    ([target, key]) => target.unknown ?? bool(target.entries.has(key.text)),
  ),
  pluck: variadic(['string'], 'map[string]interface {}', ([key, ...targets]) =>
    list(targets.flatMap((target) => target.entries.get(key.text)?.value ?? [])),
  ),
  // Go gives both in no certain order.
  keys: variadic([], 'map[string]interface {}', (targets) =>
    list(
      targets.flatMap((target) => sortedEntries(target).map(({ key }) => text(key))),
      'string',
    ),
  ),
  values: fn(['map[string]interface {}'], ([target]) => list(sortedEntries(target).map(({ value }) => value))),
  pick: variadic(['map[string]interface {}'], 'string', ([target, ...keys]) => {
    const names = namesOf(keys);
    return filtered(target, (key) => names.has(key));
  }),
  omit: variadic(['map[string]interface {}'], 'string', ([target, ...keys]) => {
    const names = namesOf(keys);
    return filtered(target, (key) => !names.has(key));
  }),
  merge: merging(false),
  mustMerge: merging(false),
  mergeOverwrite: merging(true),
  mustMergeOverwrite: merging(true),
  deepCopy: copy,
  mustDeepCopy: copy,
  dig: variadic([], 'any', (args) => dig(args)),
};

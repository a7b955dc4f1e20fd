import { bool, type Data, NIL, text, truth, typeName } from '../../../language/go-template/data.ts';
import { ChartError } from '../../../language/go-template/template-error.ts';
import { isKnown } from '../../../language/unknown.ts';
import { deepEqual } from './deep-equal.ts';
import { type FunctionTable, fn, variadic, withUnknown } from './define.ts';
import { kindName } from './strings.ts';

/** `required` without a value, and `fail`. */
export class Refusal extends ChartError {
  readonly by: 'required' | 'fail';

  constructor(by: 'required' | 'fail', message: string) {
    super(message);
    this.by = by;
  }
}

/** Whether a value is empty as `default` and others take it; undefined where that is not known. */
function isEmpty(data: Data): boolean | undefined {
  const isTrue = truth(data);
  return isTrue === undefined ? undefined : !isTrue;
}

/** The first that is not empty; not known where one before it may be. */
function firstOf(values: readonly Data[]): Data {
  for (const value of values) if (isEmpty(value) !== true) return value;
  return NIL;
}

const required = fn(['string', 'any'], ([message, value]) => {
  if (value.kind === 'nil' || (value.kind === 'text' && value.rope.length === 0))
    throw new Refusal('required', message.text);
  return value;
});

export const FLOW_FUNCTIONS: FunctionTable = {
  default: withUnknown(variadic(['any'], 'any', ([fallback, given]) => (!given || isEmpty(given) ? fallback : given))),
  empty: fn(['any'], ([value]) => {
    const known = isEmpty(value);
    return known === undefined ? { kind: 'unknown', reason: 'a map that is not known' } : bool(known);
  }),
  coalesce: withUnknown(variadic([], 'any', (values) => firstOf(values))),
  all: variadic([], 'any', (values) => bool(values.every((value) => truth(value) !== false))),
  any: variadic([], 'any', (values) => bool(values.some((value) => truth(value) !== false))),
  ternary: {
    takes: ['any', 'any', 'bool'],
    takesUnknown: true,
    run: ([one, other, test]) => {
      if (test?.kind !== 'bool') return test as Data;
      return (test.value ? one : other) as Data;
    },
  },
  required: withUnknown(required),
  fail: withUnknown(
    fn(['string'], ([message]) => {
      throw new Refusal('fail', isKnown(message.text) ? message.text : 'a message that is not known');
    }),
  ),
  include: {
    takes: ['string', 'any'],
    takesUnknown: true,
    run: ([name, data], call) => included(name, data as Data, call),
  },
  tpl: {
    takes: ['string', 'any'],
    takesUnknown: true,
    run: ([source, data], call) => expanded(source, data as Data, call),
  },
  lookup: fn(['string', 'string', 'string', 'string'], () => ({ kind: 'dict', entries: new Map() })),
  getHostByName: fn(['string'], () => text('')),
  typeOf: fn(['any'], ([value]) => text(typeName(value))),
  typeIs: fn(['string', 'any'], ([name, value]) => bool(name.text === typeName(value))),
  typeIsLike: fn(['string', 'any'], ([name, value]) => bool([name.text, `*${name.text}`].includes(typeName(value)))),
  kindOf: fn(['any'], ([value]) => text(kindName(value))),
  kindIs: fn(['string', 'any'], ([name, value]) => bool(name.text === kindName(value))),
  deepEqual: fn(['any', 'any'], ([one, other], { spend }) => bool(deepEqual(one, other, spend))),
};

type Run = Parameters<typeof withUnknown>[0]['run'];
type Call = Parameters<Run>[1];

function included(name: Data | undefined, data: Data, call: Call): Data {
  if (name?.kind !== 'text' || !name.rope.isKnown) return { kind: 'unknown', reason: 'the name of a template' };
  return text(call.include(name.rope.text, data));
}

function expanded(source: Data | undefined, data: Data, call: Call): Data {
  return source?.kind === 'text' ? text(call.tpl(source.rope, data)) : (source as Data);
}

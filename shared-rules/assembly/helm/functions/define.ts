import type {
  Bool,
  Call,
  Data,
  Dict,
  IntType,
  List,
  Parameter,
  TemplateFunction,
} from '../../../language/go-template/data.ts';
import type { Rope } from '../../../language/go-template/rope.ts';
import { Rope as Ropes } from '../../../language/go-template/rope.ts';
import { UNKNOWN_CHARACTER } from '../../../language/unknown.ts';

/** Functions by the names that templates call them by. */
export type FunctionTable = { readonly [name: string]: TemplateFunction };

/** What a function of the table gets for a parameter. */
type Taken<P extends Parameter> = P extends 'any'
  ? Data
  : P extends 'string'
    ? Rope
    : P extends 'bool'
      ? boolean
      : P extends '[]interface {}' | '[]string'
        ? List
        : P extends 'map[string]interface {}'
          ? Dict
          : number;

type TakenAll<P extends readonly Parameter[]> = { readonly [K in keyof P]: Taken<P[K]> };

/** A function with parameters of these types, which are checked before it is called. */
export function fn<const P extends readonly Parameter[]>(
  takes: P,
  run: (args: TakenAll<P>, call: Call) => Data,
): TemplateFunction {
  return { takes, run: (args, call) => run(takenAll(args, takes, undefined) as unknown as TakenAll<P>, call) };
}

/** A function that takes any number of further arguments of a type. */
export function variadic<const P extends readonly Parameter[], const R extends Parameter>(
  takes: P,
  rest: R,
  run: (args: readonly [...TakenAll<P>, ...Taken<R>[]], call: Call) => Data,
): TemplateFunction {
  return {
    takes,
    rest,
    run: (args, call) => run(takenAll(args, takes, rest) as unknown as [...TakenAll<P>, ...Taken<R>[]], call),
  };
}

/** The same function, but called when something is not known, too: a text that is not known is UNKNOWN_CHARACTER. */
export function withUnknown(made: TemplateFunction): TemplateFunction {
  return { ...made, takesUnknown: true };
}

function takenAll(args: readonly Data[], takes: readonly Parameter[], rest: Parameter | undefined): unknown[] {
  return args.map((data, index) => taken(data, takes[index] ?? rest ?? 'any'));
}

const INTEGERS: ReadonlySet<string> = new Set<IntType>(['int', 'int64', 'uint32']);

function taken(data: Data, parameter: Parameter): unknown {
  if (parameter === 'string')
    return data.kind === 'text' || data.kind === 'bytes' ? data.rope : Ropes.of(UNKNOWN_CHARACTER);
  if (parameter === 'bool') return (data as Bool).value;
  if (parameter === 'float64' || INTEGERS.has(parameter)) return (data as { value: number }).value;
  return data;
}

import { type Data, dict, float, int, list, type Parameter, type TemplateFunction, text, typeName } from './data.ts';
import type { Numeral } from './literals.ts';
import { Rope } from './rope.ts';
import { TemplateError } from './template-error.ts';

/** The parameter that takes an argument. */
export function parameterAt({ takes, rest }: TemplateFunction, index: number): Parameter {
  return takes[index] ?? rest ?? 'any';
}

/**
 * Checks the number of arguments.
 * @throws TemplateError
 */
export function checkCount(name: string, { takes, rest }: TemplateFunction, count: number): void {
  const isWrong = rest === undefined ? count !== takes.length : count < takes.length;
  const wanted = `${rest === undefined ? '' : 'at least '}${takes.length}`;
  if (isWrong) throw new TemplateError(`wrong number of args for ${name}: want ${wanted} got ${count}`);
}

/**
 * A value as an argument for a parameter: it must have its type, or be nil where the type has a nil.
 * @throws TemplateError
 */
export function argument(data: Data, parameter: Parameter): Data {
  if (parameter === 'any' || data.kind === 'unknown') return data;
  if (data.kind === 'nil') {
    if (data.isElement) throw wrongType(parameter, 'interface {}');
    return nilArgument(parameter, `invalid value; expected ${parameter}`);
  }
  if (!isOfType(data, parameter)) throw wrongType(parameter, typeName(data));
  return data;
}

function wrongType(expected: string, got: string): TemplateError {
  return new TemplateError(`wrong type for value; expected ${expected}; got ${got}`);
}

/**
 * The nil of a parameter's type: what `nil` is as an argument.
 * @throws TemplateError with a message where the type has none
 */
export function nilArgument(parameter: Parameter, message: string): Data {
  switch (parameter) {
    case 'any':
      return { kind: 'nil' };
    case '[]interface {}':
      return list([]);
    case '[]string':
      return list([], 'string');
    case 'map[string]interface {}':
      return dict();
    default:
      throw new TemplateError(message);
  }
}

/** Types with a name, such as `chartutil.Values`, can be assigned to the same type without one. */
function isOfType(data: Data, parameter: Parameter): boolean {
  switch (data.kind) {
    case 'list':
      return parameter === `[]${data.element ?? 'interface {}'}`;
    case 'dict':
      return parameter === `map[string]${data.element ?? 'interface {}'}`;
    default:
      return parameter === typeName(data);
  }
}

/**
 * A number in a template as an argument: it takes the type of the parameter.
 * @throws TemplateError
 */
export function numberArgument(numeral: Numeral, parameter: Parameter): Data {
  const { text: written, int: whole, float: real } = numeral;
  if (parameter === 'any') return number(numeral);
  if (parameter === 'float64' && real !== undefined) return float(real);
  const isInteger = /^u?int/.test(parameter);
  if (isInteger && whole !== undefined && (whole >= 0 || parameter.startsWith('int')))
    return int(whole, parameter as Parameters<typeof int>[1]);
  const expected = parameter.startsWith('uint') ? 'unsigned integer' : isInteger ? 'integer' : kindOf(parameter);
  throw expectedKind(expected, written);
}

/** A number in a template where nothing says what type it must have. */
export function number({ text: written, int: whole, float: real, isFloat }: Numeral): Data {
  if (isFloat && real !== undefined) return float(real);
  if (whole === undefined) throw new TemplateError(`${written} overflows int`);
  return int(whole);
}

/**
 * A string or a boolean in a template as an argument.
 * @throws TemplateError
 */
export function literalArgument(data: Data, parameter: Parameter, written: string): Data {
  if (parameter === 'any' || isOfType(data, parameter)) return data;
  throw expectedKind(kindOf(parameter), written);
}

function kindOf(parameter: Parameter): string {
  return parameter === 'float64' ? 'float' : parameter.startsWith('int') ? 'integer' : parameter;
}

function expectedKind(expected: string, written: string): TemplateError {
  const isHandled = !/[[\]]/.test(expected);
  return new TemplateError(
    isHandled ? `expected ${expected}; found ${written}` : `can't handle ${written} for arg of type ${expected}`,
  );
}

/** What a key that is not there has in a map of that element type. */
export function zeroOf(element: string | undefined): Data {
  switch (element) {
    case 'string':
      return text(Rope.empty);
    case '[]uint8':
      return { kind: 'bytes', rope: Rope.empty };
    default:
      return { kind: 'nil', isElement: true };
  }
}

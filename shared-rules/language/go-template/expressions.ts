import type { Range } from '../text.ts';
import { UNKNOWN_CHARACTER } from '../unknown.ts';
import {
  argument,
  checkCount,
  literalArgument,
  nilArgument,
  number,
  numberArgument,
  parameterAt,
  zeroOf,
} from './arguments.ts';
import {
  bool,
  type Call,
  type Data,
  MISSING,
  NIL,
  type Parameter,
  type TemplateFunction,
  text,
  truth,
  typeName,
  unknown,
} from './data.ts';
import type { Command, Operand, Pipeline } from './nodes.ts';
import type { Rope, TemplatePlace } from './rope.ts';
import type { Session } from './session.ts';
import { ChartError, TemplateError } from './template-error.ts';
import { placeIn, type Template, type TemplateSet } from './templates.ts';

/** Where expressions are evaluated. */
export interface Scope {
  readonly session: Session;
  readonly set: TemplateSet;
  readonly template: Template;
  readonly caller: TemplatePlace | undefined;
}

/** Evaluates the pipelines of one execution of a template, and holds its variables. See `text/template/exec.go`. */
export class Expressions {
  readonly #scope: Scope;
  readonly variables: { readonly name: string; value: Data }[];

  constructor(scope: Scope, data: Data) {
    this.#scope = scope;
    this.variables = [{ name: '$', value: data }];
  }

  /** The place of a range of the template. */
  placeOf(range: Range): TemplatePlace {
    return placeIn(this.#scope.template, range, this.#scope.caller);
  }

  /** A part of the template's own text. */
  literal(range: Range): Rope {
    return this.#scope.template.written.source.slice(range.start, range.end).printedAt(this.placeOf(range));
  }

  assign(name: string, value: Data): void {
    const variable = this.variables.findLast((one) => one.name === name);
    if (!variable) throw new TemplateError(`undefined variable: ${name}`);
    variable.value = value;
  }

  /** The value of a pipeline; its variables are set. */
  pipeline(dot: Data, { commands, variables, isAssignment, range }: Pipeline): Data {
    let value: Data | undefined;
    for (const command of commands) value = withoutElement(this.#command(dot, command, value));
    for (const name of variables) {
      if (isAssignment) this.#at(range, () => this.assign(name, value!));
      else this.variables.push({ name, value: value! });
    }
    return value!;
  }

  /** Does something whose errors are at a range of the template. */
  #at<Result>(range: Range, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (error instanceof TemplateError) error.place ??= this.placeOf(range);
      throw error;
    }
  }

  #command(dot: Data, { words, range }: Command, last: Data | undefined): Data {
    this.#scope.session.limits.spend(1);
    const [first, ...args] = words;
    return this.#at(range, () => {
      switch (first.kind) {
        case 'field':
          return this.#fields(dot, dot, first.names, args, last);
        case 'chain':
          return this.#fields(dot, this.#chained(dot, first.of), first.names, args, last);
        case 'variable':
          if (first.names.length > 0) return this.#fields(dot, this.#variable(first.name), first.names, args, last);
          break;
        case 'identifier':
          return this.#function(dot, first.name, args, last, range);
        case 'nil':
          throw new TemplateError('nil is not a command');
      }
      if (args.length > 0 || last)
        throw new TemplateError(`can't give argument to non-function ${this.#textOf(first.range)}`);
      return this.#value(dot, first);
    });
  }

  #textOf({ start, end }: Range): string {
    return this.#scope.template.written.source.text.slice(start, end);
  }

  #chained(dot: Data, operand: Operand): Data {
    if (operand.kind === 'nil') throw new TemplateError('indirection through explicit nil');
    return this.#value(dot, operand);
  }

  #variable(name: string): Data {
    const variable = this.variables.findLast((one) => one.name === name);
    if (!variable) throw new TemplateError(`undefined variable: ${name}`);
    return variable.value;
  }

  /** The value of an operand without arguments. */
  #value(dot: Data, operand: Operand): Data {
    switch (operand.kind) {
      case 'pipeline':
        return this.pipeline(dot, operand);
      case 'field':
        return this.#fields(dot, dot, operand.names, [], undefined);
      case 'chain':
        return this.#fields(dot, this.#chained(dot, operand.of), operand.names, [], undefined);
      case 'variable':
        return this.#fields(dot, this.#variable(operand.name), operand.names, [], undefined);
      case 'identifier':
        return this.#function(dot, operand.name, [], undefined, operand.range);
      case 'dot':
        return dot;
      case 'nil':
        return NIL;
      case 'bool':
        return bool(operand.value);
      case 'number':
        return number(operand.numeral);
      case 'string':
        return this.#string(operand);
    }
  }

  #string({ range: { start, end }, text: read, isVerbatim }: Operand & { kind: 'string' }): Data {
    const inner = { start: start + 1, end: end - 1 };
    const rope = isVerbatim ? this.literal(inner) : undefined;
    return text(rope ?? this.#scope.session.madeAt(read, this.placeOf(inner)));
  }

  #argument(dot: Data, operand: Operand, parameter: Parameter): Data {
    return this.#at(operand.range, () => {
      switch (operand.kind) {
        case 'nil':
          return nilArgument(parameter, `cannot assign nil to ${parameter}`);
        case 'number':
          return numberArgument(operand.numeral, parameter);
        case 'bool':
        case 'string':
          return literalArgument(this.#value(dot, operand), parameter, this.#textOf(operand.range));
        default:
          return argument(this.#value(dot, operand), parameter);
      }
    });
  }

  /** A field of a field…; the last may be a method with arguments. */
  #fields(dot: Data, receiver: Data, names: readonly string[], args: readonly Operand[], last: Data | undefined): Data {
    let value = receiver;
    for (const [index, name] of names.entries()) {
      const isLast = index === names.length - 1;
      value = this.#field(dot, value, name, isLast ? args : [], isLast ? last : undefined);
    }
    return value;
  }

  #field(dot: Data, receiver: Data, name: string, args: readonly Operand[], last: Data | undefined): Data {
    if (receiver.kind === 'unknown') return receiver;
    if (receiver.kind === 'nil') {
      if (receiver.isElement) throw new TemplateError(`nil pointer evaluating interface {}.${name}`);
      return NIL;
    }
    const methods = 'methods' in receiver ? receiver.methods : undefined;
    if (methods && Object.hasOwn(methods, name)) return this.#call(dot, name, methods[name]!, args, last);
    const hasArguments = args.length > 0 || last !== undefined;
    if (receiver.kind === 'struct') {
      const field = receiver.fields.get(name);
      if (field && hasArguments) throw new TemplateError(`${name} has arguments but cannot be invoked as function`);
      if (field) return field;
    } else if (receiver.kind === 'dict') {
      if (hasArguments) throw new TemplateError(`${name} is not a method but has arguments`);
      if (receiver.unknown) return receiver.unknown;
      const entry = receiver.entries.get(name);
      return entry ? asElement(entry.value) : zeroOf(receiver.element);
    }
    throw new TemplateError(`can't evaluate field ${name} in type ${typeName(receiver)}`);
  }

  #function(dot: Data, name: string, args: readonly Operand[], last: Data | undefined, range: Range): Data {
    const called = this.#scope.session.functions.get(name);
    if (!called) throw new TemplateError(`${JSON.stringify(name)} is not a defined function`);
    if (called === this.#scope.session.and || called === this.#scope.session.or)
      return this.#andOr(dot, name, called, args, last);
    return this.#call(dot, name, called, args, last, range);
  }

  /** The first argument that decides, else the last; those behind it are not evaluated. */
  #andOr(dot: Data, name: string, called: TemplateFunction, args: readonly Operand[], last: Data | undefined): Data {
    checkCount(name, called, args.length + (last ? 1 : 0));
    let value: Data = NIL;
    for (const operand of args) {
      value = this.#argument(dot, operand, 'any');
      const isTrue = truth(value);
      if (isTrue === undefined) return unknown('a condition');
      if (isTrue === (name === 'or')) return value;
    }
    return last ?? value;
  }

  #call(
    dot: Data,
    name: string,
    called: TemplateFunction,
    operands: readonly Operand[],
    last: Data | undefined,
    range: Range = operands[0]?.range ?? { start: 0, end: 0 },
  ): Data {
    checkCount(name, called, operands.length + (last ? 1 : 0));
    const args = operands.map((operand, index) => this.#argument(dot, operand, parameterAt(called, index)));
    if (last) args.push(argument(last, parameterAt(called, operands.length)));
    for (const [index, arg] of args.entries()) args[index] = withoutElement(arg);
    if (!called.takesUnknown) {
      const cause = args.find(isUnknown);
      if (cause) return cause.kind === 'unknown' ? cause : unknown('a text that is not known in whole');
    }
    const { limits } = this.#scope.session;
    for (const arg of args) if (arg.kind === 'text') limits.spendOnText(arg.rope.length);
    try {
      const result = called.run(args, this.#callAt(range));
      if (result.kind === 'text') limits.spendOnText(result.rope.length);
      return result;
    } catch (error) {
      const isOwn = error instanceof TemplateError && !(error instanceof ChartError) && !error.place;
      if (isOwn) throw new TemplateError(`error calling ${name}: ${error.message}`);
      throw error;
    }
  }

  #callAt(range: Range): Call {
    const { session, set } = this.#scope;
    const place = this.placeOf(range);
    return {
      place,
      spend: (steps) => session.limits.spend(steps),
      include: (name, data) => session.include(set, name, data, place),
      tpl: (source, data) => session.tpl(set, source, data, place),
    };
  }
}

/** Whether a function that takes only what is known cannot be called with it. */
function isUnknown(data: Data): boolean {
  return data.kind === 'unknown' || (data.kind === 'text' && data.rope.text.includes(UNKNOWN_CHARACTER));
}

/** A value as it is in a map or a list. */
export function asElement(data: Data): Data {
  return data.kind === 'nil' && !data.isElement ? { ...data, isElement: true } : data;
}

/** A value as a pipeline gives it and a function takes it: of what is in a map or a list, the value alone. */
function withoutElement(data: Data): Data {
  return data.kind === 'nil' && data.isElement ? (data === MISSING ? NIL : { kind: 'nil', source: data.source }) : data;
}

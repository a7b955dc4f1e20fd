import type { Value } from '../yaml/value.ts';
import { Rope, type Source, type TemplatePlace } from './rope.ts';

/** What templates work with: the values that Go has for the values of a chart and for what functions give. */
export type Data = Nil | Bool | Int | Float | Text | Bytes | List | Dict | Struct | Unknown;

export interface Nil {
  readonly kind: 'nil';
  /** Whether it is a nil in a map or a list, or a key that is not there: a field of that is an error, of another nil it is nil. */
  readonly isElement?: boolean;
  readonly source?: Value | undefined;
}

export interface Bool {
  readonly kind: 'bool';
  readonly value: boolean;
  /** Where it is written, if it is a scalar of a values file as it stands there. The same for all kinds. */
  readonly source?: Value | undefined;
}

export type IntType = 'int' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint' | 'uint8' | 'uint16' | 'uint32' | 'uint64';

/** A whole number; above 2^53 it is not exact. */
export interface Int {
  readonly kind: 'int';
  readonly value: number;
  readonly type: IntType;
  readonly source?: Value | undefined;
}

/** A float64: every number of a values file is one. */
export interface Float {
  readonly kind: 'float';
  readonly value: number;
  readonly source?: Value | undefined;
}

/** A string; where it is from is said by its pieces. It may have UNKNOWN_CHARACTER in it where a part is not known. */
export interface Text {
  readonly kind: 'text';
  readonly rope: Rope;
}

/** A []byte that is the UTF-8 of a text. */
export interface Bytes {
  readonly kind: 'bytes';
  readonly rope: Rope;
}

/** The methods that templates can call on a value. */
export type Methods = { readonly [name: string]: TemplateFunction };

export interface List {
  readonly kind: 'list';
  readonly items: readonly Data[];
  /** The type of its items, such as `string`; without one it is `interface {}`. */
  readonly element?: string | undefined;
  /** Its type where that has a name, such as `chartutil.VersionSet`. */
  readonly type?: string | undefined;
  /** Whether it is a nil slice, which is null in YAML and JSON. */
  readonly isNil?: boolean | undefined;
  readonly methods?: Methods | undefined;
  readonly source?: Value | undefined;
}

export interface Entry {
  readonly key: Rope;
  readonly value: Data;
}

/** A map[string]…; `set` and others change it in place. */
export interface Dict {
  readonly kind: 'dict';
  readonly entries: Map<string, Entry>;
  readonly element?: string | undefined;
  readonly type?: string | undefined;
  readonly methods?: Methods | undefined;
  /** Of several files that are merged in it, the mapping of the last. */
  readonly source?: Value | undefined;
  /** Why it is not known what else is in it; set where a branch that may run changes it. */
  unknown?: Unknown | undefined;
}

/** A struct, or a pointer to one. */
export interface Struct {
  readonly kind: 'struct';
  /** Such as `*chartutil.Capabilities`. */
  readonly type: string;
  readonly fields: ReadonlyMap<string, Data>;
  readonly methods?: Methods | undefined;
  /** What it is printed as, where it has a method `String`. */
  readonly text?: string | undefined;
}

/** What cannot be known without a cluster, a clock or chance. */
export interface Unknown {
  readonly kind: 'unknown';
  /** What makes it unknown, such as `randAlphaNum`. */
  readonly reason: string;
}

/** The type of a parameter in Go. `[]string` and the like are errors for lists of other elements. */
export type Parameter =
  | 'any'
  | 'string'
  | 'bool'
  | 'float64'
  | '[]interface {}'
  | '[]string'
  | 'map[string]interface {}'
  | IntType;

/** A function or method that templates can call. */
export interface TemplateFunction {
  /** The types of its parameters; a call with another number of arguments, or of other types, is an error as in Go. */
  readonly takes: readonly Parameter[];
  /** The type of further arguments, where it takes any number of them. */
  readonly rest?: Parameter | undefined;
  /**
   * Whether it is called with arguments that are unknown or have UNKNOWN_CHARACTER in their text. For others the result is
   * unknown without a call. What is deep in a list or a dict is not looked at.
   */
  readonly takesUnknown?: boolean | undefined;
  /** @throws TemplateError with the message of Go's error, without `error calling …` */
  readonly run: (args: readonly Data[], call: Call) => Data;
}

/** What a function is called with beside its arguments. */
export interface Call {
  /** The action that calls it. */
  readonly place: TemplatePlace;
  /**
   * Counts work that is not a step of the evaluator, such as an item of a list that is made.
   * @throws TemplateError when it is too much
   */
  readonly spend: (steps: number) => void;
  /** What a template of that name prints. */
  readonly include: (name: string, data: Data) => Rope;
  /** What a text prints as a template. */
  readonly tpl: (text: Rope, data: Data) => Rope;
}

export const NIL: Nil = { kind: 'nil' };
export const MISSING: Nil = { kind: 'nil', isElement: true };

export function bool(value: boolean, source?: Value): Bool {
  return { kind: 'bool', value, source };
}

export function int(value: number, type: IntType = 'int', source?: Value): Int {
  return { kind: 'int', value, type, source };
}

export function float(value: number, source?: Value): Float {
  return { kind: 'float', value, source };
}

export function text(rope: Rope | string): Text {
  return { kind: 'text', rope: typeof rope === 'string' ? Rope.of(rope) : rope };
}

/** The text of a scalar in a values file. */
export function textOf(value: string, source: Value): Text {
  return text(Rope.of(value, scalarSource(value, source)));
}

/** Where the text of a scalar is from that is printed in whole. */
export function scalarSource(printed: string, source: Value): Source {
  return { value: source, isWhole: true, offset: source.rawText === printed ? 0 : undefined };
}

export function list(items: readonly Data[], element?: string, source?: Value): List {
  return { kind: 'list', items, element, source };
}

/** @param entries keys that are plain strings are from nowhere */
export function dict(entries: Iterable<readonly [Rope | string, Data]> = [], source?: Value): Dict {
  const made: Dict = { kind: 'dict', entries: new Map(), source };
  for (const [key, value] of entries) put(made, key, value);
  return made;
}

export function put(target: Dict, key: Rope | string, value: Data): void {
  const rope = typeof key === 'string' ? Rope.of(key) : key;
  target.entries.set(rope.text, { key: rope, value });
}

/** The entries as Go prints maps and ranges over them: by their keys, compared as UTF-8. */
export function sortedEntries({ entries }: Dict): Entry[] {
  const keys = [...entries.keys()].sort(compareStrings);
  return keys.map((key) => entries.get(key)!);
}

/** The order of strings in Go, that of their bytes in UTF-8. */
export function compareStrings(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return orderOfUnit(left) - orderOfUnit(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for characters that come behind all others. */
function orderOfUnit(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

export function unknown(reason: string): Unknown {
  return { kind: 'unknown', reason };
}

/** Go's truth of a value, as `if` and `default` take it; undefined where it is not known. */
export function truth(data: Data): boolean | undefined {
  switch (data.kind) {
    case 'nil':
      return false;
    case 'bool':
      return data.value;
    case 'int':
    case 'float':
      return data.value !== 0;
    case 'text':
    case 'bytes':
      return data.rope.length > 0;
    case 'list':
      return data.items.length > 0;
    case 'dict':
      return data.entries.size > 0 || (data.unknown ? undefined : false);
    case 'struct':
      return true;
    case 'unknown':
      return undefined;
  }
}

/** The type of a value as `%T` prints it. */
export function typeName(data: Data): string {
  switch (data.kind) {
    case 'nil':
      return '<nil>';
    case 'bool':
      return 'bool';
    case 'int':
    case 'struct':
      return data.type;
    case 'float':
      return 'float64';
    case 'text':
      return 'string';
    case 'bytes':
      return '[]uint8';
    case 'list':
      return data.type ?? `[]${data.element ?? 'interface {}'}`;
    case 'dict':
      return data.type ?? `map[string]${data.element ?? 'interface {}'}`;
    case 'unknown':
      return 'interface {}';
  }
}

import { BUILTINS } from '../../../shared-rules/language/go-template/builtins.ts';
import {
  bool,
  type Data,
  type Dict,
  dict,
  float,
  int,
  type List,
  list,
  MISSING,
  put,
  sortedEntries,
  type TemplateFunction,
  text,
  textOf,
  unknown,
} from '../../../shared-rules/language/go-template/data.ts';
import { printed } from '../../../shared-rules/language/go-template/format.ts';
import { quoted } from '../../../shared-rules/language/go-template/quote.ts';
import { Rope } from '../../../shared-rules/language/go-template/rope.ts';
import { Session } from '../../../shared-rules/language/go-template/session.ts';
import { ChartError } from '../../../shared-rules/language/go-template/template-error.ts';
import { TemplateSet } from '../../../shared-rules/language/go-template/templates.ts';
import type { Value } from '../../../shared-rules/language/yaml/value.ts';

/** A few functions as templates of charts use them, and those of `oracle.go`. */
export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ...BUILTINS,
  ['list', { takes: [], rest: 'any', takesUnknown: true, run: (items) => list(items) }],
  ['dict', { takes: [], rest: 'any', takesUnknown: true, run: dictOf }],
  ['set', { takes: ['map[string]interface {}', 'string', 'any'], takesUnknown: true, run: set }],
  ['strings', { takes: [], rest: 'string', run: (items) => list(items, 'string') }],
  ['half', { takes: ['float64'], run: ([value]) => float(numberOf(value) / 2) }],
  ['int64', { takes: ['int'], run: ([value]) => int(numberOf(value), 'int64') }],
  ['nothing', { takes: [], run: () => MISSING }],
  ['keys', { takes: ['map[string]interface {}'], run: ([value]) => int((value as Dict).entries.size) }],
  ['include', { takes: ['string', 'any'], run: ([name, data], call) => text(call.include(textIn(name), data!)) }],
  ['tpl', { takes: ['string', 'any'], run: ([source, data], call) => text(call.tpl(printed(source!), data!)) }],
  ['quote', { takes: ['any'], takesUnknown: true, run: ([value]) => text(quoted(printed(value!))) }],
  ['upper', { takes: ['string'], run: ([value]) => text(printed(value!).spelled((part) => part.toUpperCase())) }],
  ['nindent', { takes: ['int', 'string'], takesUnknown: true, run: nindent }],
  ['toYaml', { takes: ['any'], takesUnknown: true, run: ([value]) => text(Rope.join(yamlLines(value!), '\n')) }],
  ['fail', { takes: ['string'], run: fail }],
  ['random', { takes: [], run: () => unknown('random') }],
]);

function numberOf(data: Data | undefined): number {
  return data?.kind === 'int' || data?.kind === 'float' ? data.value : Number.NaN;
}

function textIn(data: Data | undefined): string {
  return data?.kind === 'text' ? data.rope.text : '';
}

function fail([message]: readonly Data[]): never {
  throw new ChartError(textIn(message));
}

function dictOf(items: readonly Data[]): Dict {
  const made = dict();
  for (let index = 0; index + 1 < items.length; index += 2) put(made, printed(items[index]!), items[index + 1]!);
  return made;
}

function set([target, key, value]: readonly Data[]): Data {
  put(target as Dict, printed(key!), value!);
  return target!;
}

function nindent([spaces, value]: readonly Data[]): Data {
  return text(Rope.concat('\n', printed(value!).indent(numberOf(spaces))));
}

/** The lines of a value as YAML, where its strings need no quotes. */
function yamlLines(value: Data): Rope[] {
  const whole = 'source' in value && value.source ? { value: value.source, isWhole: true } : undefined;
  if (value.kind === 'dict' && value.entries.size === 0) return [Rope.of('{}', whole)];
  if (value.kind === 'list' && value.items.length === 0) return [Rope.of('[]', whole)];
  if (value.kind === 'nil') return [Rope.of('null', whole)];
  if (value.kind === 'list') return value.items.flatMap((item) => itemLines(item));
  if (value.kind !== 'dict') return [printed(value)];
  return sortedEntries(value).flatMap(({ key, value: inner }) => {
    const lines = yamlLines(inner);
    if (!isFilled(inner)) return [Rope.concat(key, ': ', lines[0]!)];
    const indented = inner.kind === 'dict' ? lines.map((line) => Rope.concat('  ', line)) : lines;
    return [Rope.concat(key, ':'), ...indented];
  });
}

function itemLines(item: Data): Rope[] {
  return yamlLines(item).map((line, index) => Rope.concat(index === 0 ? '- ' : '  ', line));
}

function isFilled(value: Data): value is Dict | List {
  return (value.kind === 'dict' && value.entries.size > 0) || (value.kind === 'list' && value.items.length > 0);
}

/** JSON as Go reads it. */
export function dataOf(json: unknown): Data {
  if (typeof json === 'boolean') return bool(json);
  if (typeof json === 'number') return float(json);
  if (typeof json === 'string') return text(json);
  if (Array.isArray(json)) return list(json.map(dataOf));
  if (json === null || typeof json !== 'object') return { kind: 'nil' };
  return dict(Object.entries(json).map(([key, value]) => [key, dataOf(value)] as const));
}

/** The data of a values file, which knows where it is written. */
export function dataIn(value: Value): Data {
  if (value.isMapping) {
    const entries = value.fields().map((field) => {
      const key = Rope.of(field.name, { value: field, isWhole: true, offset: 0 });
      return [key, dataIn(field.value)] as const;
    });
    return dict(entries, value);
  }
  if (value.isSequence) return list(value.items().map(dataIn), undefined, value);
  if (value.isNull) return { kind: 'nil', source: value };
  if (value.boolean !== undefined) return bool(value.boolean, value);
  return value.integer === undefined ? textOf(value.rawText ?? '', value) : float(value.integer, value);
}

/** Templates by the paths of their files, to be rendered with the functions above. */
export function templatesOf(files: Readonly<Record<string, string>>): TemplateSet {
  const templates = new TemplateSet((name) => FUNCTIONS.has(name));
  for (const [file, source] of Object.entries(files))
    templates.add(file, { source: Rope.of(source, { offset: 0 }), file });
  return templates;
}

export function render(files: Readonly<Record<string, string>>, name: string, data: Data): Rope {
  return new Session(FUNCTIONS).render(templatesOf(files), name, data);
}

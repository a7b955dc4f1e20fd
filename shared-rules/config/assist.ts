import type { Range } from '../language/text.ts';
import { endBefore } from '../language/text.ts';
import { YamlDocument } from '../language/yaml/document.ts';
import { splitDocuments } from '../language/yaml/split.ts';
import type { Field, Value } from '../language/yaml/value.ts';
import type { RuleId } from '../rules/catalogue.generated.ts';
import { RULE, type Shape, shapeAt } from './shape.ts';

/** Something that may stand at a place. */
export interface Suggestion {
  readonly kind: 'key' | 'value';
  readonly name: string;
  /** What takes the place of `range`. */
  readonly newText: string;
  readonly range: Range;
  /** In Markdown. */
  readonly description: string;
}

/** What stands at a place: a rule, which has a page, or anything else. */
export interface Explanation {
  readonly range: Range;
  readonly rule?: RuleId;
  /** In Markdown. */
  readonly description: string;
}

/** Stands in for the word at the cursor, in order to see where it belongs. */
const CURSOR = '\uE001';

/** What may stand at an offset in the text of a `.bulkhead.yaml`. */
export function suggest(text: string, offset: number): Suggestion[] {
  const start = endBefore(text.slice(0, offset), /[\w-]/);
  const end = offset + (/^[\w-]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const hasColon = /^["']?[ \t]*:/.test(text.slice(end));
  const withWord = (word: string) => readRoot(text.slice(0, start) + word + text.slice(end));
  const range = { start, end };
  const mapping = findMapping(withWord(hasColon ? CURSOR : `${CURSOR}: `));
  const value = hasColon ? undefined : findScalar(withWord(CURSOR));
  return [
    ...(mapping ? keysOf(mapping, hasColon, range) : []),
    ...(value ? valuesOf(shapeAt(pathOf(value)), range) : []),
  ];
}

function keysOf(mapping: Value, hasColon: boolean, range: Range): Suggestion[] {
  const shape = shapeAt(pathOf(mapping));
  const present = new Set(mapping.fields().map(({ name }) => name));
  return keyDescriptions(shape)
    .filter(([name]) => !present.has(name))
    .map(([name, description]) => ({
      kind: 'key',
      name,
      newText: hasColon ? name : `${name}: `,
      range,
      description,
    }));
}

/** The keys that a mapping of a shape may have, with what they mean. */
function keyDescriptions(shape: Shape | undefined): [string, string][] {
  if (shape?.type === 'mapping') return Object.entries(shape.keys).map(([name, key]) => [name, key.description]);
  return shape?.type === 'table' ? Object.entries(shape.key.values) : [];
}

function valuesOf(shape: Shape | undefined, range: Range): Suggestion[] {
  if (shape?.type !== 'choice') return [];
  return Object.entries(shape.values).map(([name, description]) => ({
    kind: 'value',
    name,
    newText: name,
    range,
    description,
  }));
}

/** What the key or value at an offset means. */
export function explain(text: string, offset: number): Explanation | undefined {
  const root = readRoot(text);
  if (!root) return undefined;
  const holds = ({ start, end }: Range) => start <= offset && offset <= end;
  for (const value of descendants(root)) {
    const shape = shapeAt(pathOf(value));
    if (value.text !== undefined && holds(value.range)) return explainChoice(shape, value.text, value.range);
    for (const field of value.fields()) if (holds(field.range)) return explainKey(shape, field);
  }
  return undefined;
}

function explainKey(shape: Shape | undefined, { name, range }: Field): Explanation | undefined {
  if (shape?.type === 'table') return explainChoice(shape.key, name, range);
  const description = shape?.type === 'mapping' ? shape.keys[name]?.description : undefined;
  return description === undefined ? undefined : { range, description };
}

function explainChoice(shape: Shape | undefined, name: string, range: Range): Explanation | undefined {
  if (shape?.type !== 'choice' || !Object.hasOwn(shape.values, name)) return undefined;
  const description = shape.values[name] as string;
  return shape === RULE ? { range, description, rule: name as RuleId } : { range, description };
}

function readRoot(text: string): Value | undefined {
  const documents = splitDocuments(text).flatMap((range) => YamlDocument.parse(text, range));
  return documents.find(({ root }) => root)?.root;
}

/** The mapping that has a key at the cursor. */
function findMapping(root: Value | undefined): Value | undefined {
  return root && descendants(root).find((value) => value.field(CURSOR));
}

/** The scalar at the cursor. */
function findScalar(root: Value | undefined): Value | undefined {
  return root && descendants(root).find((value) => value.text === CURSOR);
}

/** A value and all that is written below it. */
function descendants(value: Value): Value[] {
  const children = [...value.items(), ...value.fields().map((field) => field.value)];
  return [value, ...children.filter(({ shared }) => !shared).flatMap(descendants)];
}

function pathOf({ parent, key }: Value): (string | number)[] {
  return parent && key !== undefined ? [...pathOf(parent), key] : [];
}

import { utf8Bytes, utf8Length } from '../utf8.ts';
import { zeroOf } from './arguments.ts';
import { equal, less } from './comparison.ts';
import { bool, type Data, int, type TemplateFunction, text, truth, typeName } from './data.ts';
import { asElement } from './expressions.ts';
import { sprint, sprintln } from './format.ts';
import { sprintf } from './printf.ts';
import type { Rope } from './rope.ts';
import { sliceBytes } from './slice-bytes.ts';
import { TemplateError } from './template-error.ts';

/** The functions of `text/template` by their names; see `text/template/funcs.go`. */
export const BUILTINS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  // Evaluated by `Expressions`, which stops at the argument that decides.
  ['and', { takes: ['any'], rest: 'any', run: ([first]) => first! }],
  ['or', { takes: ['any'], rest: 'any', run: ([first]) => first! }],
  ['not', { takes: ['any'], run: ([value]) => bool(!truth(value!)) }],
  ['eq', { takes: ['any'], rest: 'any', run: ([first, ...others]) => bool(equalsOne(first!, others)) }],
  ['ne', { takes: ['any', 'any'], run: ([one, other]) => bool(!equal(one!, other!)) }],
  ['lt', { takes: ['any', 'any'], run: ([one, other]) => bool(less(one!, other!)) }],
  ['le', { takes: ['any', 'any'], run: ([one, other]) => bool(less(one!, other!) || equal(one!, other!)) }],
  ['gt', { takes: ['any', 'any'], run: ([one, other]) => bool(!less(one!, other!) && !equal(one!, other!)) }],
  ['ge', { takes: ['any', 'any'], run: ([one, other]) => bool(!less(one!, other!)) }],
  ['len', { takes: ['any'], run: ([value]) => int(lengthOf(value!)) }],
  ['index', { takes: ['any'], rest: 'any', run: ([value, ...indexes]) => indexed(value!, indexes) }],
  ['slice', { takes: ['any'], rest: 'any', run: ([value, ...indexes]) => sliced(value!, indexes) }],
  ['print', { takes: [], rest: 'any', takesUnknown: true, run: (args) => text(sprint(args)) }],
  ['println', { takes: [], rest: 'any', takesUnknown: true, run: (args) => text(sprintln(args)) }],
  [
    'printf',
    { takes: ['string'], rest: 'any', takesUnknown: true, run: ([format, ...args]) => formatted(format!, args) },
  ],
  ['html', { takes: [], rest: 'any', run: (args) => text(shown(args).spelled(escapeHtml)) }],
  ['js', { takes: [], rest: 'any', run: (args) => text(shown(args).spelled(escapeScript)) }],
  ['urlquery', { takes: [], rest: 'any', run: (args) => text(shown(args).spelled(escapeQuery)) }],
  ['call', { takes: ['any'], rest: 'any', run: ([value]) => noFunction(value!) }],
]);

function equalsOne(first: Data, others: readonly Data[]): boolean {
  if (others.length === 0) throw new TemplateError('missing argument for comparison');
  return others.some((other) => equal(first, other));
}

function formatted(format: Data, args: readonly Data[]): Data {
  return format.kind === 'text' ? text(sprintf(format.rope, args)) : format;
}

function noFunction(value: Data): never {
  throw new TemplateError(value.kind === 'nil' ? 'call of nil' : `non-function of type ${typeName(value)}`);
}

function lengthOf(value: Data): number {
  switch (value.kind) {
    case 'text':
    case 'bytes':
      return utf8Length(value.rope.text);
    case 'list':
      return value.items.length;
    case 'dict':
      return value.entries.size;
    case 'nil':
      throw new TemplateError('len of nil pointer');
    default:
      throw new TemplateError(`len of type ${typeName(value)}`);
  }
}

function indexed(value: Data, indexes: readonly Data[]): Data {
  if (value.kind === 'nil') throw new TemplateError('index of untyped nil');
  let item: Data = value;
  for (const index of indexes) item = itemAt(item, index);
  return item;
}

function itemAt(item: Data, index: Data): Data {
  switch (item.kind) {
    case 'nil':
      throw new TemplateError('index of nil pointer');
    case 'unknown':
      return item;
    case 'dict': {
      if (index.kind === 'nil') throw new TemplateError('value is nil; should be of type string');
      if (index.kind !== 'text') throw new TemplateError(`value has type ${typeName(index)}; should be string`);
      if (item.unknown) return item.unknown;
      const entry = item.entries.get(index.rope.text);
      return entry ? asElement(entry.value) : zeroOf(item.element);
    }
    case 'list': {
      const at = position(index, item.items.length);
      const found = item.items[at];
      if (!found) throw new TemplateError(`reflect: slice index out of range`);
      return asElement(found);
    }
    case 'text':
    case 'bytes': {
      const bytes = utf8Bytes(item.rope.text);
      const byte = bytes[position(index, bytes.length)];
      if (byte === undefined) throw new TemplateError('reflect: string index out of range');
      return int(byte, 'uint8');
    }
    default:
      throw new TemplateError(`can't index item of type ${typeName(item)}`);
  }
}

/** An index of a list or string: up to its length, which only a slice may end at. */
function position(index: Data, length: number): number {
  if (index.kind === 'nil') throw new TemplateError('cannot index slice/array with nil');
  if (index.kind !== 'int') throw new TemplateError(`cannot index slice/array with type ${typeName(index)}`);
  if (index.value < 0 || index.value > length) throw new TemplateError(`index out of range: ${index.value}`);
  return index.value;
}

function sliced(value: Data, indexes: readonly Data[]): Data {
  if (value.kind === 'nil') throw new TemplateError('slice of untyped nil');
  if (indexes.length > 3) throw new TemplateError(`too many slice indexes: ${indexes.length}`);
  if (value.kind !== 'text' && value.kind !== 'list' && value.kind !== 'bytes')
    throw new TemplateError(`can't slice item of type ${typeName(value)}`);
  if (value.kind === 'text' && indexes.length === 3) throw new TemplateError('cannot 3-index slice a string');
  const length = lengthOf(value);
  const [start = 0, end = length, capacity = length] = indexes.map((index) => position(index, length));
  if (start > end) throw new TemplateError(`invalid slice index: ${start} > ${end}`);
  if (end > capacity) throw new TemplateError(`invalid slice index: ${end} > ${capacity}`);
  if (value.kind === 'list') return { ...value, items: value.items.slice(start, end), source: undefined };
  return { ...value, rope: sliceBytes(value.rope, start, end) };
}

/** The arguments of an escaping function as one text: nil is `<no value>` there, too. */
function shown(args: readonly Data[]): Rope {
  return sprint(args.map((arg) => (arg.kind === 'nil' ? text('<no value>') : arg)));
}

const HTML: { readonly [character: string]: string } = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\0': '\ufffd',
};

function escapeHtml(plain: string): string {
  return plain.replaceAll(/["'&<>\0]/g, (character) => HTML[character]!);
}

const SCRIPT: { readonly [character: string]: string } = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

function escapeScript(plain: string): string {
  return plain.replaceAll(/[\\'"<>&=]|[^\p{L}\p{M}\p{N}\p{P}\p{S} \u007f]/gu, (character) => {
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return SCRIPT[character] ?? `\\u${code}`;
  });
}

function escapeQuery(plain: string): string {
  const escaped = encodeURIComponent(plain.replaceAll(/\p{Cs}/gu, '\ufffd'));
  return escaped
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

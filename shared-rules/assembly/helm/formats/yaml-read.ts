import { isAlias, isMap, isPair, isScalar, Scalar } from 'yaml';
import { fromBase64 } from '../../../language/base64.ts';
import { bool, type Data, dict, float, list, MISSING, text, textOf } from '../../../language/go-template/data.ts';
import { PLAIN } from '../../../language/go-template/format.ts';
import { formatFloat } from '../../../language/go-template/format-number.ts';
import type { Piece } from '../../../language/go-template/rope.ts';
import { Rope } from '../../../language/go-template/rope.ts';
import { UNKNOWN_CHARACTER } from '../../../language/unknown.ts';
import { fromUtf8 } from '../../../language/utf8.ts';
import { YamlDocument } from '../../../language/yaml/document.ts';
import { type Field, Value } from '../../../language/yaml/value.ts';
import { resolvePlain } from './yaml-scalars.ts';

/** A text that is no YAML, or none that can be JSON. */
export class YamlError extends Error {}

/** As many values one document may stand for, those that aliases repeat counted each time. */
const MAX_VALUES = 400_000;
const MAX_DEPTH = 200;

/** The type that a document is read as: another one is an error. */
export type RootType = 'map' | 'list';

/**
 * The values of a file as sigs.k8s.io/yaml reads them into `interface{}`: every number is a float, every key a text. Each is from
 * where it is written.
 * @returns undefined for a file without a document
 * @throws YamlError
 */
export function readYamlFile(documents: readonly YamlDocument[]): Data {
  const [document] = documents;
  const problem = document?.problems[0];
  if (problem) throw new YamlError(problem.message);
  return document?.root ? new Reader((value) => ({ value })).data(document.root, 0) : MISSING;
}

/**
 * A value of a YAML document in the same way.
 * @param isUnknown which texts are not known, such as those that something else fills in
 * @throws YamlError
 */
export function readYamlValue(value: Value, isUnknown?: (text: string) => boolean): Data {
  return new Reader((value) => ({ value }), isUnknown).data(value, 0);
}

/** A text that a template made, in YAML. What stands in it as in the values it was made from is from there. @throws YamlError */
export function readYamlText(rope: Rope): Data {
  const [document] = YamlDocument.parse(rope.text, { start: 0, end: rope.length });
  const problem = document?.problems[0];
  if (problem) throw new YamlError(problem.message);
  return document?.root ? new Reader((value) => ({ rope: ropeOf(value, rope) })).data(document.root, 0) : MISSING;
}

/** Where a scalar or a key is from: the file it is written in, or a part of a text. */
type Origin = (written: Value | Field) => { readonly value: Value | Field } | { readonly rope: Rope | undefined };

/** What is written for a scalar in a text, where it is written as it is. */
function ropeOf(written: Value | Field, rope: Rope): Rope | undefined {
  const { start, end } = written.span;
  return rope.slice(start, end);
}

class Reader {
  readonly #origin: Origin;
  readonly #isUnknown: (text: string) => boolean;
  #count = 0;

  constructor(origin: Origin, isUnknown: (text: string) => boolean = (text) => text === UNKNOWN_CHARACTER) {
    this.#origin = origin;
    this.#isUnknown = isUnknown;
  }

  data(value: Value, depth: number): Data {
    if (++this.#count > MAX_VALUES) throw new YamlError('document contains excessive aliasing');
    if (depth > MAX_DEPTH) throw new YamlError('exceeded max depth');
    if (value.isMapping) {
      checkKeys(value);
      const entries = value.fields().map((field) => [this.#key(field), this.data(field.value, depth + 1)] as const);
      return dict(entries, this.#source(value));
    }
    if (value.isSequence) {
      const items = value.items().map((item) => this.data(item, depth + 1));
      return list(items, undefined, this.#source(value));
    }
    return this.#scalar(value);
  }

  #source(value: Value): Value | undefined {
    const origin = this.#origin(value);
    return 'value' in origin ? value : undefined;
  }

  #key(field: Field): Rope {
    const { key } = field.pair;
    const isPlain = isScalar(key) && (key.type === Scalar.PLAIN || key.type === undefined);
    const name = isPlain && key.tag !== 'tag:yaml.org,2002:str' ? keyText(field.name) : field.name;
    const origin = this.#origin(field);
    if ('value' in origin)
      return Rope.of(name, { value: field, isWhole: true, offset: name === field.name ? 0 : undefined });
    return origin.rope && origin.rope.text === name ? origin.rope : Rope.of(name);
  }

  #scalar(value: Value): Data {
    const { node } = value;
    if (!isScalar(node)) throw new YamlError(`unknown anchor '${isAlias(node) ? node.source : ''}' referenced`);
    const written = writtenText(node, value);
    const isPlain = node.type === Scalar.PLAIN || node.type === undefined;
    const { tag } = node;
    if (tag === 'tag:yaml.org,2002:binary') return this.#text(value, binaryText(String(node.source ?? '')));
    const isResolved = isPlain ? tag !== 'tag:yaml.org,2002:str' && !isLocal(tag) : isResolvedTag(tag);
    const resolved = isResolved ? resolvePlain(written) : undefined;
    if (this.#isUnknown(written)) return { kind: 'unknown', reason: 'a value that is not known' };
    if (!resolved || resolved.kind === 'text') return this.#text(value, written);
    if (resolved.kind === 'null') return MISSING;
    const source = this.#scalarSource(value, written);
    if (resolved.kind === 'bool') return bool(resolved.value, source);
    if (!Number.isFinite(resolved.value))
      throw new YamlError(`json: unsupported value: ${jsonInfinity(resolved.value)}`);
    return float(resolved.value, source);
  }

  #text(value: Value, written: string): Data {
    const origin = this.#origin(value);
    if ('value' in origin) return textOf(written, value);
    const { rope } = origin;
    if (!rope) return text(written);
    const at = rope.text.indexOf(written);
    return text(
      at >= 0 && rope.length - written.length <= 2
        ? rope.slice(at, at + written.length)
        : Rope.of(written, commonSource(rope)),
    );
  }

  /** The value that a scalar was printed from in whole, if it was. */
  #scalarSource(value: Value, written: string): Value | undefined {
    const origin = this.#origin(value);
    if ('value' in origin) return value;
    const [piece, more] = origin.rope?.pieces ?? [];
    const isWhole = piece?.from?.isWhole && !more && piece.text === written;
    return isWhole && piece.from.value instanceof Value ? piece.from.value : undefined;
  }
}

/** @throws YamlError for a mapping with a key that is no scalar */
function checkKeys({ node }: Value): void {
  const isOdd = isMap(node) && node.items.some((pair) => isPair(pair) && !isScalar(pair.key) && !isAlias(pair.key));
  if (isOdd) throw new YamlError('invalid map key');
}

/** Where all of a text is from that is written in another way than it is read; undefined where it is from several places. */
function commonSource({ pieces }: Rope): Piece['from'] {
  const sources = pieces.flatMap(({ from }) => from?.value ?? []);
  const [first] = sources;
  if (!first || sources.some((source) => source !== first)) return undefined;
  const from = pieces.find((piece) => piece.from?.value === first)?.from;
  return from && { value: first, place: from.place };
}

const RESOLVED_TAGS = /^tag:yaml\.org,2002:(?:bool|int|float|null|timestamp)$/;

function isResolvedTag(tag: string | undefined): boolean {
  return tag !== undefined && RESOLVED_TAGS.test(tag);
}

/** Whether a tag is none of those that say which scalar it is. */
function isLocal(tag: string | undefined): boolean {
  return tag !== undefined && tag !== '?' && !isResolvedTag(tag);
}

/** The text of a scalar. A block at the end of a file that has no line break there has none, either. */
function writtenText(node: Scalar, value: Value): string {
  const text = String(node.value);
  const isBlock = node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL;
  if (!isBlock || !text.endsWith('\n')) return text;
  const isEnd = value.span.end >= value.document.text.length && !value.document.text.endsWith('\n');
  return isEnd ? text.slice(0, -1) : text;
}

/** A key that is no string is spelled as Go spells what it is. */
function keyText(written: string): string {
  const resolved = resolvePlain(written);
  switch (resolved.kind) {
    case 'text':
      return written;
    case 'null':
      throw new YamlError('unsupported map key of type: <nil>');
    case 'bool':
      return String(resolved.value);
    case 'int':
      return BigInt(resolved.value).toString();
    case 'float':
      return Number.isFinite(resolved.value)
        ? formatFloat(Math.fround(resolved.value), 'g', PLAIN)
        : goInfinity(resolved.value);
  }
}

function goInfinity(value: number): string {
  return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
}

/** As it is in a message of `encoding/json`. */
function jsonInfinity(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function binaryText(written: string): string {
  const bytes = fromBase64(written.replaceAll(/\s/g, ''));
  if ('wrongAt' in bytes) throw new YamlError('!!binary value contains invalid base64 data');
  return fromUtf8(bytes);
}

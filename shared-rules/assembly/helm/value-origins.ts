import { isCollection, isMap, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { moved, type Range } from '../../language/text.ts';
import type { Origins, YamlDocument } from '../../language/yaml/document.ts';
import { Field, Value } from '../../language/yaml/value.ts';
import type { RenderedText } from './rendered-text.ts';
import { isPadding } from './template-frames.ts';

/**
 * Finds what of a rendered document is a value, a key or a whole collection of a values file. These nodes get the ranges
 * that they have there; the text notes where it has them itself.
 */
export function originsIn({ root, range }: YamlDocument, text: RenderedText): Origins {
  const finder = new OriginFinder(text, range.start);
  if (root) finder.find(root.node);
  return finder.origins;
}

class OriginFinder {
  readonly origins = new Map<object, Field | Value>();
  readonly #text: RenderedText;
  /** Where the document begins in the text. */
  readonly #start: number;

  constructor(text: RenderedText, start: number) {
    this.#text = text;
    this.#start = start;
  }

  /** The value that a node is, with all that is in it. */
  find(node: Node | null): Value | undefined {
    if (!node) return undefined;
    const origin = this.#isEmpty(node) ? this.#wholeValue(node) : this.#inside(node);
    if (origin) this.#place(node, origin);
    return origin;
  }

  #isEmpty(node: Node): boolean {
    return isScalar(node) || (isCollection(node) && node.items.length === 0);
  }

  #inside(node: Node): Value | undefined {
    if (isMap(node)) return this.#mapping(node);
    return isSeq(node) ? this.#sequence(node) : undefined;
  }

  /** A scalar or an empty collection that is one value in whole. */
  #wholeValue(node: Node): Value | undefined {
    const value = this.#onlySource(node);
    if (!(value instanceof Value)) return undefined;
    const origin = value.origin ?? value;
    if (!isScalar(node)) return isCollection(origin.node) ? origin : undefined;
    const isBlock = ({ type }: Scalar) => type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED;
    // A change of one could not be written as a change of the other.
    return isScalar(origin.node) && isBlock(origin.node) === isBlock(node) ? origin : undefined;
  }

  /** What the content of a node is from, where that is one value or key in whole. */
  #onlySource(node: Node): Value | Field | undefined {
    const pieces = this.#text.piecesIn(this.#contentOf(node)).filter(({ piece }) => !isPadding(piece));
    const source = pieces[0]?.piece.from?.value;
    if (!source || pieces.some(({ piece }) => piece.from?.value !== source)) return undefined;
    const isWhole = pieces.length === 1 && pieces[0]!.piece.from?.isWhole && pieces[0]!.text === pieces[0]!.piece.text;
    const written = source instanceof Value ? source.rawText : source.name;
    return isWhole || (isScalar(node) && String(node.value) === written) ? source : undefined;
  }

  #rangeOf(node: Node): Range {
    const [start, end] = node.range ?? [0, 0];
    return moved({ start, end }, this.#start);
  }

  /** Where the text of a node is, without quotes or the header of a block. */
  #contentOf(node: Node): Range {
    const { start, end } = this.#rangeOf(node);
    const type = isScalar(node) ? node.type : undefined;
    if (type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE) return { start: start + 1, end: end - 1 };
    if (type !== Scalar.BLOCK_LITERAL && type !== Scalar.BLOCK_FOLDED) return { start, end };
    const written = this.#text.text.slice(start, end);
    const first = start + written.indexOf('\n') + 1;
    return { start: first, end: Math.max(first, start + written.trimEnd().length) };
  }

  #mapping(map: YAMLMap): Value | undefined {
    const fields = map.items.map((pair) => this.#pair(pair as Pair));
    const owner = fields[0]?.owner;
    const isWhole = owner && fields.every((field) => field?.owner.node === owner.node);
    return isWhole && owner.fields().length === fields.length ? (owner.origin ?? owner) : undefined;
  }

  /** The field that a key is, where its value is one of a values file, too. */
  #pair(pair: Pair): Field | undefined {
    const value = this.find(pair.value as Node | null);
    const source = isScalar(pair.key) ? this.#onlySource(pair.key) : undefined;
    if (!value || !(source instanceof Field)) return undefined;
    const field = source.origin ?? source;
    this.#text.noteRange(pair, this.#rangeOf(pair.key as Node));
    (pair.key as Scalar).range = (field.pair.key as Node).range ?? null;
    this.origins.set(pair, field);
    return field;
  }

  #sequence(sequence: YAMLSeq): Value | undefined {
    const items = sequence.items.map((item) => this.find(item as Node | null));
    const parent = items[0]?.parent;
    const isWhole = parent?.isSequence && items.every((item) => item?.parent?.node === parent.node);
    return isWhole && parent.items().length === items.length ? (parent.origin ?? parent) : undefined;
  }

  #place(node: Node, origin: Value): void {
    this.#text.noteRange(node, this.#rangeOf(node));
    node.range = origin.node.range ?? null;
    this.origins.set(node, origin);
  }
}

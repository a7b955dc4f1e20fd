import { isMap, isScalar, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { YamlDocument } from '../language/yaml/document.ts';
import { Field, type Value } from '../language/yaml/value.ts';

/** Aliases of aliases may stand for more than a computer can hold: of so many nodes trees are made. */
const MOST_NODES = 2_000_000;

/** Puts trees together from fields and values of other documents. Each node remembers where it is written. */
export class TreeBuilder {
  readonly #origins = new Map<object, Field | Value>();
  #made = 0;

  /** Whether so much was put together that what is copied now is left empty. */
  get isFull(): boolean {
    return this.#made > MOST_NODES;
  }

  #remember(node: object, origin: Field | Value): void {
    this.#made++;
    this.#origins.set(node, origin);
  }

  /** A mapping of pairs, in the place of one that is written. */
  mapping(written: Value, pairs: readonly Pair[]): YAMLMap {
    return this.#inPlaceOf(written, mapOf(pairs));
  }

  /** A sequence of items, in the place of one that is written. */
  sequence(written: Value, items: readonly Node[]): YAMLSeq {
    const sequence = new YAMLSeq();
    sequence.items = [...items];
    return this.#inPlaceOf(written, sequence);
  }

  #inPlaceOf<Collection extends YAMLMap | YAMLSeq>(written: Value, node: Collection): Collection {
    node.range = written.node.range ?? null;
    this.#remember(node, written);
    return node;
  }

  /** A field with its value, or with another one. */
  pair(field: Field, value: unknown = field.pair.value): Pair {
    const pair = new Pair(field.pair.key, value);
    this.#remember(pair, field);
    return pair;
  }

  item(value: Value): Node {
    this.#remember(value.written, value);
    return value.written;
  }

  /** A text in the place of a value: nothing can be repaired there. */
  text(text: string, at: Value): Node {
    const scalar = new Scalar(text);
    scalar.range = at.node.range ?? null;
    this.#remember(scalar, at);
    return scalar;
  }

  /** A scalar like another, that is a string whatever its text looks like. */
  quoted(scalar: Scalar): Scalar {
    const copy = new Scalar(String(scalar.value));
    copy.type = Scalar.QUOTE_DOUBLE;
    return this.#likeOf(scalar, copy);
  }

  /** A field with another key than the one it is written with; the key is written where another value is. */
  renamed(field: Field, name: string, at: Value, value: Node): Pair {
    const key = new Scalar(name);
    key.range = at.node.range ?? null;
    const pair = new Pair(key, value);
    this.#remember(pair, field);
    return pair;
  }

  /** A field of any name that is made up because of a value, in the place of the field or item that the value is. */
  made(name: string, at: Value, value: Node): Pair {
    const field = fieldOf(at);
    if (field.name === name) return this.pair(field, value);
    const key = new Scalar(name);
    key.range = (field.pair.key as Node).range ?? null;
    const pair = new Pair(key, value);
    this.#remember(pair, field);
    return pair;
  }

  /** A field of a tree with another value, and perhaps another name. */
  pairLike(pair: Pair, value: Node, name?: string): Pair {
    const key = new Scalar(name ?? (pair.key as Scalar).value);
    key.range = (pair.key as Node).range ?? null;
    return this.#likeOf(pair, new Pair(key, value));
  }

  /** Another text in the place of a scalar of a tree: nothing can be repaired there. It is quoted or plain as the scalar is. */
  reworded(node: Node, text: string): Node {
    const scalar = new Scalar(text);
    if (isScalar(node) && node.type) scalar.type = node.type;
    return this.#likeOf(node, scalar);
  }

  /** A text in the place of a scalar, quoted or plain as that is, which is written where another node is. */
  textFrom(node: Node, text: string, written: Node): Node {
    const scalar = this.reworded(node, text);
    const origin = this.#origins.get(written);
    if (origin) this.#remember(scalar, origin);
    scalar.range = written.range ?? null;
    return scalar;
  }

  /** A scalar like the one that an alias stands for. */
  aliased(value: Value): Node {
    const { node } = value;
    const scalar = isScalar(node) ? new Scalar(node.value) : new Scalar('');
    if (isScalar(node) && node.type) scalar.type = node.type;
    scalar.range = node.range ?? null;
    this.#remember(scalar, value);
    return scalar;
  }

  /** A tree like one that was put together, of new nodes but for the scalars, which are written where those of the other are. */
  copy<Copied extends Node>(node: Copied): Copied {
    const items = (isMap(node) || isSeq(node)) && !this.isFull ? node.items : [];
    if (isMap(node)) return this.#likeOf(node, mapOf(items.map((pair) => this.#copyOfPair(pair as Pair)))) as Copied;
    if (!isSeq(node)) return node;
    const sequence = new YAMLSeq();
    sequence.items = items.map((item) => this.copy(item as Node));
    return this.#likeOf(node, sequence) as Node as Copied;
  }

  #copyOfPair(pair: Pair): Pair {
    const copy = new Pair(pair.key, this.copy(pair.value as Node));
    return this.#likeOf(pair, copy);
  }

  #likeOf<Copied extends Node | Pair>(original: Node | Pair, copy: Copied): Copied {
    const origin = this.#origins.get(original);
    if (origin) this.#remember(copy, origin);
    if (!(copy instanceof Pair)) copy.range = (original as Node).range ?? null;
    return copy;
  }

  /** Where an item or a collection is written; undefined where that is not known. */
  originOf(node: Node | undefined): Value | undefined {
    return node && (this.#origins.get(node) as Value | undefined);
  }

  build(root: Node): YamlDocument {
    return YamlDocument.assemble(root, this.#origins);
  }
}

function mapOf(pairs: readonly Pair[]): YAMLMap {
  const map = new YAMLMap();
  map.items = [...pairs];
  return map;
}

/** The field whose value it is, an item of a list as one, or the first field of an object. */
function fieldOf(value: Value): Field {
  const { key, parent } = value;
  if (!parent) return value.fields()[0] as Field;
  return (typeof key === 'string' ? parent.field(key) : undefined) ?? fieldOfItem(value);
}

/** An item of a list as a field without a value, where the list means a mapping. It cannot be removed. */
export function fieldOfItem(item: Value): Field {
  return new Field(item.text ?? '', item.parent as Value, new Pair(item.written, null), new YAMLMap(), item.shared);
}

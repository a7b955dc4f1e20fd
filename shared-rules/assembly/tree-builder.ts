import { isMap, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { YamlDocument } from '../language/yaml/document.ts';
import { Field, type Value } from '../language/yaml/value.ts';

/** Puts trees together from fields and values of other documents. Each node remembers where it is written. */
export class TreeBuilder {
  readonly #origins = new Map<object, Field | Value>();

  /** A mapping of pairs, in the place of one that is written. */
  mapping(written: Value, pairs: readonly Pair[]): YAMLMap {
    return this.#inPlaceOf(written, mapOf(pairs));
  }

  /** A sequence of items, in the place of one that is written. */
  sequence(written: Value, items: readonly Node[]): YAMLSeq {
    const sequence = new YAMLSeq();
    sequence.items.push(...items);
    return this.#inPlaceOf(written, sequence);
  }

  #inPlaceOf<Collection extends YAMLMap | YAMLSeq>(written: Value, node: Collection): Collection {
    node.range = written.node.range ?? null;
    this.#origins.set(node, written);
    return node;
  }

  /** A field with its value, or with another one. */
  pair(field: Field, value: unknown = field.pair.value): Pair {
    const pair = new Pair(field.pair.key, value);
    this.#origins.set(pair, field);
    return pair;
  }

  item(value: Value): Node {
    this.#origins.set(value.written, value);
    return value.written;
  }

  /** A text in the place of a value: nothing can be repaired there. */
  text(text: string, at: Value): Node {
    const scalar = new Scalar(text);
    scalar.range = at.node.range ?? null;
    this.#origins.set(scalar, at);
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
    this.#origins.set(pair, field);
    return pair;
  }

  /** A tree like one that was put together, of new nodes but for the scalars, which are written where those of the other are. */
  copy<Copied extends Node>(node: Copied): Copied {
    if (isMap(node))
      return this.#likeOf(node, mapOf(node.items.map((pair) => this.#copyOfPair(pair as Pair)))) as Copied;
    if (!isSeq(node)) return node;
    const sequence = new YAMLSeq();
    for (const item of node.items) sequence.items.push(this.copy(item as Node));
    return this.#likeOf(node, sequence) as Node as Copied;
  }

  #copyOfPair(pair: Pair): Pair {
    const copy = new Pair(pair.key, this.copy(pair.value as Node));
    return this.#likeOf(pair, copy);
  }

  #likeOf<Copied extends Node | Pair>(original: Node | Pair, copy: Copied): Copied {
    const origin = this.#origins.get(original);
    if (origin) this.#origins.set(copy, origin);
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
  map.items.push(...pairs);
  return map;
}

/** An item of a list as a field without a value, where the list means a mapping. It cannot be removed. */
export function fieldOfItem(item: Value): Field {
  return new Field(item.text ?? '', item.parent as Value, new Pair(item.written, null), new YAMLMap(), item.shared);
}

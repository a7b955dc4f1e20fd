import { type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { YamlDocument } from '../language/yaml/document.ts';
import { Field, type Value } from '../language/yaml/value.ts';

/** Puts trees together from fields and values of other documents. Each node remembers where it is written. */
export class TreeBuilder {
  readonly #origins = new Map<object, Field | Value>();

  /** A mapping of pairs, in the place of one that is written. */
  mapping(written: Value, pairs: readonly Pair[]): YAMLMap {
    const map = new YAMLMap();
    map.items = [...pairs];
    return this.#inPlaceOf(written, map);
  }

  /** A sequence of items, in the place of one that is written. */
  sequence(written: Value, items: readonly Node[]): YAMLSeq {
    const sequence = new YAMLSeq();
    sequence.items = [...items];
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

  build(root: Node): YamlDocument {
    return YamlDocument.assemble(root, this.#origins);
  }
}

/** An item of a list as a field without a value, where the list means a mapping. It cannot be removed. */
export function fieldOfItem(item: Value): Field {
  return new Field(item.text ?? '', item.parent as Value, new Pair(item.written, null), new YAMLMap(), item.shared);
}

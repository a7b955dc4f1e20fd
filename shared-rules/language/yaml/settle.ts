import { isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import type { YamlChange } from './change.ts';
import type { YamlDocument } from './document.ts';
import { breaksDirectives } from './patch-directives.ts';
import type { Plain } from './style.ts';
import { type Field, Value } from './value.ts';

/** The changes of one fix, gathered by the node they are about. They belong to one document. */
export interface Settled {
  readonly document: YamlDocument;
  readonly removed: ReadonlyMap<Node, Removal>;
  readonly replaced: ReadonlyMap<Node, Replacement>;
  /** Entries for the end of a collection, or a mapping where nothing was written. */
  readonly added: ReadonlyMap<Node, Addition>;
  readonly documents: readonly Plain[];
  /** The anchors whose text changes, and with it every place that repeats them by an alias. */
  readonly anchors: ReadonlySet<string>;
}

export interface Removal {
  /** The mapping or sequence that loses entries, and a value it was reached by. */
  readonly node: YAMLMap | YAMLSeq;
  readonly collection: Value;
  readonly indexes: ReadonlySet<number>;
}

export interface Replacement {
  readonly scalar: Value;
  readonly text: string;
  /** Whether the text is a number or a boolean, which must stand without quotes. */
  readonly isPlain: boolean;
}

export interface Addition {
  readonly collection: Value;
  readonly data: { readonly [key: string]: Plain } | readonly Plain[];
}

/**
 * Gathers changes by node. A sequence that loses all its items goes with its key, since an absent list and an
 * empty one mean the same; a mapping that loses all its keys becomes `{}`.
 * Undefined when a change cannot be made, such as putting a key into a list.
 */
export function settle(changes: readonly YamlChange[]): Settled | undefined {
  const settling = new Settling();
  const settled = changes.every((change) => settling.take(change)) ? settling.result() : undefined;
  return settled && !breaksDirectives(settled) ? settled : undefined;
}

class Settling {
  #document: YamlDocument | undefined;
  readonly #removed = new Map<Node, { node: YAMLMap | YAMLSeq; collection: Value; indexes: Set<number> }>();
  readonly #replaced = new Map<Node, Replacement>();
  readonly #added = new Map<Node, Addition>();
  readonly #documents: Plain[] = [];
  readonly #anchors = new Set<string>();

  result(): Settled | undefined {
    if (!this.#document) return undefined;
    return {
      document: this.#document,
      removed: this.#removed,
      replaced: this.#replaced,
      added: this.#added,
      documents: this.#documents,
      anchors: this.#anchors,
    };
  }

  take(change: YamlChange): boolean {
    if ('remove' in change) return this.#remove(change.remove);
    if ('replace' in change) return this.#replace(change.replace, change.text, false);
    if ('put' in change) return this.#put(change.put, change.keys, change.data);
    if ('append' in change) return change.append.isSequence && this.#add(change.append, [change.data]);
    if ('rename' in change) return this.#rename(change.rename, change.name);
    this.#documents.push(change.addDocument);
    return this.#belongs(change.after.document);
  }

  #remove(entry: Field | Value): boolean {
    if (entry.origin) return this.#remove(entry.origin);
    // Without what it adds, an operation of a JSON patch adds null.
    if ('pair' in entry && isOperation(entry.owner)) return this.#remove(entry.owner);
    if ('pair' in entry) {
      const { holder, owner, pair } = entry;
      return this.#belongs(entry.document) && this.#drop(holder, owner, holder.items.indexOf(pair));
    }
    const { parent, document } = entry;
    return (
      isSeq(parent?.node) && this.#belongs(document) && this.#drop(parent.node, parent as Value, Number(entry.key))
    );
  }

  #drop(node: YAMLMap | YAMLSeq, collection: Value, index: number): boolean {
    if (index < 0 || !this.#noteAnchors(collection, node)) return false;
    const removal = this.#removed.get(node) ?? { node, collection, indexes: new Set() };
    removal.indexes.add(index);
    this.#removed.set(node, removal);
    if (!isSeq(node) || removal.indexes.size < node.items.length) return true;
    this.#removed.delete(node);
    const field = typeof collection.key === 'string' ? collection.parent?.field(collection.key) : undefined;
    return field !== undefined && this.#remove(field);
  }

  #replace(value: Value, text: string, isPlain: boolean): boolean {
    // What a scalar of another tree was made from is changed where it says the same.
    const scalar = value.origin?.rawText === value.rawText ? (value.origin ?? value) : value;
    this.#replaced.set(scalar.node, { scalar, text, isPlain });
    return this.#belongs(scalar.document) && this.#noteAnchors(scalar, scalar.node);
  }

  #rename(field: Field, name: string): boolean {
    const { pair, owner, holder, document, shared } = field.origin ?? field;
    const key = new Value(owner.tree, pair.key as Node, { document, parent: owner, shared });
    return this.#replace(key, name, false) && this.#noteAnchors(owner, holder);
  }

  #put(mapping: Value, keys: readonly string[], data: Plain): boolean {
    const [key, ...rest] = keys;
    if (key === undefined) return this.#merge(mapping, data);
    const nested = rest.reduceRight<Plain>((inner, name) => ({ [name]: inner }), data);
    const field = mapping.field(key);
    if (!field) return mapping.isMapping && this.#add(mapping, { [key]: nested });
    return field.value.isNull ? this.#fill(field, nested) : this.#put(field.value, rest, data);
  }

  /** Brings data into a value that is there. */
  #merge(value: Value, data: Plain): boolean {
    if (value.isUnknown) return false;
    if (Array.isArray(data)) {
      const present = new Set(value.items().map((item) => item.text));
      const missing = data.filter((item) => typeof item === 'object' || !present.has(String(item)));
      return value.isSequence && (missing.length === 0 || this.#add(value, missing));
    }
    if (typeof data === 'object') {
      return value.isMapping && Object.entries(data).every(([key, inner]) => this.#put(value, [key], inner));
    }
    const isPlain = typeof data !== 'string';
    return isScalar(value.node) && (value.text === String(data) || this.#replace(value, String(data), isPlain));
  }

  /** Writes a mapping where a key has none yet. */
  #fill(field: Field, data: Plain): boolean {
    const isNothing = field.value.span.start === field.value.span.end;
    return isNothing && typeof data === 'object' && this.#add(field.value, data as Addition['data']);
  }

  #add(target: Value, data: Addition['data']): boolean {
    const collection = target.origin ?? target;
    const { node } = collection;
    const before = this.#added.get(node)?.data;
    this.#added.set(node, {
      collection,
      data: before === undefined ? data : (mergeData(before, data) as Addition['data']),
    });
    return this.#belongs(collection.document) && this.#noteAnchors(collection, node);
  }

  /** Notes the anchors around a change that aliases repeat. */
  #noteAnchors(value: Value, node: Node): boolean {
    const nodes = [node];
    for (let at: Value | undefined = value; at; at = at.parent) nodes.push(at.node);
    for (const one of nodes)
      if ('anchor' in one && one.anchor && this.#document?.isRepeated(one)) this.#anchors.add(one.anchor);
    return true;
  }

  #belongs(document: YamlDocument): boolean {
    this.#document ??= document;
    return this.#document === document;
  }
}

/** Whether a mapping is an operation of a JSON patch (RFC 6902). */
function isOperation(mapping: Value): boolean {
  return mapping.parent?.isSequence === true && ['op', 'path', 'value'].every((name) => mapping.field(name));
}

function mergeData(before: Plain, data: Plain): Plain {
  if (Array.isArray(before) && Array.isArray(data)) return [...before, ...data];
  if (typeof before !== 'object' || typeof data !== 'object') return data;
  const merged: Record<string, Plain> = { ...(before as Record<string, Plain>) };
  for (const [key, value] of Object.entries(data)) {
    const known = merged[key];
    merged[key] = known === undefined ? value : mergeData(known, value);
  }
  return merged;
}

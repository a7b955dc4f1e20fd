import { isScalar, isSeq, type Node, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { type CommentChange, isCommentChange } from './comments.ts';
import { insertEntries, nextDocument } from './entry-insertion.ts';
import { removeEntries } from './entry-removal.ts';
import { type Plain, styleOf } from './file-style.ts';
import { isWordChange, type WordChange } from './shell/word-edit.ts';
import { lineEnd, type TextEdit } from './text.ts';
import { type Field, Value } from './value.ts';
import type { YamlDocument } from './yaml-document.ts';

/** A change to what is written: to nodes of a YAML document, to words of a command, or to comments. */
export type Change = YamlChange | WordChange | CommentChange;

/**
 * A change to located nodes. `settle` gathers the changes of a fix; `editsFor` gives their text edits, and
 * `imageOf` the tree they should lead to. A fix is proven by comparing that with the edited text's real tree.
 */
export type YamlChange =
  | { readonly remove: Field | Value }
  | { readonly replace: Value; readonly text: string }
  | { readonly put: Value; readonly keys: readonly string[]; readonly data: Plain }
  | { readonly append: Value; readonly data: Plain }
  | { readonly addDocument: Plain; readonly after: Value }
  | { readonly rename: Field; readonly name: string };

/** Tells a change to nodes from others. */
export function isYamlChange(change: Change): change is YamlChange {
  return !isWordChange(change) && !isCommentChange(change);
}

/** Removes a field from its mapping, or an item from its sequence, with the comments inside and beside it. */
export function remove(entry: Field | Value): YamlChange {
  return { remove: entry };
}

/** Gives a scalar another text in its own quoting. The text must need no escapes. */
export function replace(value: Value, text: string): YamlChange {
  return { replace: value, text };
}

/**
 * Sets what stands at the end of a chain of keys below a mapping, and makes the mappings on the way that are missing.
 * Data is merged into what is there: a list gets the items it lacks, a scalar is replaced.
 */
export function put(mapping: Value, keys: readonly string[], data: Plain): YamlChange {
  return { put: mapping, keys, data };
}

/** Adds an item at the end of a sequence. */
export function append(sequence: Value, data: Plain): YamlChange {
  return { append: sequence, data };
}

/** Adds a document behind the one a value belongs to. */
export function addDocument(data: Plain, after: Value): YamlChange {
  return { addDocument: data, after };
}

/** Gives a field another name, in the quoting of the old one. The name must need no escapes. */
export function rename(field: Field, name: string): YamlChange {
  return { rename: field, name };
}

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
  return changes.every((change) => settling.take(change)) ? settling.result() : undefined;
}

/** The text edits of settled changes; undefined where the text is written in a way no edit can be trusted in. */
export function editsFor(text: string, settled: Settled): TextEdit[] | undefined {
  const { range, root } = settled.document;
  const style = styleOf(text.slice(range.start, range.end), root?.node);
  const edits: (TextEdit[] | undefined)[] = [
    ...[...settled.removed.values()].map((removal) => removeEntries(text, removal, settled.added.has(removal.node))),
    ...[...settled.replaced.values()].map(replaceScalar),
    ...[...settled.added].map(([node, addition]) =>
      insertEntries(text, addition, settled.removed.get(node)?.indexes ?? new Set(), style),
    ),
    ...settled.documents.map((data) => nextDocument(text, settled.document, data, style)),
  ];
  return edits.includes(undefined)
    ? undefined
    : apart(
        text,
        edits.flatMap((found) => found ?? []),
      );
}

/**
 * Keeps lines that come out of the lines that go: an insertion behind the last line of a collection moves up where that
 * line is removed. Of insertions at one place the deeper ones come first, as they belong to what stands above.
 * Undefined where edits still overlap.
 */
function apart(text: string, edits: readonly TextEdit[]): TextEdit[] | undefined {
  const removals = edits.filter(({ newText }) => newText === '').sort((a, b) => b.range.start - a.range.start);
  const placed = edits.map((edit) => {
    let at = edit.range.start;
    if (!addsLines(edit)) return edit;
    for (const { range } of removals)
      if (range.start < at && at < range.end) at = lineEnd(text, Math.max(0, range.start - 1));
    return { range: { start: at, end: at }, newText: edit.newText };
  });
  const sorted = placed.sort(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end || depthOf(b) - depthOf(a),
  );
  return sorted.every(({ range }, index) => range.start >= (sorted[index - 1]?.range.end ?? 0)) ? sorted : undefined;
}

/** Whether an edit adds whole lines behind a line. */
function addsLines({ range, newText }: TextEdit): boolean {
  return range.start === range.end && /^\r?\n/.test(newText);
}

/** The column of the first line an edit adds. */
function depthOf(edit: TextEdit): number {
  return addsLines(edit) ? (/^\s*\n( *)/.exec(edit.newText)?.[1]?.length ?? 0) : 0;
}

function replaceScalar({ scalar, text, isPlain }: Replacement): TextEdit[] | undefined {
  const { node } = scalar;
  if (!isScalar(node) || node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL) return undefined;
  const own = node.type === Scalar.QUOTE_DOUBLE ? '"' : node.type === Scalar.QUOTE_SINGLE ? "'" : '';
  const quote = isPlain ? '' : own;
  return [{ range: scalar.range, newText: quote + text + quote }];
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
    if ('pair' in entry) return this.#drop(entry.holder, entry.owner, entry.holder.items.indexOf(entry.pair));
    const { parent } = entry;
    return isSeq(parent?.node) && this.#drop(parent.node, parent as Value, Number(entry.key));
  }

  #drop(node: YAMLMap | YAMLSeq, collection: Value, index: number): boolean {
    if (index < 0 || !this.#touch(collection, node)) return false;
    const removal = this.#removed.get(node) ?? { node, collection, indexes: new Set() };
    removal.indexes.add(index);
    this.#removed.set(node, removal);
    if (!isSeq(node) || removal.indexes.size < node.items.length) return true;
    this.#removed.delete(node);
    const field = typeof collection.key === 'string' ? collection.parent?.field(collection.key) : undefined;
    return field !== undefined && this.#remove(field);
  }

  #replace(scalar: Value, text: string, isPlain: boolean): boolean {
    this.#replaced.set(scalar.node, { scalar, text, isPlain });
    return this.#touch(scalar, scalar.node);
  }

  #rename({ pair, owner, holder, value }: Field, name: string): boolean {
    const key = new Value(owner.document, pair.key as Node, owner, undefined, value.shared);
    return this.#replace(key, name, false) && this.#touch(owner, holder);
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
    const isNothing = field.value.range.start === field.value.range.end;
    return isNothing && typeof data === 'object' && this.#add(field.value, data as Addition['data']);
  }

  #add(collection: Value, data: Addition['data']): boolean {
    const { node } = collection;
    const before = this.#added.get(node)?.data;
    this.#added.set(node, {
      collection,
      data: before === undefined ? data : (mergeData(before, data) as Addition['data']),
    });
    return this.#touch(collection, node);
  }

  /** Notes which document a change is in, and the anchors around it that aliases repeat. */
  #touch(value: Value, node: Node): boolean {
    const { document } = value;
    const nodes = [node];
    for (let at: Value | undefined = value; at; at = at.parent) nodes.push(at.node);
    for (const one of nodes)
      if ('anchor' in one && one.anchor && document.isRepeated(one)) this.#anchors.add(one.anchor);
    return this.#belongs(document);
  }

  #belongs(document: YamlDocument): boolean {
    this.#document ??= document;
    return this.#document === document;
  }
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

import { isAlias, isCollection, isMap, isPair, isScalar, isSeq, type Node, Scalar } from 'yaml';
import { removeEntries } from './entry-removal.ts';
import type { TextEdit } from './text.ts';
import type { Field, Value } from './value.ts';

/**
 * A change to located nodes. `settle` gathers the changes of a fix; then `editsFor` gives the text edits, and
 * `plainTree` the tree they should lead to. A fix is proven by comparing it with the edited text's real tree.
 */
export type Change = { readonly remove: Field | Value } | { readonly replace: Value; readonly text: string };

/** Removes a field from its mapping, or an item from its sequence, with the comments inside and beside it. */
export function remove(entry: Field | Value): Change {
  return { remove: entry };
}

/** Gives a scalar another text in its own quoting. The text must need no escapes. */
export function replace(value: Value, text: string): Change {
  return { replace: value, text };
}

/** The changes of one fix, gathered by the node they are about. */
export interface Settled {
  readonly removed: ReadonlyMap<Node, { readonly collection: Value; readonly indexes: ReadonlySet<number> }>;
  readonly replaced: ReadonlyMap<Node, { readonly scalar: Value; readonly text: string }>;
}

/**
 * Gathers changes by node. A sequence that loses all its items goes with its key, since an absent list and an
 * empty one mean the same; a mapping that loses all its keys becomes `{}`.
 * Undefined when a change would show somewhere else too, through an alias or a merge key.
 */
export function settle(changes: readonly Change[]): Settled | undefined {
  const removed = new Map<Node, { collection: Value; indexes: Set<number> }>();
  const replaced = new Map<Node, { scalar: Value; text: string }>();
  const drop = (collection: Value, index: number): boolean => {
    const { node } = collection;
    if (index < 0 || showsElsewhere(collection) || !isCollection(node)) return false;
    const entry = removed.get(node) ?? { collection, indexes: new Set() };
    entry.indexes.add(index);
    removed.set(node, entry);
    if (!isSeq(node) || entry.indexes.size < node.items.length) return true;
    removed.delete(node);
    const field = typeof collection.key === 'string' ? collection.parent?.field(collection.key) : undefined;
    return field !== undefined && drop(field.owner, indexOf(field));
  };
  for (const change of changes) {
    if ('replace' in change) {
      if (showsElsewhere(change.replace)) return undefined;
      replaced.set(change.replace.node, { scalar: change.replace, text: change.text });
    } else {
      const entry = change.remove;
      const isDone =
        'pair' in entry ? drop(entry.owner, indexOf(entry)) : entry.parent && drop(entry.parent, Number(entry.key));
      if (!isDone) return undefined;
    }
  }
  return { removed, replaced };
}

function indexOf({ owner, pair }: Field): number {
  return isMap(owner.node) ? owner.node.items.indexOf(pair) : -1;
}

/** Whether an edit of the value would change another place: it was reached through an alias, or an alias repeats it. */
function showsElsewhere(value: Value): boolean {
  for (let at: Value | undefined = value; at; at = at.parent) {
    if (at.shared || at.document.isRepeated(at.node)) return true;
  }
  return false;
}

/** The text edits of settled changes; undefined where the text is written in a way no edit can be trusted in. */
export function editsFor(text: string, { removed, replaced }: Settled): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const { collection, indexes } of removed.values()) {
    const removals = removeEntries(text, collection, indexes);
    if (!removals) return undefined;
    edits.push(...removals);
  }
  for (const { scalar, text: newText } of replaced.values()) {
    const { node } = scalar;
    if (!isScalar(node) || node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL) return undefined;
    const quote = node.type === Scalar.QUOTE_DOUBLE ? '"' : node.type === Scalar.QUOTE_SINGLE ? "'" : '';
    edits.push({ range: scalar.range, newText: quote + newText + quote });
  }
  return edits;
}

const NOTHING: Settled = { removed: new Map(), replaced: new Map() };

/**
 * A plain image of a tree, for comparison: order, duplicate keys, quoting, tags, anchors and aliases are part of
 * it, comments and layout are not. With `settled`, the image of the tree after these changes.
 */
export function plainTree(node: unknown, settled: Settled = NOTHING): unknown {
  if (isAlias(node)) return `*${node.source}`;
  if (isScalar(node)) {
    const text = settled.replaced.get(node as Node)?.text ?? String(node.value);
    return [properties(node), node.type === Scalar.PLAIN ? 'plain' : 'quoted', text];
  }
  if (!isCollection(node)) return null;
  const { indexes } = settled.removed.get(node as Node) ?? { indexes: new Set<number>() };
  const kept = (node.items as unknown[]).filter((_, index) => !indexes.has(index));
  const items = kept.map((item) =>
    isPair(item) ? [plainTree(item.key, settled), plainTree(item.value, settled)] : plainTree(item, settled),
  );
  return [properties(node), isMap(node) ? 'mapping' : 'sequence', ...items];
}

function properties(node: { anchor?: string; tag?: string }): string {
  return `${node.anchor ?? ''} ${node.tag ?? ''}`;
}

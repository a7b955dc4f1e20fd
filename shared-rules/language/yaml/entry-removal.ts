import { isMap, type YAMLMap, type YAMLSeq } from 'yaml';
import { lineEnd, lineStart, nextLine, type TextEdit } from '../text.ts';
import { type Entry, entriesOf, withoutComments } from './entries.ts';
import type { Removal } from './settle.ts';
import type { Value } from './value.ts';

/**
 * The edits that take entries out of a mapping or a sequence and leave every other byte alone. The comments
 * inside an entry and beside it on its line go with it; those above and below it stay.
 * @param text the whole file
 * @param offset where the document begins in the text
 * @param isRefilled whether entries are added at the same time
 * @returns undefined where the entries are written in a way this does not understand
 */
export function removeEntries(
  text: string,
  { node, collection, indexes }: Removal,
  { offset, isRefilled }: { readonly offset: number; readonly isRefilled: boolean },
): TextEdit[] | undefined {
  const entries = entriesOf(text, node, offset);
  if (!entries || entries.length !== node.items.length) return undefined;
  if (node.flow) return removeFlow(text, entries, indexes);
  if (indexes.size === entries.length && !isRefilled) return emptyMapping(text, entries, { node, collection });
  return removeBlock(text, entries, indexes);
}

function removeBlock(text: string, entries: readonly Entry[], indexes: ReadonlySet<number>): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  let from = 0;
  if (indexes.has(0) && prefixOf(text, entries[0] as Entry).trim() !== '') {
    from = entries.findIndex((_, index) => !indexes.has(index));
    if (from < 0) return undefined;
    const edit = removeBesideDash(text, entries.slice(0, from + 1));
    if (!edit) return undefined;
    edits.push(edit);
  }
  for (const index of [...indexes].filter((index) => index >= from)) {
    const entry = entries[index] as Entry;
    const edit = prefixOf(text, entry).trim() === '' ? removeLines(text, entry) : undefined;
    if (!edit) return undefined;
    edits.push(edit);
  }
  return edits;
}

/** Removes the lines of an entry; undefined when something else follows on the last of them. */
function removeLines(text: string, entry: Entry): TextEdit | undefined {
  const start = lineStart(text, entry.start);
  const end = lineEnd(text, entry.end);
  if (!/^[ \t]*(?:#.*)?$/.test(text.slice(entry.end, end))) return undefined;
  // On the last line of a file without a final newline, the newline before it goes instead.
  if (end === text.length && start > 0) return { range: { start: lineEnd(text, start - 1), end }, newText: '' };
  return { range: { start, end: nextLine(text, end) }, newText: '' };
}

/**
 * The first key of an item stands beside its dash, `- name: x`: the first key that stays moves up to its place.
 * @param run the entries to remove, and behind them the one that stays
 */
function removeBesideDash(text: string, run: readonly Entry[]): TextEdit | undefined {
  const [first, last, survivor] = [run[0]!, run.at(-2)!, run.at(-1)!];
  if (!/^[ \t]*(?:- +)+$/.test(prefixOf(text, first))) return undefined;
  const gap = text.slice(lineEnd(text, last.end), survivor.start);
  const comment = gap.indexOf('#');
  const end = comment < 0 ? survivor.start : lineEnd(text, last.end) + comment;
  return { range: { start: first.start, end }, newText: '' };
}

function prefixOf(text: string, entry: Entry): string {
  return text.slice(lineStart(text, entry.start), entry.start);
}

/** A block mapping without keys is written `{}`, beside the key or dash that holds it. */
function emptyMapping(
  text: string,
  entries: readonly Entry[],
  { node, collection }: { node: YAMLMap | YAMLSeq; collection: Value },
): TextEdit[] | undefined {
  const [first, last] = [entries[0] as Entry, entries.at(-1) as Entry];
  if (!isMap(node) || !collection.parent || collection.node !== node || collection.shared) return undefined;
  if (prefixOf(text, first).trim() !== '') {
    return [{ range: { start: first.start, end: last.end }, newText: '{}' }];
  }
  const holder = typeof collection.key === 'string' ? collection.parent.field(collection.key) : undefined;
  const colon = holder ? text.indexOf(':', holder.span.end) : -1;
  const removals = entries.map((entry) => removeLines(text, entry));
  if (colon < 0 || removals.includes(undefined)) return undefined;
  return [{ range: { start: colon + 1, end: colon + 1 }, newText: ' {}' }, ...(removals as TextEdit[])];
}

/** Entries of `{a, b}` and `[a, b]` go with one comma each. */
function removeFlow(text: string, entries: readonly Entry[], indexes: ReadonlySet<number>): TextEdit[] {
  const edits: TextEdit[] = [];
  for (let from = 0; from < entries.length; from++) {
    if (!indexes.has(from)) continue;
    let to = from;
    while (indexes.has(to + 1)) to++;
    const [first, last, next, before] = [entries[from]!, entries[to]!, entries[to + 1], entries[from - 1]];
    if (next) edits.push({ range: { start: first.start, end: flowGapEnd(text, last.end, next.start) }, newText: '' });
    else if (before) edits.push(...removeFlowTail(text, before.end, first.start, last.end));
    else edits.push({ range: { start: first.start, end: last.end }, newText: '' });
    from = to;
  }
  return edits;
}

/** Up to the next entry, or to a comment of its own line that stands before it. */
function flowGapEnd(text: string, end: number, next: number): number {
  const ownLine = /\n[ \t]*#/.exec(text.slice(end, next));
  return ownLine ? end + text.slice(end, next).indexOf('#', ownLine.index) : next;
}

/** The last entries go with the comma before them; a comment in between stays. */
function removeFlowTail(text: string, before: number, start: number, end: number): TextEdit[] {
  const gap = text.slice(before, start);
  const comma = before + withoutComments(gap).indexOf(',');
  if (!gap.includes('#')) return [{ range: { start: comma, end }, newText: '' }];
  const blank = gap.length - gap.trimEnd().length;
  return [
    { range: { start: comma, end: comma + 1 }, newText: '' },
    { range: { start: start - blank, end }, newText: '' },
  ];
}

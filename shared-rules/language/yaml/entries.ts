import { isAlias, isCollection, isMap, isPair, isScalar, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { lineStart } from '../text.ts';

/** Where an entry of a collection is written: from its key or dash to the end of its value, in file offsets. */
export interface Entry {
  readonly start: number;
  readonly end: number;
}

type Collection = YAMLMap | YAMLSeq;

/**
 * Where the entries of a mapping or a sequence are written.
 * @param text the whole file
 * @param offset where the node's document begins in it
 * @returns undefined where they are written in a way this does not understand, such as with explicit keys
 */
export function entriesOf(text: string, node: Collection, offset: number): Entry[] | undefined {
  if (!node.range) return undefined;
  return node.flow ? flowEntries(text, node, offset) : blockEntries(text, node, offset);
}

function flowEntries(text: string, node: Collection, offset: number): Entry[] | undefined {
  const entries: Entry[] = [];
  for (const item of node.items as unknown[]) {
    const range = entryNodes(item);
    if (!range) return undefined;
    const entry = { start: offset + range.start, end: offset + contentEnd(text, item, offset) };
    const before = entries.at(-1)?.end ?? offset + (node.range as number[])[0]! + 1;
    // Between two entries stand a comma and white space; an anchor or tag there would be lost.
    if (!/^\s*(?:,\s*)?$/.test(withoutComments(text.slice(before, entry.start)))) return undefined;
    entries.push(entry);
  }
  return entries;
}

function blockEntries(text: string, node: Collection, offset: number): Entry[] | undefined {
  const entries: Entry[] = [];
  const first = offset + (node.range as number[])[0]!;
  const column = first - lineStart(text, first);
  for (const item of node.items as unknown[]) {
    const range = entryNodes(item);
    if (!range) return undefined;
    const start = isMap(node) ? offset + range.start : findDash(text, offset + range.start, column, first);
    if (start === undefined) return undefined;
    entries.push({ start, end: contentEnd(text, item, offset) + offset });
  }
  return entries;
}

/** The dash of a block sequence's item: in the sequence's column, on the item's line or one above it. */
function findDash(text: string, itemStart: number, column: number, first: number): number | undefined {
  for (let line = lineStart(text, itemStart); ; line = lineStart(text, line - 1)) {
    const at = line + column;
    if (at <= first) return text[first] === '-' ? first : undefined;
    if (text[at] === '-' && text.slice(line, at).trim() === '') return at;
    if (line === 0) return undefined;
  }
}

/** Where an entry's own nodes begin, in offsets of its document; undefined for explicit keys and odd ones. */
function entryNodes(item: unknown): { start: number } | undefined {
  const node = isPair(item) ? item.key : item;
  if (isPair(item) && (!isScalar(node) || node.anchor || node.tag !== undefined)) return undefined;
  const start = (node as Node | null)?.range?.[0];
  return start === undefined ? undefined : { start };
}

/** The end of the last thing an entry says, before comments and blank lines, in offsets of its document. */
function contentEnd(text: string, item: unknown, offset: number): number {
  if (isPair(item)) {
    const value = item.value as Node | null;
    const keyEnd = (item.key as Node).range?.[1] ?? 0;
    const colon = text.indexOf(':', offset + keyEnd) - offset;
    return Math.max(colon + 1, value?.range && !isEmpty(value) ? contentEnd(text, value, offset) : 0);
  }
  const node = item as Node;
  if (isCollection(node) && !(node as Collection).flow && node.items.length > 0) {
    return contentEnd(text, node.items.at(-1) as Node | Pair, offset);
  }
  const [start, end] = node.range as [number, number, number];
  if (isAlias(node) || (isScalar(node) && !node.type?.startsWith('BLOCK_'))) return end;
  return start + text.slice(offset + start, offset + end).trimEnd().length;
}

function isEmpty(node: Node): boolean {
  return isScalar(node) && node.range !== null && node.range !== undefined && node.range[0] === node.range[1];
}

/** The same text with every comment blanked. */
export function withoutComments(text: string): string {
  return text.replace(/(^|\s)#.*/g, (comment) => ' '.repeat(comment.length));
}

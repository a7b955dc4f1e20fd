import { isMap, isScalar, isSeq } from 'yaml';
import { lineEnd, lineStart, type TextEdit } from '../text.ts';
import type { YamlDocument } from './document.ts';
import { type Entry, entriesOf } from './entries.ts';
import type { Addition } from './settle.ts';
import { type FileStyle, type Plain, toBlock, toFlow } from './style.ts';
import type { Value } from './value.ts';

type Entries = Addition['data'];

/**
 * The edit that adds entries at the end of a mapping or a sequence, or a mapping where nothing was written.
 * @param text the whole file
 * @param removed the entries that go at the same time
 * @returns undefined where the collection is written in a way this does not understand
 */
export function insertEntries(
  text: string,
  { collection, data }: Addition,
  removed: ReadonlySet<number>,
  style: FileStyle,
): TextEdit[] | undefined {
  const { node } = collection;
  if (isScalar(node)) return fillNothing(text, collection, data, style);
  if (!isMap(node) && !isSeq(node)) return undefined;
  if (node.flow && node.items.length === 0) return fillBrackets(text, collection, data, style);
  const entries = entriesOf(text, node, collection.document.range.start);
  // Where none is left the last one stands in for it: what is added moves to where that was.
  const last = entries?.findLast((_, index) => !removed.has(index)) ?? entries?.at(-1);
  if (!entries || !last) return undefined;
  if (node.flow && removed.size === entries.length) return inPlaceOf(entries[0] as Entry, data, style);
  if (!node.flow) return afterBlockEntry(text, last, data, style);
  return afterFlowEntry(text, last, last === entries.at(-1), data, style);
}

/** Behind the line that the last entry ends on, in its column. */
function afterBlockEntry(text: string, last: Entry, data: Entries, style: FileStyle): TextEdit[] | undefined {
  const end = lineEnd(text, last.end);
  if (!/^[ \t]*(?:#.*)?$/.test(text.slice(last.end, end))) return undefined;
  const column = last.start - lineStart(text, last.start);
  const newText = style.newline + toBlock(data as Plain, style, column);
  return [{ range: { start: end, end }, newText }];
}

/** Below a key without a value, behind the comment beside it. */
function fillNothing(text: string, value: Value, data: Entries, style: FileStyle): TextEdit[] | undefined {
  const field = typeof value.key === 'string' ? value.parent?.field(value.key) : undefined;
  if (!field || style.isJson) return undefined;
  const end = lineEnd(text, field.span.end);
  if (!/^["']?[ \t]*:[ \t]*(?:#.*)?$/.test(text.slice(field.span.end, end))) return undefined;
  const column = field.span.start - lineStart(text, field.span.start);
  const newText = style.newline + toBlock(data as Plain, style, column + style.indent);
  return [{ range: { start: end, end }, newText }];
}

/** Between `{` and `}`. */
function fillBrackets(text: string, collection: Value, data: Entries, style: FileStyle): TextEdit[] {
  const { start, end } = collection.span;
  const inner = inBrackets(data, style);
  const padding = style.isJson || text[start] === '[' ? '' : ' ';
  return [{ range: { start: start + 1, end: end - 1 }, newText: padding + inner + padding }];
}

/**
 * Behind an entry of a flow collection, on a line of its own if that one stands on one.
 * @param isEnd whether nothing was written behind the entry but, perhaps, a comma
 */
function afterFlowEntry(text: string, last: Entry, isEnd: boolean, data: Entries, style: FileStyle): TextEdit[] {
  const indent = text.slice(lineStart(text, last.start), last.start);
  const separator = indent.trim() === '' && indent !== '' ? `,${style.newline}${indent}` : ', ';
  const comma = isEnd ? (/^\s*,/.exec(text.slice(last.end))?.[0].length ?? 0) : 0;
  const at = last.end + comma;
  const newText = (comma > 0 ? separator.slice(1) : separator) + inBrackets(data, style) + (comma > 0 ? ',' : '');
  return [{ range: { start: at, end: at }, newText }];
}

/** Where all entries of a flow collection go. */
function inPlaceOf({ start }: Entry, data: Entries, style: FileStyle): TextEdit[] {
  return [{ range: { start, end: start }, newText: inBrackets(data, style) }];
}

/** Entries as they stand between brackets. */
function inBrackets(data: Entries, style: FileStyle): string {
  return toFlow(data as Plain, style)
    .replace(/^[[{]\s*/, '')
    .replace(/[\]}]$/, '')
    .trimEnd();
}

/** The edit that adds a document behind another; undefined in JSON, and behind an explicit end of the document. */
export function nextDocument(
  text: string,
  { range }: YamlDocument,
  data: Plain,
  style: FileStyle,
): TextEdit[] | undefined {
  const own = text.slice(range.start, range.end);
  if (style.isJson || /^\.\.\.(?:\s|$)/m.test(own)) return undefined;
  const endsLine = own.endsWith('\n');
  const block = `---${style.newline}${toBlock(data, style, 0)}`;
  const newText = endsLine ? block + style.newline : style.newline + block;
  return [{ range: { start: range.end, end: range.end }, newText }];
}

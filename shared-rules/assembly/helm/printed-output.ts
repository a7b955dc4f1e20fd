import { isMap, isScalar, isSeq, type Node, Scalar } from 'yaml';
import type { Rope } from '../../language/go-template/rope.ts';
import { type Place, rangeInFile } from '../../language/place.ts';
import type { Range } from '../../language/text.ts';
import { YamlDocument } from '../../language/yaml/document.ts';
import { isMarkerAt, splitDocuments } from '../../language/yaml/split.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import { MOST_LINES, type PrintedLine, type PrintedTree } from '../printed-tree.ts';
import { RenderedText } from './rendered-text.ts';

/**
 * What a template prints, line by line as Helm does, without documents that are blank.
 * @param workspacePath what the workspace calls the file of a template; undefined for the one that is linted
 */
export function printOutput(output: Rope, workspacePath: (file: string) => string | undefined): PrintedTree[] {
  const text = new RenderedText(output, workspacePath);
  return splitDocuments(text.text)
    .map((range) => withoutMarker(text.text, range))
    .filter(({ start, end }) => text.text.slice(start, end).trim() !== '')
    .map((range) => printDocument(text, range));
}

/** A document without the line of its marker, unless there is more on that. */
function withoutMarker(text: string, { start, end }: Range): Range {
  if (!isMarkerAt(text, start)) return { start, end };
  const lineEnd = text.indexOf('\n', start);
  const next = lineEnd < 0 || lineEnd >= end ? end : lineEnd + 1;
  return text.slice(start + '---'.length, next).trim() === '' ? { start: next, end } : { start, end };
}

function printDocument(text: RenderedText, { start, end }: Range): PrintedTree {
  const written = text.text.slice(start, end).trimEnd();
  const all = written.split('\n');
  const first = all.findIndex((line) => line.trim() !== '');
  const isContinued = continuedLines(written);
  let at = start;
  const lines = all.map((line, index): PrintedLine => {
    const indentation = line.length - line.trimStart().length;
    const range = { start: at + indentation, end: at + line.trimEnd().length };
    at += line.length + 1;
    const origins = range.start < range.end ? originsOf(text, range) : [];
    return { text: line.replace(/\r$/, ''), origins, isContinued: isContinued(index) };
  });
  return { lines: lines.slice(first, MOST_LINES), isCut: all.length > MOST_LINES };
}

/** Where a line is written, and then the values in it. */
function originsOf(text: RenderedText, range: Range): Place[] {
  const sources = text.piecesIn(range).flatMap(({ piece }) => piece.from ?? []);
  if (sources.length === 0) return [];
  const values = sources.flatMap(({ value }) => value ?? []);
  const isKey = (value: Value | Field) => 'pair' in value;
  const places = [
    { range: text.inFile(range), ...text.fileOf(range) },
    // A key is beside its value.
    ...values.filter((value) => !isKey(value) || values.every(isKey)),
  ].map((place): Place => ({ range: rangeInFile(place), path: '', file: place.file }));
  return [...new Map(places.map((place) => [`${place.range.start} ${place.file ?? ''}`, place])).values()];
}

/** Which lines of a document cannot end with a comment: those that end within a scalar, and all of what cannot be parsed. */
function continuedLines(text: string): (index: number) => boolean {
  const documents = YamlDocument.parse(text, { start: 0, end: text.length });
  if (documents.some(({ problems }) => problems.length > 0)) return () => true;
  const lines = new Set<number>();
  const add = ({ type, range }: Scalar) => {
    const [start, end] = range ?? [0, 0];
    const isBlock = type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED;
    const from = lineAt(text, start);
    const to = lineAt(text, isBlock ? text.slice(0, end).trimEnd().length : end);
    for (let line = isBlock ? from + 1 : from; line < (isBlock ? to + 1 : to); line++) lines.add(line);
  };
  const look = (node: Node | null): void => {
    if (isScalar(node)) add(node);
    if (isSeq(node)) for (const item of node.items) look(item as Node | null);
    if (isMap(node))
      for (const { key, value } of node.items) {
        look(key as Node | null);
        look(value as Node | null);
      }
  };
  for (const { root } of documents) look(root?.node ?? null);
  return (index) => lines.has(index);
}

function lineAt(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

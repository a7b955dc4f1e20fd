import { isScalar, Scalar } from 'yaml';
import { DerivedText, type Piece } from '../derived-text.ts';
import { lineEnd, nextLine } from '../text.ts';
import type { Value } from './value.ts';

/** A YAML scalar as a script. Undefined for anything else, and where escapes hide what it says. */
export function scalarScript(value: Value | undefined): DerivedText | undefined {
  if (!value || !isScalar(value.node) || value.isNull || value.shared) return undefined;
  const pieces = piecesOf(value, value.node);
  if (!pieces || !isFromSeveralFiles(value)) return derivedFrom(value, pieces);
  const { start, end } = value.range;
  return new DerivedText(pieces.map(({ text }) => ({ text, offset: start, written: end - start })));
}

/**
 * The exact text of a YAML scalar, but for line ends at its end that its header adds or takes away. Undefined for anything
 * else, and where it is not known for each character where it is written.
 */
export function scalarText(value: Value): DerivedText | undefined {
  if (!isScalar(value.node) || value.isNull || isFromSeveralFiles(value)) return undefined;
  const pieces = piecesOf(value, value.node) ?? escapedPieces(value, value.node);
  return pieces && derivedFrom(value, exactly(pieces, String(value.node.value)));
}

function derivedFrom({ document }: Value, pieces: readonly Piece[] | undefined): DerivedText | undefined {
  const inFile = (offset: number) => document.inFile({ start: offset, end: offset }).start;
  return pieces && new DerivedText(pieces.map(({ text, offset }) => ({ text, offset: inFile(offset) })));
}

/** Whether the text that it is in is made from several files, so that none of its characters need be in that of the scalar. */
function isFromSeveralFiles({ document }: Value): boolean {
  return document.source.derived?.fileOf !== undefined;
}

/** The pieces with the white space that the text has, cut at its end; undefined where they do not make the text. */
function exactly(pieces: readonly Piece[], text: string): Piece[] | undefined {
  const exact: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const written = piece.text.replaceAll('\r\n', '\n');
    const own = text.slice(at, at + written.length);
    const isSame = own === written.slice(0, own.length) || own.trim() === written.trim();
    if (!isSame) return undefined;
    exact.push({ text: own, offset: piece.offset });
    at += written.length;
  }
  return text.slice(at).trim() === '' ? exact.filter((piece) => piece.text !== '') : undefined;
}

/** A quoted scalar on one line, in pieces between its escapes; undefined where one of these stands for several characters. */
function escapedPieces({ span: { start, end }, document }: Value, { type }: Scalar): Piece[] | undefined {
  const written = document.text.slice(start + 1, end - 1);
  if (written.includes('\n')) return undefined;
  if (type === Scalar.QUOTE_SINGLE)
    return [...written.matchAll(/[^']+|'(?=')/g)].map((match) => ({
      text: match[0],
      offset: start + 1 + match.index,
    }));
  const pieces: Piece[] = [];
  for (const { 0: part, index } of written.matchAll(/[^\\]+|\\./g)) {
    const escaped = part.startsWith('\\') ? ESCAPES[part[1] as keyof typeof ESCAPES] : part;
    if (escaped === undefined) return undefined;
    pieces.push({ text: escaped, offset: start + 1 + index + (part.startsWith('\\') ? 1 : 0) });
  }
  return pieces;
}

/** Escapes of one character. Source: YAML 1.2, 5.7 "Escaped Characters". */
const ESCAPES = { '"': '"', '\\': '\\', '/': '/', n: '\n', t: '\t' };

/** The lines of a scalar, with their offsets in the text of its document. */
function piecesOf({ span: { start, end }, document }: Value, { type, value }: Scalar): Piece[] | undefined {
  if (type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED)
    return blockLines(document.text, start, end, type === Scalar.BLOCK_FOLDED);
  const quote = type === Scalar.PLAIN ? 0 : 1;
  const written = document.text.slice(start + quote, end - quote);
  if (written === String(value)) return [{ text: written, offset: start + quote }];
  const isFolded = type === Scalar.PLAIN && written.includes('\n');
  return isFolded ? foldedLines(written, start) : undefined;
}

/** The lines below a block scalar's header without their indentation; folded ones are joined by blanks. */
function blockLines(text: string, start: number, end: number, isFolded: boolean): Piece[] {
  const first = nextLine(text, start);
  const explicit = /^[|>][+-]?([1-9])/.exec(text.slice(start, lineEnd(text, start)));
  const indent = explicit ? undefined : /^(?:[ \t]*\r?\n)*( *)/.exec(text.slice(first, end))?.[1]?.length;
  if (indent === undefined) return [];
  const pieces: Piece[] = [];
  for (let at = first; at < end; at = nextLine(text, at)) {
    const stop = Math.min(nextLine(text, at), end);
    const from = Math.min(at + indent, lineEnd(text, at));
    const line = text.slice(from, stop);
    pieces.push({ text: isFolded ? line.replace(/\r?\n$/, ' ') : line, offset: from });
  }
  return pieces;
}

/** The lines of a plain scalar, joined by blanks. */
function foldedLines(written: string, offset: number): Piece[] {
  const pieces: Piece[] = [];
  for (const match of written.matchAll(/[^\n]+/g)) {
    const line = match[0];
    const from = line.length - line.trimStart().length;
    pieces.push({ text: `${line.trim()} `, offset: offset + match.index + from });
  }
  return pieces;
}

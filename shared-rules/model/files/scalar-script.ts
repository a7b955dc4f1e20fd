import { isScalar, Scalar } from 'yaml';
import { DerivedText, type Piece } from '../../language/derived-text.ts';
import { lineEnd, nextLine } from '../../language/text.ts';
import type { Value } from '../../language/yaml/value.ts';

/** A YAML scalar as a script. Undefined for anything else, and where escapes hide what it says. */
export function scalarScript(value: Value | undefined): DerivedText | undefined {
  const pieces =
    value && isScalar(value.node) && !value.isNull && !value.shared ? piecesOf(value, value.node) : undefined;
  const inFile = (offset: number) => value!.document.inFile({ start: offset, end: offset }).start;
  return pieces && new DerivedText(pieces.map(({ text, offset }) => ({ text, offset: inFile(offset) })));
}

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

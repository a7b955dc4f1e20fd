import { isScalar, Scalar } from 'yaml';
import { DerivedText, type Piece } from '../../language/derived-text.ts';
import { lineEnd, nextLine } from '../../language/text.ts';
import type { Value } from '../../language/yaml/value.ts';

/**
 * A YAML scalar as a script. Undefined for anything else, and where escapes hide what it says.
 * @param file the whole file
 */
export function scalarScript(value: Value | undefined, file: string): DerivedText | undefined {
  if (!value || !isScalar(value.node) || value.isNull || value.shared) return undefined;
  const { type, value: text } = value.node;
  const { start, end } = value.range;
  if (type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED) {
    return new DerivedText(blockLines(file, start, end, type === Scalar.BLOCK_FOLDED));
  }
  const quote = type === Scalar.PLAIN ? 0 : 1;
  const written = file.slice(start + quote, end - quote);
  if (written === String(text)) return new DerivedText([{ text: written, offset: start + quote }]);
  const isFolded = type === Scalar.PLAIN && written.includes('\n');
  return isFolded ? new DerivedText(foldedLines(written, start)) : undefined;
}

/** The lines below a block scalar's header without their indentation; folded ones are joined by blanks. */
function blockLines(file: string, start: number, end: number, isFolded: boolean): Piece[] {
  const first = nextLine(file, start);
  const explicit = /^[|>][+-]?([1-9])/.exec(file.slice(start, lineEnd(file, start)));
  const indent = explicit ? undefined : /^(?:[ \t]*\r?\n)*( *)/.exec(file.slice(first, end))?.[1]?.length;
  if (indent === undefined) return [];
  const pieces: Piece[] = [];
  for (let at = first; at < end; at = nextLine(file, at)) {
    const stop = Math.min(nextLine(file, at), end);
    const from = Math.min(at + indent, lineEnd(file, at));
    const line = file.slice(from, stop);
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

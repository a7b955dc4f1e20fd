import type { Range } from '../text.ts';

/**
 * The ranges of the YAML documents in a text, which can be read one by one: each begins at its `---` marker, the first at
 * 0, with the comments before it. A marker counts only at the start of a line, where YAML lets it end every other construct;
 * so an unclosed quote or bracket in one document hides nothing of the next. A text that is read as a whole is one range.
 */
export function splitDocuments(text: string): Range[] {
  const starts = [0];
  for (let at = text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 1))
    if (isMarkerEnd(text[at + 4])) starts.push(at + 1);
  if (starts.length === 1 || isReadWhole(text)) return [{ start: 0, end: text.length }];
  if (HOLDS_NOTHING.test(text.slice(0, starts[1]))) starts.splice(1, 1);
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

/**
 * Whether a text may hold what decides about the documents behind it: a directive, or a `...` that ends a document, behind
 * which directives may stand.
 */
export function isReadWhole(text: string): boolean {
  if (/^\uFEFF?%/.test(text) || text.includes('\n%')) return true;
  for (let at = text.indexOf('\n...'); at >= 0; at = text.indexOf('\n...', at + 1))
    if (isMarkerEnd(text[at + 4])) return true;
  return /^\uFEFF?\.\.\.(?:\s|$)/.test(text);
}

/** Whether a document's `---` marker stands at an offset. */
export function isMarkerAt(text: string, offset: number): boolean {
  const isLineStart = offset === 0 || text[offset - 1] === '\n';
  return isLineStart && text.startsWith('---', offset) && isMarkerEnd(text[offset + 3]);
}

function isMarkerEnd(character: string | undefined): boolean {
  return character === undefined || ' \t\r\n'.includes(character);
}

/** Blank lines and comments. */
const HOLDS_NOTHING = /^\uFEFF?(?:[ \t]*(?:#[^\n]*|\r?)\n)*$/;

import { isCollection, isScalar, Scalar } from 'yaml';
import { lineEnd, type TextEdit } from '../text.ts';
import { insertEntries, nextDocument } from './entry-insertion.ts';
import { removeEntries } from './entry-removal.ts';
import type { Replacement, Settled } from './settle.ts';
import { type FileStyle, styleOf } from './style.ts';
import type { Value } from './value.ts';

/** The text edits of settled changes; undefined where the text is written in a way no edit can be trusted in. */
export function editsFor(text: string, settled: Settled): TextEdit[] | undefined {
  const { range, root } = settled.document;
  const style = styleOf(text.slice(range.start, range.end), root?.node);
  const edits: (TextEdit[] | undefined)[] = [
    ...[...settled.removed.values()].map((removal) =>
      removeEntries(text, removal, { offset: range.start, isRefilled: settled.added.has(removal.node) }),
    ),
    ...[...settled.replaced.values()].map((replacement) => replaceScalar(replacement, style)),
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

function replaceScalar({ scalar, text, isPlain }: Replacement, style: FileStyle): TextEdit[] | undefined {
  const { node } = scalar;
  if (!isScalar(node) || node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL) return undefined;
  const own = node.type === Scalar.QUOTE_DOUBLE ? '"' : node.type === Scalar.QUOTE_SINGLE ? "'" : '';
  const quote = isPlain ? '' : own || (isInFlow(scalar) && /[,[\]{}]/.test(text) ? style.quote : '');
  return [{ range: scalar.span, newText: quote + text + quote }];
}

/** Whether a value stands between brackets, where a comma ends a scalar without quotes. */
function isInFlow({ parent }: Value): boolean {
  return isCollection(parent?.node) && parent.node.flow === true;
}

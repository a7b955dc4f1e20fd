import type { TextEdit } from '../text.ts';

/**
 * Line ends of YAML 1.1 beside LF and CRLF: a carriage return by itself, NEL, and the separators of lines and paragraphs.
 * go-yaml (kubectl, Helm, Compose) ends a line at each of them.
 */
const OTHER_LINE_ENDS = /\r(?!\n)|[\u0085\u2028\u2029]/g;

/** Whether a text has line ends beside LF and CRLF. */
export function hasOtherLineEnds(text: string): boolean {
  return text.search(OTHER_LINE_ENDS) >= 0;
}

/** A byte order mark behind a marker, as in files that were joined: kubectl and Helm read each document by itself. */
const MARK_BEHIND_MARKER = /^(---[^\r\n\u2028\u2029]*)(\r?\n)\uFEFF/gm;

/**
 * A text as YAML reads its lines: every line end beside LF and CRLF is an LF, and a byte order mark that begins a document
 * does not belong to its first key. It is as long as it was.
 */
export function withLineFeeds(text: string): string {
  const lines = hasOtherLineEnds(text) ? text.replaceAll(OTHER_LINE_ENDS, '\n') : text;
  return lines.includes('\uFEFF', 1) ? lines.replaceAll(MARK_BEHIND_MARKER, '$1 $2') : lines;
}

/**
 * Edits of a text that were made for its lines as edits of the text itself: lines that are added end as its own do.
 * @param lines as `withLineFeeds` gives them, or the text
 * @returns undefined where an edit would write a part of the text again in which there are line ends of several kinds.
 */
export function withOwnLineEnds(
  text: string,
  lines: string,
  edits: readonly TextEdit[],
): readonly TextEdit[] | undefined {
  if (lines === text) return edits;
  const lineEnd = text.includes('\n') ? '\n' : (text.match(OTHER_LINE_ENDS)?.[0] ?? '\n');
  const isLost = ({ range, newText }: TextEdit) =>
    newText !== '' &&
    text
      .slice(range.start, range.end)
      .match(OTHER_LINE_ENDS)
      ?.some((other) => other !== lineEnd);
  return edits.some(isLost)
    ? undefined
    : edits.map(({ range, newText }) => ({ range, newText: newText.replaceAll('\n', lineEnd) }));
}

import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from '../../shared-rules/index.ts';
import { terminalText } from '../sinks/terminal.ts';
import { withoutMark } from '../workspace/read-file.ts';

/** More lines than this of one range say nothing more. */
const MOST_LINES = 4;
/** Longer lines are cut to this around what is marked, in characters. */
const WIDEST = 120;
const BEFORE_MARK = 40;

/** A line of a text as it is shown, or the marks below it. */
export interface FrameLine {
  /** The number of the line, counted from 1; undefined for marks. */
  readonly number: number | undefined;
  readonly text: string;
}

/** The lines a range stands in and one on each side, with carets below exactly what it covers. */
export function codeFrame(document: TextDocument, { start, end }: Range): FrameLine[] {
  const [first, last] = [document.positionAt(start), document.positionAt(Math.max(start, end))];
  const shown = Math.min(last.line, first.line + MOST_LINES - 1);
  const frame: FrameLine[] = [];
  for (let line = Math.max(0, first.line - 1); line <= Math.min(shown + 1, document.lineCount - 1); line++) {
    const whole = lineText(document, line);
    const text = withoutMark(whole);
    const mark = whole.length - text.length;
    const isMarked = first.line <= line && line <= shown;
    if (!isMarked && text.trim() === '') continue;
    const from = line === first.line ? Math.max(0, first.character - mark) : text.length - text.trimStart().length;
    const to = line === last.line ? last.character - mark : text.trimEnd().length;
    const cut = cutAround(text, isMarked ? from : 0);
    // Of the same length, and as wide as it is shown.
    const seen = terminalText(cut.text);
    frame.push({ number: line + 1, text: seen });
    if (!isMarked || (to <= from && line !== first.line)) continue;
    const [left, right] = [from - cut.start, Math.min(Math.max(to, from + 1) - cut.start, cut.text.length + 1)];
    const carets = Math.max(1, widthOf(seen.slice(left, right)));
    frame.push({ number: undefined, text: blanksFor(seen.slice(0, left)) + '^'.repeat(carets) });
  }
  return frame;
}

function lineText(document: TextDocument, line: number): string {
  const start = { line, character: 0 };
  const text = document.getText({ start, end: { line: line + 1, character: 0 } });
  return text.replace(/\r?\n$|\r$/, '');
}

/** A part of a long line, with `start` for what its first character is in the whole one. */
function cutAround(text: string, at: number): { text: string; start: number } {
  if (text.length <= WIDEST) return { text, start: 0 };
  const start = Math.max(0, Math.min(at - BEFORE_MARK, text.length - WIDEST));
  const end = start + WIDEST;
  const part = `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
  return { text: part, start: start > 0 ? start - 1 : 0 };
}

/** Blanks as wide as a text; tabs stay, so that they are as wide as those above. */
function blanksFor(text: string): string {
  return [...text].map((character) => (character === '\t' ? '\t' : ' '.repeat(widthOf(character)))).join('');
}

/** How many columns a terminal gives a text. */
function widthOf(text: string): number {
  return [...text].reduce(
    (sum, character) => sum + (TAKES_NONE.test(character) ? 0 : TAKES_TWO.test(character) ? 2 : 1),
    0,
  );
}

const TAKES_NONE = /^[\p{Mn}\p{Me}\u200B-\u200D\uFEFF]$/u;
/** Unicode's East Asian Width W and F, by their large blocks. */
const TAKES_TWO =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}\p{Emoji_Presentation}]$/u;

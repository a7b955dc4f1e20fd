import { lineEnd, lineStart } from '../text.ts';
import { UNKNOWN_CHARACTER } from '../unknown.ts';
import type { Action } from './actions.ts';
import { opensBlock } from './branches.ts';
import type { Fill, MovedText } from './fill.ts';

/** Whether a reading takes the branch that begins at an offset, if one does. */
type TakesAt = (start: number) => boolean;

/** A part of a line that a reading may show: text between actions, or what an action prints. */
interface Shown {
  readonly text: string;
  readonly offset: number;
}

/**
 * A line that begins with actions, as `{{ if .x }}hostNetwork: true{{ end }}`: what is printed of it begins where the
 * first action stands. A comment at its end stays where it is.
 */
export function inlineLine(text: string, line: readonly Action[], takesAt: TakesAt): Fill {
  const start = (line[0] as Action).start;
  const rest = (line.at(-1) as Action).end;
  const end = /^[ \t]*#/.test(text.slice(rest, lineEnd(text, rest))) ? rest : lineEnd(text, rest);
  const moved: MovedText[] = [];
  let by = '';
  for (const shown of shownIn(text, line, end, takesAt)) {
    const at = start + by.length;
    moved.push({ start: at, end: at + shown.text.length, by: shown.offset - at });
    by += shown.text;
  }
  return { start, end, by: by.padEnd(end - start), moved };
}

/** What a reading shows of a line, from its first action to an offset. */
function shownIn(text: string, line: readonly Action[], end: number, takesAt: TakesAt): Shown[] {
  const shown: Shown[] = [];
  /** Of each block that is open: whether its branch is taken. */
  const open: boolean[] = [];
  for (const [index, action] of line.entries()) {
    if (action.prints && !open.includes(false))
      shown.push({ text: UNKNOWN_CHARACTER.repeat(action.end - action.start), offset: action.start });
    if (action.word === 'else' || action.word === 'end') open.pop();
    if (action.word === 'else' || opensBlock(action)) open.push(takesAt(action.end));
    const next = line[index + 1];
    const segment = segmentBetween(text, action, next?.start ?? end);
    if (segment.text !== '' && !open.includes(false)) shown.push(segment);
  }
  return shown;
}

/** The text behind an action; `-}}` and `{{-` take the blanks beside them away. */
function segmentBetween(text: string, action: Action, end: number): Shown {
  const written = text.slice(action.end, end);
  const trimmed = text[action.end - 3] === '-' ? written.trimStart() : written;
  const isTrimmedBehind = text.startsWith('{{-', end);
  return {
    text: isTrimmedBehind ? trimmed.trimEnd() : trimmed,
    offset: action.end + written.length - trimmed.length,
  };
}

/**
 * Blocks in a line that print whole values, items or entries between brackets, as `hostNetwork: {{ if .x }}true{{ end }}`.
 * Undefined where they print a part of one.
 */
export function valueBlocks(text: string, line: readonly Action[], takesAt: TakesAt): Fill[] | undefined {
  const [first, last] = [line[0] as Action, line.at(-1) as Action];
  const branches = branchesIn(text, line);
  if (!branches) return undefined;
  const before = text.slice(lineStart(text, first.start), first.start);
  const behind = text.slice(last.end, lineEnd(text, last.end));
  const begins = /(?:[:-][ \t]+|[,[{][ \t]*)$/.test(before) || branches.every((branch) => /^[ \t]*,/.test(branch.text));
  const ends = /^[ \t]*(?:[,\]}]|$)|^[ \t]+#/.test(behind) || branches.every((branch) => /,[ \t]*$/.test(branch.text));
  if (!begins || !ends) return undefined;
  const masks = line.map(({ start, end, prints }): Fill => ({ start, end, by: prints ? UNKNOWN_CHARACTER : ' ' }));
  const untaken = branches
    .filter(({ start, text: own }) => own !== '' && !takesAt(start))
    .map(({ start, end }): Fill => ({ start, end, by: ' ' }));
  return [...masks, ...untaken].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The branches of blocks that follow each other in a line; undefined where something else stands among them. */
function branchesIn(text: string, line: readonly Action[]) {
  const branches: { start: number; end: number; text: string }[] = [];
  let from: number | undefined;
  for (const [index, action] of line.entries()) {
    // Nothing stands between blocks, and no block in a block.
    if (opensBlock(action) === (from !== undefined)) return undefined;
    if (from !== undefined && (action.word === 'else' || action.word === 'end')) {
      branches.push({ start: from, end: action.start, text: text.slice(from, action.start) });
      from = undefined;
    }
    if (action.word !== 'end' && !action.prints) from ??= action.end;
    const gap = text.slice(action.end, line[index + 1]?.start ?? action.end);
    if (from === undefined && gap.trim() !== '') return undefined;
  }
  return from === undefined ? branches : undefined;
}

import { lastAtOrBefore } from '../search.ts';
import { contains, lineEnd, lineStart, nextLine, type Range } from '../text.ts';
import type { Template } from './template.ts';

/** A line of a template that prints entries nobody can read in this reading of it. */
export interface Insertion {
  readonly offset: number;
  /** The column in which the entries will stand. */
  readonly column: number;
  /** The key it prints, where another branch of the template shows it; undefined where it may be any. */
  readonly key: string | undefined;
}

/**
 * What a template prints beside what one of its readings shows: actions on a line of their own, such as
 * `{{- toYaml .Values.more | nindent 6 }}`, and the lines of branches that the reading does not take.
 */
export function insertionsIn({ text, actions, branches }: Template, reading: string, within: Range): Insertion[] {
  const shownFrom = seekShown(reading);
  const isHidden = ({ start, end }: Range) => shownFrom(start) >= end;
  const printed = actions
    .filter((action) => action.prints && contains(within, action) && isHidden(action))
    .map((action) => {
      const indent = /\bn?indent\s+(\d+)/.exec(action.code)?.[1];
      const own = action.start - lineStart(text, action.start);
      return { offset: action.start, column: indent === undefined ? own : Number(indent), key: undefined };
    });
  const untaken = outermost(branches.filter((branch) => contains(within, branch) && isHidden(branch)));
  const all = [...printed, ...untaken.flatMap((branch) => keysIn(text, branch))];
  return all.sort((a, b) => a.offset - b.offset);
}

/** Insertions from an offset to another, of those that `insertionsIn` gives. */
export function insertionsBetween(all: readonly Insertion[], { start, end }: Range): readonly Insertion[] {
  const firstAt = (offset: number) => {
    const before = lastAtOrBefore(all.length, (index) => all[index]!.offset, offset - 1);
    return all.length > 0 && all[before]!.offset < offset ? before + 1 : before;
  };
  return all.slice(firstAt(start), firstAt(end));
}

/** Finds the next character that is no blank; in a run of blanks it is looked for once, while the offsets ascend. */
function seekShown(text: string): (offset: number) => number {
  const shown = /\S/g;
  let run: Range = { start: 0, end: -1 };
  return (offset) => {
    if (offset < run.start || offset > run.end) {
      shown.lastIndex = offset;
      run = { start: offset, end: shown.exec(text)?.index ?? text.length };
    }
    return run.end;
  };
}

/** Without the ranges that are in another one. */
function outermost<T extends Range>(ranges: readonly T[]): T[] {
  let end = -1;
  return ranges
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter((range) => {
      const isOuter = range.end > end;
      end = Math.max(end, range.end);
      return isOuter;
    });
}

/** The keys that lines of a branch begin with. */
function keysIn(text: string, { start, end }: Range): Insertion[] {
  return [...text.slice(start, end).matchAll(/^( *(?:- +)*)([\w./-]+)[ \t]*:/gm)].map((match) => ({
    offset: start + match.index,
    column: (match[1] as string).length,
    key: match[2] as string,
  }));
}

/**
 * Where entries of a block collection may stand: from the line behind the one written before it, to the first line
 * that stands further left.
 * @param column that of its entries
 */
export function extentOf(text: string, start: number, column: number, isSequence: boolean): Range {
  let from = lineStart(text, start);
  while (from > 0 && isBlank(text, lineStart(text, from - 1))) from = lineStart(text, from - 1);
  let to = nextLine(text, start);
  while (to < text.length && !endsBlock(text, to, column, isSequence)) to = nextLine(text, to);
  return { start: from, end: to };
}

/** The lines behind an offset's line up to the next one that says something. */
export function gapBehind(text: string, offset: number): Range {
  let to = nextLine(text, offset);
  while (to < text.length && isBlank(text, to)) to = nextLine(text, to);
  return { start: offset, end: to };
}

function endsBlock(text: string, line: number, column: number, isSequence: boolean): boolean {
  if (isBlank(text, line)) return false;
  const own = /^ */.exec(text.slice(line, lineEnd(text, line)))?.[0].length ?? 0;
  return own < column || (isSequence && own === column && text[line + own] !== '-');
}

function isBlank(text: string, line: number): boolean {
  return /^\s*(?:#.*)?$/.test(text.slice(line, lineEnd(text, line)));
}

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
  const isHidden = ({ start, end }: Range) => reading.slice(start, end).trim() === '';
  const printed = actions
    .filter((action) => action.prints && contains(within, action) && isHidden(action))
    .map((action) => {
      const indent = /\bn?indent\s+(\d+)/.exec(action.code)?.[1];
      const own = action.start - lineStart(text, action.start);
      return { offset: action.start, column: indent === undefined ? own : Number(indent), key: undefined };
    });
  const untaken = branches.filter((branch) => contains(within, branch) && isHidden(branch));
  return [...printed, ...untaken.flatMap((branch) => keysIn(text, branch))];
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

import { lineEnd, lineStart, nextLine, type Range, type TextEdit } from '../text.ts';
import { UNKNOWN_CHARACTER } from '../unknown.ts';
import type { Action } from './actions.ts';
import type { Branch } from './branches.ts';
import { type Fill, filled, type MovedText } from './fill.ts';
import { inlineLine, valueBlocks } from './inline-blocks.ts';

/**
 * What a template may print, in the length and the lines of its text: actions are masked, and so are branches that it does
 * not take. Text behind an action that prints nothing moves to its place, where it decides in which column a key stands.
 */
export class TemplateReading {
  /** Which of a template's readings it is, from 0: it takes the branch of that index of each block, or the last one. */
  readonly index: number;
  readonly text: string;
  readonly #moved: readonly MovedText[];

  constructor(index: number, text: string, moved: readonly MovedText[]) {
    this.index = index;
    this.text = text;
    this.#moved = moved;
  }

  /** Where a range of the reading is written in the file. */
  inFile({ start, end }: Range): Range {
    if (this.#moved.length === 0) return { start, end };
    const from = start + this.#shiftAt(start);
    return { start: from, end: start === end ? from : end + this.#shiftAt(end - 1) };
  }

  editsInFile(edits: readonly TextEdit[]): TextEdit[] {
    return edits.map(({ range, newText }) => ({ range: this.inFile(range), newText }));
  }

  #shiftAt(offset: number): number {
    return this.#moved.find(({ start, end }) => start <= offset && offset < end)?.by ?? 0;
  }
}

/** Makes the readings of one template. */
export class ReadingMaker {
  readonly #text: string;
  readonly #lines: readonly (readonly Action[])[];
  readonly #branches: readonly Branch[];
  /** By where they begin. */
  readonly #byStart: ReadonlyMap<number, Branch>;

  constructor(text: string, actions: readonly Action[], branches: readonly Branch[]) {
    this.#text = text;
    this.#lines = groupByLine(text, actions);
    this.#branches = branches;
    this.#byStart = new Map(branches.map((branch) => [branch.start, branch]));
  }

  /** @param off branches that are not taken */
  make(index: number, off: ReadonlySet<Branch> = new Set()): TemplateReading {
    const isTaken = (branch: Branch) => !off.has(branch) && branch.index === Math.min(index, branch.of - 1);
    const takesAt = (start: number) => {
      const branch = this.#byStart.get(start);
      return branch === undefined || isTaken(branch);
    };
    const fills = this.#lines.flatMap((line) => maskLine(this.#text, line, takesAt));
    const untaken = this.#branches
      .filter((branch) => !isTaken(branch) && this.#text.slice(branch.start, branch.end).includes('\n'))
      .map(({ start, end }) => ({ start, end, by: ' ' }));
    const moved = fills.flatMap((fill) => fill.moved ?? []);
    return new TemplateReading(index, filled(filled(this.#text, fills), untaken), moved);
  }
}

/** Actions that share a line, directly or through an action that spans several, lie in one group. */
function groupByLine(text: string, actions: readonly Action[]): Action[][] {
  const groups: Action[][] = [];
  let groupEnd = -1;
  for (const action of actions) {
    if (action.start < groupEnd) groups.at(-1)?.push(action);
    else groups.push([action]);
    groupEnd = nextLine(text, action.end - 1);
  }
  return groups;
}

/**
 * Masks the actions of one line by what they leave in the output: nothing (blanks), or text nobody knows
 * (UNKNOWN_CHARACTER). Of text between `if` and `end` a reading shows one branch where that is a whole key, item or value;
 * where it is a part of one, that is not known.
 */
function maskLine(text: string, line: readonly Action[], takesAt: (start: number) => boolean): Fill[] {
  const first = line[0] as Action;
  const last = line.at(-1) as Action;
  const prefix = text.slice(lineStart(text, first.start), first.start);
  const mask = ({ start, end, prints }: Action): Fill => ({ start, end, by: prints ? UNKNOWN_CHARACTER : ' ' });
  if (makesLines(text, line)) return line.map(({ start, end }) => ({ start, end, by: ' ' }));
  const isOneLine = !text.slice(first.start, last.end).includes('\n');
  const hasControl = line.some((action) => !action.prints);
  if (!hasControl || standsAlone(text, line)) return line.map(mask);
  const opensLine = /^\s*(?:- +)*$/.test(prefix);
  if (opensLine) return isOneLine ? [inlineLine(text, line, takesAt)] : line.map(mask);
  return (
    (isOneLine && valueBlocks(text, line, takesAt)) || [{ start: first.start, end: last.end, by: UNKNOWN_CHARACTER }]
  );
}

/** Whether nothing but blanks stands between the actions of a line and behind them. */
function standsAlone(text: string, line: readonly Action[]): boolean {
  const between = line.map((action, index) =>
    text.slice(action.end, line[index + 1]?.start ?? lineEnd(text, action.end)),
  );
  return between.every((gap) => gap.trim() === '');
}

/** Whether the actions of a line leave lines of their own in the output, or none. */
function makesLines(text: string, line: readonly Action[]): boolean {
  const start = (line[0] as Action).start;
  const prefix = text.slice(lineStart(text, start), start);
  return standsAlone(text, line) && (prefix.trim() === '' || bringsBlock(text, prefix, line.at(-1) as Action));
}

/** Whether an action at the end of `key:` prints the block below it, whose visible part goes on in deeper lines. */
function bringsBlock(text: string, prefix: string, action: Action): boolean {
  if (!/:\s*$/.test(prefix) || !action.prints) return false;
  const indent = /^\s*/.exec(prefix)?.[0].length ?? 0;
  const rest = text.slice(nextLine(text, action.end - 1));
  const next = /^(?![ \t]*(?:\r?\n|#|\{\{))([ \t]*)\S/m.exec(rest);
  return next?.[1] !== undefined && next[1].length > indent;
}

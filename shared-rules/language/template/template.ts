import { lineEnd, lineStart, nextLine, type Range, type TextEdit, withoutBetween } from '../text.ts';
import { UNKNOWN_CHARACTER } from '../unknown.ts';

/** A Go template action, `{{ … }}`, in a Helm template. */
interface Action extends Range {
  /** The first word of the action; empty for a comment. */
  readonly word: string;
  readonly code: string;
  /** Whether it prints something; `if`, `end`, comments and assignments do not. */
  readonly prints: boolean;
}

/** One branch of an `if`, `with` or `range`: the text between two of its actions. */
interface Branch extends Range {
  /** Which branch of its block, counted from 0. */
  readonly index: number;
  /** How many branches the block has. */
  readonly of: number;
  /** The action that opened it, such as `if .Values.hostNetwork`. */
  readonly condition: string;
}

/** An action that may add keys or items to the collection it stands in. */
export interface Supplier extends Range {
  /** The column that what it prints begins at, where it says so by `nindent` or `indent`. */
  readonly column: number | undefined;
}

/** A text with Go template actions, made readable as YAML. */
export interface Template {
  readonly text: string;
  /**
   * The text with every action masked, at the same length, so that ranges stay true. There is more than one
   * where a block has `else`: each takes other branches, and a finding in any of them counts.
   */
  readonly readings: readonly string[];
  /** Where the actions stand; an edit must not touch them. */
  readonly actions: readonly Action[];
  /** The branches that decide whether a place is part of the output. */
  readonly branches: readonly Branch[];
  /** What prints text that nobody knows, and `else`, behind which stands what another reading shows. */
  readonly suppliers: readonly Supplier[];
}

const SILENT_WORDS = new Set(['if', 'else', 'end', 'range', 'with', 'define', 'block', 'break', 'continue', '']);
const BLOCK_WORDS = new Set(['if', 'range', 'with', 'define', 'block']);
const MOST_READINGS = 4;

/** Masks Go template actions; undefined for a text without any. */
export function readTemplate(text: string): Template | undefined {
  if (!text.includes('{{')) return undefined;
  const actions = findActions(text);
  if (actions.length === 0) return undefined;
  const branches = findBranches(actions);
  const count = Math.min(MOST_READINGS, Math.max(1, ...branches.map((branch) => branch.of)));
  const masked = filled(
    text,
    groupByLine(text, actions).flatMap((line) => maskLine(text, line)),
  );
  const readings = Array.from({ length: count }, (_, reading) => filled(masked, untaken(masked, branches, reading)));
  const suppliers = actions.filter(({ prints, word }) => prints || word === 'else').map(toSupplier);
  return { text, readings, actions, branches, suppliers };
}

/** The action text of the innermost branch around `inner` that lies within `outer`, such as `if .Values.debug`. */
export function conditionBetween(template: Template, outer: Range, inner: Range): string | undefined {
  return template.branches.findLast(
    (branch) => branch.start > outer.start && branch.start <= inner.start && inner.end <= branch.end,
  )?.condition;
}

function toSupplier({ start, end, code }: Action): Supplier {
  const column = /\bn?indent\s+(\d+)\s*\)*$/.exec(code)?.[1];
  return { start, end, column: column === undefined ? undefined : Number(column) };
}

/**
 * Whether an edit of whole lines would part an entry from what an action behind it prints for it: text that comes
 * between them would get the output, and an entry that goes would leave it to what stands above.
 */
export function partsFromOutput(text: string, template: Template, { range, newText }: TextEdit): boolean {
  const isAdded = /^\r?\n/.test(newText);
  const removed = text.slice(range.start, range.end);
  if (!isAdded && !removed.includes('\n')) return false;
  const next = template.suppliers.find(({ start }) => start >= range.end);
  if (!next || visibleText(text.slice(range.end, next.start)) !== '') return false;
  if (next.column === undefined) return true;
  const lines = isAdded ? newText : text.slice(lineStart(text, range.start), range.end);
  const column = /^\s*\n( *)|^( *)/.exec(lines)!.slice(1).join('').length;
  // The items of a list may stand in the column of its key.
  const isFlushList = !isAdded && new RegExp(`\\n {${column}}-`).test(removed) && !removed.trimStart().startsWith('-');
  return next.column > column || (next.column === column && isFlushList);
}

/** What is left of a text without actions and comments. */
function visibleText(text: string): string {
  return withoutBetween(text, '{{', '}}').replace(/#.*/g, '').trim();
}

function findActions(text: string): Action[] {
  const actions: Action[] = [];
  for (let start = text.indexOf('{{'); start >= 0; ) {
    const end = actionEnd(text, start);
    if (end === undefined) break;
    actions.push(toAction(text, start, end));
    start = text.indexOf('{{', end);
  }
  return actions;
}

/** The offset behind the action's `}}`; braces inside its comments and string literals do not count. */
function actionEnd(text: string, start: number): number | undefined {
  const comment = /^\{\{-?\s*\/\*/.exec(text.slice(start, start + 20));
  if (comment) {
    const close = text.indexOf('*/', start + comment[0].length);
    const end = close < 0 ? -1 : text.indexOf('}}', close);
    return end < 0 ? undefined : end + 2;
  }
  const token = /["`]|\}\}/g;
  token.lastIndex = start + 2;
  // What ends the line before a string is closed does so for every string that begins on the way.
  let unclosed = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (found[0] === '}}') return token.lastIndex;
    const end = found[0] === '`' ? text.indexOf('`', token.lastIndex) : stringEnd(text, token.lastIndex);
    const isClosed = end >= unclosed && text[end] === found[0];
    if (isClosed) token.lastIndex = end + 1;
    else unclosed = Math.max(unclosed, end);
  }
  return undefined;
}

/** Where a string literal is closed, or the end of its line. */
function stringEnd(text: string, start: number): number {
  const content = /(?:[^"\\\n]|\\.)*/y;
  content.lastIndex = start;
  content.test(text);
  return content.lastIndex;
}

function toAction(text: string, start: number, end: number): Action {
  const code = text
    .slice(start + 2, end - 2)
    .replace(/^-/, '')
    .replace(/-$/, '')
    .trim();
  const isComment = code.startsWith('/*');
  const word = isComment ? '' : (/^\w*/.exec(code)?.[0] ?? '');
  const isAssignment = /^\$\w*(?:\s*,\s*\$\w+)?\s*:?=/.test(code);
  return { start, end, word, code, prints: !isComment && !isAssignment && (word === '' || !SILENT_WORDS.has(word)) };
}

function findBranches(actions: readonly Action[]): Branch[] {
  const branches: Branch[] = [];
  const open: { opener: Action; cuts: Action[] }[] = [];
  for (const action of actions) {
    if (BLOCK_WORDS.has(action.word)) open.push({ opener: action, cuts: [action] });
    else if (action.word === 'else') open.at(-1)?.cuts.push(action);
    else if (action.word === 'end') {
      const block = open.pop();
      if (!block || block.opener.word === 'define' || block.opener.word === 'block') continue;
      const cuts = [...block.cuts, action];
      for (let index = 0; index + 1 < cuts.length; index++) {
        const [from, to] = [cuts[index] as Action, cuts[index + 1] as Action];
        const condition = from.word === 'else' ? `else of ${block.opener.code}` : from.code;
        branches.push({ start: from.end, end: to.start, index, of: cuts.length - 1, condition });
      }
    }
  }
  return branches.sort((a, b) => a.start - b.start);
}

/** What a part of a text is overwritten with. */
interface Fill extends Range {
  readonly character: string;
}

/** The branches that a reading does not take; what stands on one line is left, since it may be part of a value. */
function untaken(text: string, branches: readonly Branch[], reading: number): Fill[] {
  const isTaken = ({ index, of }: Branch) => index === Math.min(reading, of - 1);
  return branches
    .filter((branch) => !isTaken(branch) && text.slice(branch.start, branch.end).includes('\n'))
    .map(({ start, end }) => ({ start, end, character: ' ' }));
}

/** A text of the same length and the same lines. The fills are in the order of their starts. */
function filled(text: string, fills: readonly Fill[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, character } of fills) {
    const from = Math.max(at, start);
    if (end <= from) continue;
    result += text.slice(at, from) + text.slice(from, end).replace(/[^\r\n]/g, character);
    at = end;
  }
  return result + text.slice(at);
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
 * (UNKNOWN_CHARACTER). Text between `if` and `end` inside a value is not known either.
 */
function maskLine(text: string, line: readonly Action[]): Fill[] {
  const first = line[0] as Action;
  const last = line.at(-1) as Action;
  const prefix = text.slice(lineStart(text, first.start), first.start);
  const fill = ({ start, end }: Range, character: string): Fill => ({ start, end, character });
  if (makesLines(text, line)) return line.map((action) => fill(action, ' '));
  const opensLine = /^\s*(?:- +)*$/.test(prefix);
  if (!opensLine && !standsAlone(text, line) && line.some((action) => !action.prints))
    return [fill({ start: first.start, end: last.end }, UNKNOWN_CHARACTER)];
  return line.map((action) => fill(action, action.prints ? UNKNOWN_CHARACTER : ' '));
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

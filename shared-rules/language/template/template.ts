import { lineStart, type Range, type TextEdit, withoutBetween } from '../text.ts';
import { type Action, findActions } from './actions.ts';
import { type Branch, findBlocks } from './branches.ts';
import { ReadingMaker, type TemplateReading } from './reading.ts';

/** An action that may add keys or items to the collection it stands in. */
export interface Supplier extends Range {
  /** The column that what it prints begins at, where it says so by `nindent` or `indent`. */
  readonly column: number | undefined;
}

/** A text with Go template actions, made readable as YAML. */
export interface Template {
  readonly text: string;
  /**
   * What the text may print. There is more than one where a block has `else`: each takes other branches, and a finding in
   * any of them counts.
   */
  readonly readings: readonly TemplateReading[];
  /** The same reading without some of the branches it takes. */
  readonly without: (reading: TemplateReading, off: ReadonlySet<Branch>) => TemplateReading;
  /** Where the actions stand; an edit must not touch them. */
  readonly actions: readonly Action[];
  /** The branches that decide whether a place is part of the output. */
  readonly branches: readonly Branch[];
  /** The texts between `define` and `end`, each of which is a text of its own. */
  readonly definitions: readonly Range[];
  /** What prints text that nobody knows, and `else`, behind which stands what another reading shows. */
  readonly suppliers: readonly Supplier[];
}

const MOST_READINGS = 4;

/** Masks Go template actions; undefined for a text without any. */
export function readTemplate(text: string): Template | undefined {
  if (!text.includes('{{')) return undefined;
  const actions = findActions(text);
  if (actions.length === 0) return undefined;
  const { branches, definitions } = findBlocks(actions);
  const count = branches.reduce((most, { of }) => Math.min(MOST_READINGS, Math.max(most, of)), 1);
  const maker = new ReadingMaker(text, actions, branches);
  const readings = Array.from({ length: count }, (_, index) => maker.make(index));
  const suppliers = actions.filter(({ prints, word }) => prints || word === 'else').map(toSupplier);
  const without: Template['without'] = ({ index }, off) => maker.make(index, off);
  return { text, readings, without, actions, branches, definitions, suppliers };
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

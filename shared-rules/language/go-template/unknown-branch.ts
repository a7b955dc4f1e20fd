import type { Range } from '../text.ts';
import { UNKNOWN_CHARACTER } from '../unknown.ts';
import type { Data } from './data.ts';
import { unknown } from './data.ts';
import type { Expressions } from './expressions.ts';
import type { Command, Node, Operand, Pipeline } from './nodes.ts';
import { TemplateError } from './template-error.ts';

/** The functions that change the map they are given first. */
const CHANGING: ReadonlySet<string> = new Set([
  'set',
  'unset',
  'merge',
  'mergeOverwrite',
  'mustMerge',
  'mustMergeOverwrite',
]);

/** Marks as unknown what a branch changes that may run or not: the variables it assigns to and the maps it changes. */
export function markChanges(nodes: readonly Node[], dot: Data, expressions: Expressions): void {
  const reason = unknown('a condition');
  for (const pipeline of pipelinesOf(nodes)) {
    for (const name of pipeline.isAssignment ? pipeline.variables : []) {
      const variable = expressions.variables.findLast((one) => one.name === name);
      if (variable) variable.value = reason;
    }
    for (const { words } of pipeline.commands) {
      const [called, target] = words;
      if (called.kind !== 'identifier' || !CHANGING.has(called.name) || !target) continue;
      const changed = currentValue(target, dot, expressions);
      if (changed?.kind === 'dict') changed.unknown = reason;
    }
  }
}

/** The value of a variable or field as it is now. */
function currentValue(operand: Operand, dot: Data, expressions: Expressions): Data | undefined {
  if (operand.kind !== 'field' && operand.kind !== 'variable') return undefined;
  const command: Command = { range: operand.range, words: [operand] };
  try {
    return expressions.pipeline(dot, {
      kind: 'pipeline',
      range: operand.range,
      variables: [],
      isAssignment: false,
      commands: [command],
    });
  } catch (error) {
    // A variable of the branch itself.
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

function pipelinesOf(nodes: readonly Node[]): Pipeline[] {
  return nodes.flatMap((node) => {
    const own = 'pipeline' in node && node.pipeline ? withInner(node.pipeline) : [];
    return 'body' in node ? [...own, ...pipelinesOf(node.body), ...pipelinesOf(node.otherwise)] : own;
  });
}

function withInner(pipeline: Pipeline): Pipeline[] {
  const inner = pipeline.commands.flatMap(({ words }) =>
    words.flatMap((word) => (word.kind === 'pipeline' ? withInner(word) : [])),
  );
  return [pipeline, ...inner];
}

/** What it prints where it is not known whether, or how often, some nodes are executed: entries that nobody knows, or a text. */
export function unknownOutput(nodes: readonly Node[], textOf: (range: Range) => string): string {
  const texts = nodes.flatMap((node) => (node.kind === 'text' ? textOf(node.range) : []));
  const all = texts.join('');
  const line = /\n([ \t]*)(- )?\S/.exec(all);
  const end = /\n[ \t]*$/.test(texts.at(-1) ?? '') ? '\n' : '';
  if (/^[ \t]*\r?\n/.test(all) && line) return `\n${line[1]}${line[2] ? ITEM : ENTRY}${end}`;
  const spaces = all.trim() === '' ? indentationOf(nodes) : undefined;
  return spaces === undefined ? UNKNOWN_CHARACTER : `\n${' '.repeat(spaces)}${ENTRY}${end}`;
}

const ITEM = `- ${UNKNOWN_CHARACTER}`;
const ENTRY = `${UNKNOWN_CHARACTER}: ${UNKNOWN_CHARACTER}`;

/** How far the lines are indented that nodes print by `nindent`; undefined where they print none so. */
function indentationOf(nodes: readonly Node[]): number | undefined {
  for (const { commands } of pipelinesOf(nodes))
    for (const { words } of commands) {
      const [called, spaces] = words;
      if (called.kind !== 'identifier' || called.name !== 'nindent' || spaces?.kind !== 'number') continue;
      return Math.min(spaces.numeral.int ?? 0, MAX_INDENTATION);
    }
  return undefined;
}

const MAX_INDENTATION = 100;

import { remembered } from '../remembered.ts';
import { lastAtOrBefore } from '../search.ts';
import type { Range } from '../text.ts';
import type { Action } from './actions.ts';

/** One branch of an `if`, `with` or `range`: the text between two of its actions. */
export interface Branch extends Range {
  /** Which branch of its block, counted from 0. */
  readonly index: number;
  /** How many branches the block has. */
  readonly of: number;
  /** The action that opened it, such as `if .Values.hostNetwork`. */
  readonly condition: string;
}

/** What the blocks of a template decide about. */
interface Blocks {
  /** In the order of their starts. */
  readonly branches: readonly Branch[];
  /** The texts between `define` and `end`: each is a text of its own. */
  readonly definitions: readonly Range[];
}

const BLOCK_WORDS = new Set(['if', 'range', 'with', 'define', 'block']);

/** Pairs the actions of blocks; one that is not closed decides about nothing. */
export function findBlocks(actions: readonly Action[]): Blocks {
  const branches: Branch[] = [];
  const definitions: Range[] = [];
  const open: { opener: Action; cuts: Action[] }[] = [];
  for (const action of actions) {
    if (opensBlock(action)) open.push({ opener: action, cuts: [action] });
    else if (action.word === 'else') open.at(-1)?.cuts.push(action);
    else if (action.word === 'end') {
      const block = open.pop();
      if (block?.opener.word === 'define') definitions.push({ start: block.opener.end, end: action.start });
      if (!block || block.opener.word === 'define' || block.opener.word === 'block') continue;
      const cuts = [...block.cuts, action];
      for (let index = 0; index + 1 < cuts.length; index++) {
        const [from, to] = [cuts[index] as Action, cuts[index + 1] as Action];
        const condition = from.word === 'else' ? `else of ${block.opener.code}` : from.code;
        branches.push({ start: from.end, end: to.start, index, of: cuts.length - 1, condition });
      }
    }
  }
  return { branches: branches.sort((a, b) => a.start - b.start), definitions };
}

/** The branches that a range is in, the outermost first. @param branches those of a template, in the order of their starts */
export function branchesAround(branches: readonly Branch[], { start, end }: Range): Branch[] {
  const outer = outerBranches(branches);
  const around: Branch[] = [];
  let index = lastAtOrBefore(branches.length, (at) => branches[at]!.start, start);
  for (let branch = branches[index]; branch; branch = branches[index]) {
    if (branch.start <= start && end <= branch.end) around.push(branch);
    index = outer[index] as number;
  }
  return around.reverse();
}

/** Of each branch the index of the one it is in; -1 where it is in none. */
const outerBranches = remembered((branches: readonly Branch[]): readonly number[] => {
  const open: number[] = [];
  return branches.map(({ start }, index) => {
    while (open.length > 0 && branches[open.at(-1) as number]!.end <= start) open.pop();
    open.push(index);
    return open.at(-2) ?? -1;
  });
});

export function opensBlock({ word }: Action): boolean {
  return BLOCK_WORDS.has(word);
}

import { type Assertion, type CharacterSet, ExpressionLimit, type Node } from './nodes.ts';
import { parseExpression } from './syntax.ts';

type Step =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'split'; readonly first: number; readonly second: number }
  | { readonly kind: 'jump'; readonly to: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'match' };

/** Offsets of a match: start and end of the whole, then of each group; -1 for a group that takes no part. */
export type Match = readonly number[];

/** A way through the program: the next step, and what its groups took. */
interface Thread {
  readonly step: number;
  readonly slots: readonly number[];
}

const MAX_STEPS = 20_000;
/** How many steps a search for matches may take: the program may be followed for each character. */
const MAX_WORK = 1_000_000;

/**
 * An expression of Go's `regexp`: of all matches that start first, the one that a search with backtracking finds, in time that is
 * linear in the text (https://swtch.com/~rsc/regexp/regexp2.html).
 */
export class Expression {
  readonly groups: readonly string[];
  readonly #program: Step[] = [];
  /** How many steps the last search took. */
  work = 0;
  readonly #mostWork: number;

  /**
   * @param mostWork how many steps a search may take
   * @throws ExpressionError for what is none, ExpressionLimit for one that is too large
   */
  constructor(source: string, mostWork = MAX_WORK) {
    this.#mostWork = mostWork;
    const { root, groups } = parseExpression(source);
    this.groups = groups;
    this.#emit({ kind: 'group', index: 0, item: root });
    this.#add({ kind: 'match' });
  }

  #add(step: Step): number {
    if (this.#program.length >= MAX_STEPS) throw new ExpressionLimit('expression too large');
    return this.#program.push(step) - 1;
  }

  #emit(node: Node): void {
    switch (node.kind) {
      case 'set':
      case 'assert':
        this.#add(node);
        return;
      case 'sequence':
        for (const item of node.items) this.#emit(item);
        return;
      case 'group':
        this.#add({ kind: 'save', slot: 2 * node.index });
        this.#emit(node.item);
        this.#add({ kind: 'save', slot: 2 * node.index + 1 });
        return;
      case 'choice':
        this.#emitChoice(node.items);
        return;
      case 'repeat':
        this.#emitRepeat(node);
    }
  }

  #emitChoice(items: readonly Node[]): void {
    const ends: number[] = [];
    for (const [index, item] of items.entries()) {
      const isLast = index === items.length - 1;
      const split = isLast ? -1 : this.#add({ kind: 'jump', to: 0 });
      this.#emit(item);
      if (isLast) break;
      ends.push(this.#add({ kind: 'jump', to: 0 }));
      this.#program[split] = { kind: 'split', first: split + 1, second: this.#program.length };
    }
    for (const end of ends) this.#program[end] = { kind: 'jump', to: this.#program.length };
  }

  #emitRepeat({ item, min, max, isLazy }: Node & { kind: 'repeat' }): void {
    for (let count = 0; count < min; count++) this.#emit(item);
    const optional = max === Infinity ? 1 : max - min;
    const splits: number[] = [];
    for (let count = 0; count < optional; count++) {
      splits.push(this.#add({ kind: 'jump', to: 0 }));
      this.#emit(item);
    }
    if (max === Infinity) this.#add({ kind: 'jump', to: splits[0] as number });
    const end = this.#program.length;
    for (const at of splits)
      this.#program[at] = isLazy
        ? { kind: 'split', first: end, second: at + 1 }
        : { kind: 'split', first: at + 1, second: end };
  }

  /**
   * The first match.
   * @throws ExpressionLimit where the text is too long for the expression
   */
  exec(text: string): Match | undefined {
    this.work = 0;
    return this.#search(text, 0);
  }

  #search(text: string, from: number): Match | undefined {
    let threads: Thread[] = [];
    let found: readonly number[] | undefined;
    const slots = new Array<number>(2 * this.groups.length).fill(-1);
    for (let at = from; ; ) {
      if (!found) this.#follow(threads, { step: 0, slots }, text, at, new Set(threads.map(({ step }) => step)));
      const code = text.codePointAt(at);
      const next: Thread[] = [];
      const seen = new Set<number>();
      const after = at + (code !== undefined && code > 0xffff ? 2 : 1);
      for (const thread of threads) {
        const step = this.#program[thread.step] as Step;
        if (step.kind === 'match') {
          found = thread.slots;
          break;
        }
        if (step.kind === 'set' && code !== undefined && isIn(step.set, code))
          this.#follow(next, { step: thread.step + 1, slots: thread.slots }, text, after, seen);
      }
      if (code === undefined || (found && next.length === 0)) return found;
      threads = next;
      at = after;
    }
  }

  /** Adds the steps that take a character or match, as far as a thread gets without one, in the order of preference. */
  #follow(threads: Thread[], from: Thread, text: string, at: number, seen: Set<number>): void {
    const open = [from];
    for (let thread = open.pop(); thread; thread = open.pop()) {
      if (seen.has(thread.step)) continue;
      if (++this.work > this.#mostWork) throw new ExpressionLimit('text too long to match');
      seen.add(thread.step);
      const step = this.#program[thread.step] as Step;
      const { slots } = thread;
      if (step.kind === 'jump') open.push({ step: step.to, slots });
      else if (step.kind === 'split') open.push({ step: step.second, slots }, { step: step.first, slots });
      else if (step.kind === 'save') open.push({ step: thread.step + 1, slots: slots.with(step.slot, at) });
      else if (step.kind !== 'assert') threads.push(thread);
      else if (isMet(step.assertion, text, at)) open.push({ step: thread.step + 1, slots });
    }
  }

  /**
   * All matches that do not overlap, as Go's `FindAll` gives them; at most `limit` unless it is negative.
   * @throws ExpressionLimit where the text is too long for the expression
   */
  all(text: string, limit = -1): Match[] {
    const found: Match[] = [];
    this.work = 0;
    let before = -1;
    for (let at = 0; at <= text.length && (limit < 0 || found.length < limit); ) {
      const match = this.#search(text, at);
      if (!match) break;
      const [start, end] = match as [number, number];
      // Nothing is no match right after another one.
      if (end > start || start !== before) found.push(match);
      at = end > at ? end : at + widthAt(text, at);
      before = end;
    }
    return found;
  }
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function isIn({ ranges, classes, isNegated, ignoreCase }: CharacterSet, code: number): boolean {
  const has = (one: number) =>
    ranges.some(([from, to]) => from <= one && one <= to) ||
    classes.some(({ set, isNegated: isInverse }) => set.test(String.fromCodePoint(one)) !== isInverse);
  return (has(code) || (ignoreCase && variants(code).some(has))) !== isNegated;
}

/** The characters that are the same but for their case. */
function variants(code: number): number[] {
  const char = String.fromCodePoint(code);
  return [char.toLowerCase(), char.toUpperCase(), char.toUpperCase().toLowerCase()]
    .filter((text) => text.length === char.length)
    .map((text) => text.codePointAt(0) as number);
}

function isMet(assertion: Assertion, text: string, at: number): boolean {
  switch (assertion) {
    case 'text-start':
      return at === 0;
    case 'text-end':
      return at === text.length;
    case 'line-start':
      return at === 0 || text[at - 1] === '\n';
    case 'line-end':
      return at === text.length || text[at] === '\n';
    default:
      return (isWordAt(text, at - 1) !== isWordAt(text, at)) === (assertion === 'word');
  }
}

function isWordAt(text: string, at: number): boolean {
  return /^\w$/.test(text[at] ?? '');
}

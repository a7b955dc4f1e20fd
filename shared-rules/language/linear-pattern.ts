/**
 * Regular expressions of a workspace, as RE2 reads them (https://github.com/google/re2/wiki/Syntax). All ways to match are
 * followed at once, so that a match takes no more steps than the length of the expression times that of the text.
 */

/** What an expression is made of. A step without targets is the end. */
type Step =
  | { readonly kind: 'character'; readonly test: (char: string) => boolean }
  | { readonly kind: 'split'; readonly targets: readonly number[] }
  | { readonly kind: 'start' | 'end' | 'boundary' | 'inside' | 'match' };

type Tree =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'sequence'; readonly parts: readonly Tree[] }
  | { readonly kind: 'choice'; readonly parts: readonly Tree[] }
  | Repeat;

interface Repeat {
  readonly kind: 'repeat';
  readonly part: Tree;
  readonly least: number;
  readonly most: number;
}

/** RE2 refuses longer counts, and expressions that become larger. */
const LONGEST_REPEAT = 1000;
const MOST_STEPS = 10_000;
const DEEPEST = 100;

/** Says whether an expression is found in a text; undefined where it is none, is too large, or has a part that is not known. */
export function linearPattern(expression: string): ((text: string) => boolean) | undefined {
  const tree = new Reader(expression).read();
  const steps = tree && compile(tree);
  return steps && ((text) => isFound(steps, Array.from(text)));
}

/** Says whether an expression matches a whole text. Undefined as above. */
export function wholePattern(expression: string): ((text: string) => boolean) | undefined {
  if (/^[\w-]*$/.test(expression)) return (text) => text === expression;
  return linearPattern(expression) && linearPattern(`^(?:${expression})$`);
}

const WORD = /^\w$/;
const CLASSES: Readonly<Record<string, RegExp>> = { d: /^[0-9]$/, w: WORD, s: /^[\t\n\f\r ]$/ };
const CONTROLS: Readonly<Record<string, string>> = { a: '\x07', f: '\f', t: '\t', n: '\n', r: '\r', v: '\v' };
const NAMED: Readonly<Record<string, RegExp>> = {
  alnum: /^[0-9A-Za-z]$/,
  alpha: /^[A-Za-z]$/,
  blank: /^[\t ]$/,
  digit: /^[0-9]$/,
  lower: /^[a-z]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  space: /^[\t\n\v\f\r ]$/,
  upper: /^[A-Z]$/,
  word: WORD,
  xdigit: /^[0-9A-Fa-f]$/,
};

interface Flags {
  readonly ignoresCase: boolean;
  readonly dotIsAny: boolean;
}

/** Reads an expression; what cannot be read makes all of it undefined. */
class Reader {
  readonly #chars: readonly string[];
  #at = 0;
  #depth = 0;
  #isBroken = false;

  constructor(expression: string) {
    this.#chars = Array.from(expression);
  }

  read(): Tree | undefined {
    const tree = this.#choice({ ignoresCase: false, dotIsAny: false });
    return this.#isBroken || this.#at < this.#chars.length ? undefined : tree;
  }

  #take(wanted: string): boolean {
    const isThere = this.#chars.slice(this.#at, this.#at + wanted.length).join('') === wanted;
    if (isThere) this.#at += wanted.length;
    return isThere;
  }

  #broken(): Tree {
    this.#isBroken = true;
    return { kind: 'sequence', parts: [] };
  }

  #choice(outer: Flags): Tree {
    if (this.#depth++ > DEEPEST) return this.#broken();
    let flags = outer;
    const parts: Tree[][] = [[]];
    while (!this.#isBroken && this.#at < this.#chars.length && this.#chars[this.#at] !== ')') {
      if (this.#take('|')) parts.push([]);
      else {
        const set = this.#flagsAlone(flags);
        if (set) flags = set;
        else parts.at(-1)?.push(this.#repeated(flags));
      }
    }
    this.#depth--;
    return { kind: 'choice', parts: parts.map((sequence) => ({ kind: 'sequence', parts: sequence })) };
  }

  /** `(?i)`, which is about what comes behind it. */
  #flagsAlone(flags: Flags): Flags | undefined {
    const written = /^\(\?([is]+)\)/.exec(this.#chars.slice(this.#at, this.#at + 6).join(''))?.[1];
    if (written === undefined) return undefined;
    this.#at += written.length + 3;
    return withFlags(flags, written);
  }

  #repeated(flags: Flags): Tree {
    let tree = this.#atom(flags);
    const count = this.#count();
    if (!count) return tree;
    tree = { kind: 'repeat', part: tree, ...count };
    // Whether as little as possible is taken makes no difference.
    this.#take('?');
    return this.#count() ? this.#broken() : tree;
  }

  #count(): { least: number; most: number } | undefined {
    if (this.#take('*')) return { least: 0, most: Infinity };
    if (this.#take('+')) return { least: 1, most: Infinity };
    if (this.#take('?')) return { least: 0, most: 1 };
    const written = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(this.#chars.slice(this.#at, this.#at + 12).join(''));
    if (!written) return undefined;
    const [whole, least = '', comma, most = ''] = written;
    this.#at += whole.length;
    const to = comma === '' ? Number(least) : most === '' ? Infinity : Number(most);
    const largest = to === Infinity ? Number(least) : to;
    if (largest > LONGEST_REPEAT || Number(least) > to) this.#broken();
    return { least: Number(least), most: to };
  }

  #atom(flags: Flags): Tree {
    if (this.#take('(')) return this.#group(flags);
    if (this.#take('[')) return this.#class(flags);
    if (this.#take('.')) return character((char) => flags.dotIsAny || char !== '\n');
    if (this.#take('^')) return { kind: 'step', step: { kind: 'start' } };
    if (this.#take('$')) return { kind: 'step', step: { kind: 'end' } };
    if (this.#take('\\')) return this.#escape(flags);
    const char = this.#chars[this.#at++] as string;
    return '*+?'.includes(char) ? this.#broken() : literal(char, flags);
  }

  #group(outer: Flags): Tree {
    let flags = outer;
    if (this.#take('?')) {
      const head = /^(?:([is]*):|P?<\w+>)/.exec(this.#chars.slice(this.#at).join(''));
      if (!head) return this.#broken();
      this.#at += head[0].length;
      flags = withFlags(outer, head[1] ?? '');
    }
    const tree = this.#choice(flags);
    return this.#take(')') ? tree : this.#broken();
  }

  #escape(flags: Flags): Tree {
    const char = this.#chars[this.#at++];
    if (char === 'A') return { kind: 'step', step: { kind: 'start' } };
    if (char === 'z') return { kind: 'step', step: { kind: 'end' } };
    if (char === 'b') return { kind: 'step', step: { kind: 'boundary' } };
    if (char === 'B') return { kind: 'step', step: { kind: 'inside' } };
    const test = classOf(char);
    if (test) return character(test);
    const one = escaped(char);
    return one === undefined ? this.#broken() : literal(one, flags);
  }

  #class({ ignoresCase }: Flags): Tree {
    const isNegated = this.#take('^');
    const members: ((char: string) => boolean)[] = [];
    for (let isFirst = true; isFirst || !this.#take(']'); isFirst = false) {
      if (this.#isBroken || this.#at >= this.#chars.length) return this.#broken();
      members.push(this.#member());
    }
    const isMember = (char: string) => members.some((member) => member(char));
    const test = ignoresCase
      ? (char: string) => isMember(char) || isMember(char.toLowerCase()) || isMember(char.toUpperCase())
      : isMember;
    return character((char) => test(char) !== isNegated);
  }

  #member(): (char: string) => boolean {
    const named = /^\[:(\^?)([a-z]+):\]/.exec(this.#chars.slice(this.#at, this.#at + 14).join(''));
    if (named) {
      this.#at += named[0].length;
      const known = Object.hasOwn(NAMED, named[2] as string) ? NAMED[named[2] as string] : undefined;
      if (!known) this.#broken();
      return (char) => known?.test(char) === (named[1] === '');
    }
    const first = this.#classCharacter();
    if (typeof first === 'function') return first;
    if (this.#chars[this.#at] !== '-' || this.#chars[this.#at + 1] === ']') return (char) => char === first;
    this.#at++;
    const last = this.#classCharacter();
    if (typeof last === 'function' || last < first) this.#broken();
    return (char) => first <= char && char <= (last as string);
  }

  #classCharacter(): string | ((char: string) => boolean) {
    const char = this.#chars[this.#at++] ?? '';
    if (char !== '\\') return char;
    const next = this.#chars[this.#at++];
    const known = classOf(next) ?? escaped(next);
    if (known === undefined) this.#broken();
    return known ?? '';
  }
}

function withFlags({ ignoresCase, dotIsAny }: Flags, written: string): Flags {
  return { ignoresCase: ignoresCase || written.includes('i'), dotIsAny: dotIsAny || written.includes('s') };
}

function character(test: (char: string) => boolean): Tree {
  return { kind: 'step', step: { kind: 'character', test } };
}

function literal(wanted: string, { ignoresCase }: Flags): Tree {
  const lower = wanted.toLowerCase();
  return character(ignoresCase ? (char) => char.toLowerCase() === lower : (char) => char === wanted);
}

function classOf(letter: string | undefined): ((char: string) => boolean) | undefined {
  const lower = letter?.toLowerCase();
  const known = lower !== undefined && Object.hasOwn(CLASSES, lower) ? CLASSES[lower] : undefined;
  return known && ((char) => known.test(char) === (letter === lower));
}

/** The character that a backslash and another one stand for. */
function escaped(char: string | undefined): string | undefined {
  if (char === undefined) return undefined;
  if (Object.hasOwn(CONTROLS, char)) return CONTROLS[char];
  return /[\w\u0080-\u{10ffff}]/u.test(char) ? undefined : char;
}

function compile(tree: Tree): Step[] | undefined {
  const steps: Step[] = [];
  const isFull = () => steps.length > MOST_STEPS;
  /** Steps are added from the end to the start: each knows the next. @returns where the tree begins */
  const add = (part: Tree, next: number): number => {
    if (isFull()) return next;
    if (part.kind === 'step') {
      const { kind } = part.step;
      if (kind === 'character') steps.push(part.step);
      else steps.push({ kind } as Step);
      nexts.push(next);
      return steps.length - 1;
    }
    if (part.kind === 'sequence') return part.parts.reduceRight((to, one) => add(one, to), next);
    if (part.kind === 'repeat') return repeat(part, next);
    return split(part.parts.map((one) => add(one, next)));
  };
  const nexts: number[] = [];
  const split = (targets: readonly number[]): number => {
    if (targets.length === 1) return targets[0] as number;
    steps.push({ kind: 'split', targets });
    nexts.push(-1);
    return steps.length - 1;
  };
  const repeat = ({ part, least, most }: Repeat, next: number): number => {
    let to = next;
    if (most === Infinity) {
      const targets = [next];
      to = split([...targets, next]);
      steps[to] = { kind: 'split', targets };
      targets.push(add(part, to));
    } else for (let count = least; count < most && !isFull(); count++) to = split([add(part, to), next]);
    for (let count = 0; count < least && !isFull(); count++) to = add(part, to);
    return to;
  };
  steps.push({ kind: 'match' });
  nexts.push(-1);
  const first = add(tree, 0);
  if (isFull()) return undefined;
  // The first step is at the end, and each step's follower is found by its index.
  steps.push({ kind: 'split', targets: [first] });
  nexts.push(-1);
  return steps.map((step, index) => ({ ...step, next: nexts[index] }) as Step & { next: number });
}

function isFound(steps: readonly Step[], chars: readonly string[]): boolean {
  let now = new Set<number>();
  for (let at = 0; at <= chars.length; at++) {
    // A match may begin anywhere.
    now = closure(steps, [...now, steps.length - 1], chars, at);
    if (now.has(0)) return true;
    const char = chars[at];
    if (char === undefined) return false;
    const next = new Set<number>();
    for (const index of now) {
      const step = steps[index] as Step & { next: number };
      if (step.kind === 'character' && step.test(char)) next.add(step.next);
    }
    now = next;
  }
  return false;
}

/** All steps that are reached without a character. */
function closure(steps: readonly Step[], from: readonly number[], chars: readonly string[], at: number): Set<number> {
  const reached = new Set<number>();
  const open = [...from];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (reached.has(index)) continue;
    reached.add(index);
    const step = steps[index] as Step & { next: number };
    if (step.kind === 'split') open.push(...step.targets);
    else if (step.kind !== 'character' && step.kind !== 'match' && isMet(step.kind, chars, at)) open.push(step.next);
  }
  return reached;
}

function isMet(kind: 'start' | 'end' | 'boundary' | 'inside', chars: readonly string[], at: number): boolean {
  if (kind === 'start') return at === 0;
  if (kind === 'end') return at === chars.length;
  const isBoundary = WORD.test(chars[at - 1] ?? '') !== WORD.test(chars[at] ?? '');
  return isBoundary === (kind === 'boundary');
}

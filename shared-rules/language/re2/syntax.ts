/**
 * Expressions as Go's `regexp` package reads them (https://github.com/google/re2/wiki/Syntax), into a tree. Texts that come from a
 * workspace are never made into expressions of JavaScript, which may take exponential time.
 */

import { inverse, NAMED, PERL, UNICODE } from './character-classes.ts';
import {
  type Assertion,
  type CharacterSet,
  ExpressionError,
  ExpressionLimit,
  type Node,
  type Syntax,
} from './nodes.ts';

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly ungreedy: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const MAX_REPEAT = 1000;
const MAX_DEPTH = 500;

/** @throws ExpressionError, ExpressionLimit */
export function parseExpression(source: string): Syntax {
  return new Parser(source).parse();
}

class Parser {
  readonly #chars: readonly string[];
  #at = 0;
  #depth = 0;
  #flags: Flags = { ignoreCase: false, multiline: false, dotAll: false, ungreedy: false };
  readonly #groups: string[] = [''];

  constructor(source: string) {
    this.#chars = Array.from(source);
  }

  parse(): Syntax {
    const root = this.#choice();
    if (this.#at < this.#chars.length) throw this.#error('unexpected )', this.#chars.join(''));
    return { root, groups: this.#groups };
  }

  #error(problem: string, part: string): ExpressionError {
    return new ExpressionError(`error parsing regexp: ${problem}: \`${part}\``);
  }

  #from(start: number): string {
    return this.#chars.slice(start, this.#at).join('');
  }

  #isNext(text: string): boolean {
    return this.#chars.slice(this.#at, this.#at + text.length).join('') === text;
  }

  #choice(): Node {
    if (++this.#depth > MAX_DEPTH) throw new ExpressionLimit('expression nests too deeply');
    const { ignoreCase, multiline, dotAll, ungreedy } = this.#flags;
    const items = [this.#sequence()];
    while (this.#chars[this.#at] === '|') {
      this.#at++;
      items.push(this.#sequence());
    }
    this.#flags = { ignoreCase, multiline, dotAll, ungreedy };
    this.#depth--;
    return items.length === 1 ? (items[0] as Node) : { kind: 'choice', items };
  }

  #sequence(): Node {
    const items: Node[] = [];
    for (;;) {
      const char = this.#chars[this.#at];
      if (char === undefined || char === '|' || char === ')') return { kind: 'sequence', items };
      if (char === '\\' && this.#chars[this.#at + 1] === 'Q') items.push(...this.#literal());
      else {
        const start = this.#at;
        const atom = this.#atom(char);
        if (atom) items.push(this.#repeated(atom, start));
      }
    }
  }

  /** `\Q…\E`: each character stands for itself. */
  #literal(): Node[] {
    const items: Node[] = [];
    for (this.#at += 2; this.#at < this.#chars.length && !this.#isNext('\\E'); this.#at++)
      items.push(this.#character(this.#chars[this.#at] as string));
    this.#at += 2;
    return items;
  }

  #character(char: string): Node {
    const code = char.codePointAt(0) as number;
    return this.#set([[code, code]]);
  }

  #set(ranges: CharacterSet['ranges'], isNegated = false, classes: CharacterSet['classes'] = []): Node {
    return { kind: 'set', set: { ranges, classes, isNegated, ignoreCase: this.#flags.ignoreCase } };
  }

  /** Undefined for what takes nothing and asserts nothing: flags. */
  #atom(char: string): Node | undefined {
    const start = this.#at++;
    const { multiline, dotAll } = this.#flags;
    switch (char) {
      case '.':
        return this.#set(dotAll ? [] : [[10, 10]], true);
      case '^':
        return { kind: 'assert', assertion: multiline ? 'line-start' : 'text-start' };
      case '$':
        return { kind: 'assert', assertion: multiline ? 'line-end' : 'text-end' };
      case '(':
        return this.#group(start);
      case '[':
        return this.#class(start);
      case '\\':
        return this.#escape(start);
      case '*':
      case '+':
      case '?':
        throw this.#error('missing argument to repetition operator', char);
      default:
        return this.#character(char);
    }
  }

  #repeated(atom: Node, start: number): Node {
    let item = atom;
    for (let isRepeated = false; ; isRepeated = true) {
      const operator = this.#at;
      const bounds = this.#bounds();
      if (!bounds) return item;
      const isLazy = this.#chars[this.#at] === '?';
      if (isLazy) this.#at++;
      if (isRepeated)
        throw this.#error('invalid nested repetition operator', this.#from(start).slice(-(this.#at - operator) - 1));
      item = { kind: 'repeat', item, ...bounds, isLazy: isLazy !== this.#flags.ungreedy };
    }
  }

  #bounds(): { min: number; max: number } | undefined {
    const char = this.#chars[this.#at];
    if (char === '*' || char === '+' || char === '?') {
      this.#at++;
      return { min: char === '+' ? 1 : 0, max: char === '?' ? 1 : Infinity };
    }
    if (char !== '{') return undefined;
    const close = this.#chars.indexOf('}', this.#at);
    const text = close < 0 ? '' : this.#chars.slice(this.#at + 1, close).join('');
    const parts = /^(0|[1-9]\d{0,8})(,(0|[1-9]\d{0,8})?)?$/.exec(text);
    if (!parts) return undefined;
    const min = Number(parts[1]);
    const max = parts[2] === undefined ? min : parts[3] === undefined ? Infinity : Number(parts[3]);
    if (min > MAX_REPEAT || (max !== Infinity && (max > MAX_REPEAT || max < min)))
      throw this.#error('invalid repeat count', `{${text}}`);
    this.#at = close + 1;
    return { min, max };
  }

  #group(start: number): Node | undefined {
    let name: string | undefined = '';
    if (this.#chars[this.#at] === '?') {
      const named = this.#groupName(start);
      if (named !== undefined) name = named;
      else {
        const before = this.#flags;
        if (!this.#readFlags(start)) return undefined;
        const item = this.#closed(start);
        this.#flags = before;
        return item;
      }
    }
    const index = this.#groups.push(name) - 1;
    return { kind: 'group', index, item: this.#closed(start) };
  }

  #closed(_start: number): Node {
    const item = this.#choice();
    if (this.#chars[this.#at] !== ')') throw this.#error('missing closing )', this.#chars.join(''));
    this.#at++;
    return item;
  }

  #groupName(start: number): string | undefined {
    const isNamed = this.#isNext('?P<') || this.#isNext('?<');
    if (!isNamed) return undefined;
    const from = this.#chars.indexOf('<', this.#at) + 1;
    const close = this.#chars.indexOf('>', from);
    const name = close < 0 ? '' : this.#chars.slice(from, close).join('');
    this.#at = close < 0 ? this.#chars.length : close + 1;
    if (!/^\w+$/.test(name)) throw this.#error('invalid named capture', this.#from(start));
    if (this.#groups.includes(name)) throw this.#error('duplicate capture group name', name);
    return name;
  }

  /** @returns whether they are those of a group, `(?i:…)`, and not of what comes, `(?i)` */
  #readFlags(start: number): boolean {
    const flags = { ...this.#flags };
    let [value, isAny] = [true, false];
    for (this.#at++; ; isAny = true) {
      const char = this.#chars[this.#at++];
      if (char === 'i') flags.ignoreCase = value;
      else if (char === 'm') flags.multiline = value;
      else if (char === 's') flags.dotAll = value;
      else if (char === 'U') flags.ungreedy = value;
      else if (char === '-' && value) value = false;
      else if ((char === ':' || char === ')') && (isAny || char === ':')) {
        this.#flags = flags;
        return char === ':';
      } else throw this.#error('invalid or unsupported Perl syntax', this.#from(start));
    }
  }

  #escape(start: number): Node {
    const char = this.#chars[this.#at];
    const assertion = { A: 'text-start', z: 'text-end', b: 'word', B: 'no-word' }[char ?? ''] as Assertion | undefined;
    if (assertion) {
      this.#at++;
      return { kind: 'assert', assertion };
    }
    const set = this.#classEscape();
    if (set) return this.#set(set.ranges, set.isNegated, set.classes);
    return this.#character(this.#escaped(start));
  }

  /** `\d`, `\W`, `\pL`, `\P{Greek}`. */
  #classEscape(): Omit<CharacterSet, 'ignoreCase'> | undefined {
    const char = this.#chars[this.#at] ?? '';
    const perl = Object.hasOwn(PERL, char.toLowerCase()) ? PERL[char.toLowerCase()] : undefined;
    if (perl) {
      this.#at++;
      return { ranges: perl, classes: [], isNegated: char !== char.toLowerCase() };
    }
    if (char !== 'p' && char !== 'P') return undefined;
    let name = this.#chars[this.#at + 1] ?? '';
    this.#at += 2;
    if (name === '{') {
      const close = this.#chars.indexOf('}', this.#at);
      if (close < 0) throw this.#error('invalid character class range', this.#chars.slice(this.#at - 3).join(''));
      name = this.#chars.slice(this.#at, close).join('');
      this.#at = close + 1;
    }
    const isInverse = name.startsWith('^');
    const set = UNICODE[isInverse ? name.slice(1) : name];
    if (!set) throw new ExpressionLimit(`\\p{${name}} is not read`);
    return { ranges: [], classes: [{ set, isNegated: (char === 'P') !== isInverse }], isNegated: false };
  }

  /** The character that an escape stands for. */
  #escaped(start: number): string {
    const char = this.#chars[this.#at++];
    if (char === undefined) throw this.#error('trailing backslash at end of expression', '');
    if (Object.hasOwn(ESCAPES, char)) return ESCAPES[char] as string;
    if (char === 'x') return this.#hexadecimal(start);
    const octal = char === '0' || (/[1-7]/.test(char) && /[0-7]/.test(this.#chars[this.#at] ?? ''));
    if (octal) {
      let digits = char;
      while (digits.length < 3 && /[0-7]/.test(this.#chars[this.#at] ?? '')) digits += this.#chars[this.#at++];
      return String.fromCodePoint(Number.parseInt(digits, 8));
    }
    if (char.charCodeAt(0) < 128 && !/\w/.test(char)) return char;
    throw this.#error('invalid escape sequence', this.#from(start));
  }

  #hexadecimal(start: number): string {
    const isBraced = this.#chars[this.#at] === '{';
    const close = isBraced ? this.#chars.indexOf('}', this.#at) : this.#at + 2;
    const digits = this.#chars.slice(this.#at + (isBraced ? 1 : 0), Math.max(close, 0)).join('');
    this.#at = close + (isBraced ? 1 : 0);
    const code =
      /^[\dA-Fa-f]{1,8}$/.test(digits) && (isBraced || digits.length === 2) ? Number.parseInt(digits, 16) : NaN;
    if (!(code <= 0x10ffff)) throw this.#error('invalid escape sequence', this.#from(start));
    return String.fromCodePoint(code);
  }

  #class(start: number): Node {
    const isNegated = this.#chars[this.#at] === '^';
    if (isNegated) this.#at++;
    const found: (readonly [number, number])[] = [];
    const classes: { set: RegExp; isNegated: boolean }[] = [];
    for (let isFirst = true; isFirst || this.#chars[this.#at] !== ']'; isFirst = false) {
      if (this.#at >= this.#chars.length) throw this.#error('missing closing ]', this.#chars.slice(start).join(''));
      const set = this.#classInClass();
      if (set?.isNegated) found.push(...inverse(set.ranges));
      else if (set) found.push(...set.ranges);
      else found.push(this.#classRange(start));
      if (set) classes.push(...set.classes);
    }
    this.#at++;
    return this.#set(found, isNegated, classes);
  }

  #classInClass(): Omit<CharacterSet, 'ignoreCase'> | undefined {
    if (this.#isNext('[:')) {
      const close = this.#chars.indexOf(']', this.#at);
      const written = this.#chars.slice(this.#at, close + 1).join('');
      const [, inverted, name = ''] = /^\[:(\^?)(\w+):\]$/.exec(written) ?? [];
      if (name !== '') {
        const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
        if (!named) throw this.#error('invalid character class range', written);
        this.#at = close + 1;
        return { ranges: named, classes: [], isNegated: inverted === '^' };
      }
    }
    if (this.#chars[this.#at] !== '\\') return undefined;
    this.#at++;
    const set = this.#classEscape();
    if (!set) this.#at--;
    return set;
  }

  #classRange(start: number): readonly [number, number] {
    const from = this.#at;
    const low = this.#classCharacter(start);
    const isRange =
      this.#chars[this.#at] === '-' && this.#chars[this.#at + 1] !== ']' && this.#at + 1 < this.#chars.length;
    if (!isRange) return [low, low];
    this.#at++;
    const high = this.#classCharacter(start);
    if (high < low) throw this.#error('invalid character class range', this.#from(from));
    return [low, high];
  }

  #classCharacter(start: number): number {
    const char = this.#chars[this.#at++];
    if (char === undefined) throw this.#error('missing closing ]', this.#chars.slice(start).join(''));
    return (char === '\\' ? this.#escaped(this.#at - 1) : char).codePointAt(0) as number;
  }
}

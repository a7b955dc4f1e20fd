/**
 * Patterns of names and of paths. Whoever writes a pattern may be a stranger, so matching never takes more steps than
 * the length of the pattern times that of the text: what backtracks, as expressions do, would take them for ever.
 */

/** Whether a name, what stands between two slashes of a path, is of a form. */
export type NamePattern = (name: string) => boolean;

/** Stands for any number of names, none among them. */
const ANY_NAMES = Symbol('**');

/** What a path is made of, name by name. */
export type PathPattern = readonly (NamePattern | typeof ANY_NAMES)[];

/** Stands for any text. */
export const ANY_TEXT = Symbol('*');

/** A character, a test of one, or any text. */
export type Token = string | ((char: string) => boolean) | typeof ANY_TEXT;

/** Whether tokens match a whole text: after the last `*` that was met, the first place that fits is as good as any. */
export function matchesTokens(tokens: readonly Token[], text: string): boolean {
  let [token, at, star, restart] = [0, 0, -1, 0];
  while (at < text.length) {
    const wanted = tokens[token];
    if (wanted === ANY_TEXT) {
      star = token++;
      restart = at;
    } else if (wanted !== undefined && isMet(wanted, text[at] as string)) {
      token++;
      at++;
    } else if (star >= 0) {
      token = star + 1;
      at = ++restart;
    } else return false;
  }
  while (tokens[token] === ANY_TEXT) token++;
  return token === tokens.length;
}

function isMet(token: Exclude<Token, symbol>, char: string): boolean {
  return typeof token === 'string' ? token === char : token(char);
}

/** The tokens of a text in which `*` alone has a meaning. */
export function starTokens(text: string): Token[] {
  return Array.from({ length: text.length }, (_, at) => (text[at] === '*' ? ANY_TEXT : (text[at] as string)));
}

/** A pattern of paths in which `*` alone has a meaning, and a name `**` as below. */
export function starPath(text: string): PathPattern {
  return pathPattern(starTokens(text));
}

/**
 * A pattern of paths: `*` is any text of a name and `?` a character, `[a-c]` and `[!a-c]` are one of some or of the
 * others, `[[:digit:]]` too, `\` makes a character stand for itself, and the name `**` stands for any names, at the end
 * for one at least. Undefined where a bracket or a backslash is left open: it matches nothing.
 */
export function globPath(glob: string, options: { readonly ignoreCase?: boolean } = {}): PathPattern | undefined {
  const tokens = globTokens(glob);
  return tokens && pathPattern(options.ignoreCase ? tokens.map(ofAnyCase) : tokens);
}

export function matchesPath(pattern: PathPattern, names: readonly string[]): boolean {
  return matchedLengths(pattern, names).at(-1) === names.length;
}

/** Says whether a pattern of paths matches a path with forward slashes. */
export function globMatcher(glob: string): (path: string) => boolean {
  const pattern = globPath(glob);
  return (path) => pattern !== undefined && matchesPath(pattern, path.split('/'));
}

function pathPattern(tokens: readonly Token[]): PathPattern {
  const names: Token[][] = [[]];
  for (const token of tokens)
    if (token === '/') names.push([]);
    else names.at(-1)?.push(token);
  const pattern: PathPattern[number][] = [];
  for (const name of names)
    if (!isAnyNames(name)) pattern.push(namePattern(name));
    else if (pattern.at(-1) !== ANY_NAMES) pattern.push(ANY_NAMES);
  return pattern.at(-1) === ANY_NAMES ? [...pattern, () => true] : pattern;
}

function isAnyNames(name: readonly Token[]): boolean {
  return name.length > 1 && name.every((token) => token === ANY_TEXT);
}

function namePattern(tokens: readonly Token[]): NamePattern {
  const isText = tokens.every((token) => typeof token === 'string');
  const text = isText ? tokens.join('') : '';
  return isText ? (name) => name === text : (name) => matchesTokens(tokens, name);
}

/** In lower case, as the names that are compared with it then are. */
function ofAnyCase(token: Token): Token {
  if (typeof token === 'string') return token.toLowerCase();
  return typeof token === 'symbol' ? token : (char) => token(char) || token(char.toUpperCase());
}

/**
 * The lengths of paths, in names, that a pattern matches, of those that begin as some names do. Which parts of the
 * pattern may come next is known for each name, so nothing is tried twice.
 */
export function matchedLengths(pattern: PathPattern, names: readonly string[]): number[] {
  const lengths: number[] = [];
  let parts: number[] = [];
  addPart(pattern, parts, 0);
  for (let at = 0; at < names.length && parts.length > 0; at++) {
    parts = partsAfter(pattern, parts, names[at] as string);
    if (parts.at(-1) === pattern.length) lengths.push(at + 1);
  }
  return lengths;
}

/** The parts that may come after a name. */
function partsAfter(pattern: PathPattern, parts: readonly number[], name: string): number[] {
  const next: number[] = [];
  for (const index of parts) {
    const part = pattern[index];
    if (part === ANY_NAMES) addPart(pattern, next, index);
    else if (part?.(name)) addPart(pattern, next, index + 1);
  }
  return next;
}

/** Adds a part, and the one after it where it may stand for no name. Parts are added in order, each once. */
function addPart(pattern: PathPattern, parts: number[], index: number): void {
  if (index > (parts.at(-1) ?? -1)) parts.push(index);
  if (pattern[index] === ANY_NAMES && parts.at(-1) === index) parts.push(index + 1);
}

function globTokens(glob: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at] as string;
    if (char === '[') {
      const read = readClass(glob, at);
      if (!read) return undefined;
      tokens.push(read.test);
      at = read.end;
    } else if (char === '\\') {
      at++;
      if (at === glob.length) return undefined;
      tokens.push(glob[at] as string);
    } else if (char === '*') tokens.push(ANY_TEXT);
    else tokens.push(char === '?' ? () => true : char);
  }
  return tokens;
}

/** As git's `wildmatch.c` has them, of ASCII alone. */
const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[^ -~\u0080-\uffff]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** Reads `[…]` as git's `wildmatch.c` does. The end is that of its last bracket; undefined where there is none. */
function readClass(glob: string, start: number): { test: (char: string) => boolean; end: number } | undefined {
  const isNegated = glob[start + 1] === '!' || glob[start + 1] === '^';
  const first = start + (isNegated ? 2 : 1);
  const members: ((char: string) => boolean)[] = [];
  let [at, close] = [first, 0];
  /** What a range may begin with. */
  let before = '';
  for (; glob[at] !== ']' || at === first; at++) {
    let char = glob[at];
    const isRange = char === '-' && before !== '' && at + 1 < glob.length && glob[at + 1] !== ']';
    if (char === '[' && glob[at + 1] === ':') {
      if (close < at + 2) close = glob.indexOf(']', at + 2);
      if (close < 0) return undefined;
      if (close > at + 2 && glob[close - 1] === ':') {
        const name = glob.slice(at + 2, close - 1);
        const named = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
        if (!named) return undefined;
        members.push((one) => named.test(one));
        at = close;
        before = '';
        continue;
      }
    }
    if (isRange) char = glob[++at];
    if (char === '\\') char = glob[++at];
    if (char === undefined) return undefined;
    const [from, to] = [isRange ? before : char, char];
    members.push((one) => from <= one && one <= to);
    before = isRange ? '' : char;
  }
  return { test: (char) => members.some((member) => member(char)) !== isNegated, end: at };
}

import { globPath, matchedLengths, matchesTokens, type PathPattern, starTokens } from '../language/glob.ts';

/** A line of a `.gitignore` file. */
interface PathRule {
  readonly pattern: PathPattern;
  /** It takes back what lines before it leave out. */
  readonly isNegated: boolean;
  /** It is about folders. */
  readonly isOfFolders: boolean;
}

/** Patterns of a `.gitignore` file, for paths relative to its folder with forward slashes; one at the end is a folder's. */
export class PathPatterns {
  readonly #rules: readonly PathRule[];
  readonly #ignoreCase: boolean;

  constructor(lines: readonly string[], options: { readonly ignoreCase?: boolean } = {}) {
    this.#ignoreCase = options.ignoreCase ?? false;
    this.#rules = lines.flatMap((line) => readRule(line, this.#ignoreCase) ?? []);
  }

  /** Whether a path is left out, or one of the folders it is in, which nothing can take back. */
  leavesOut(path: string): boolean {
    return this.#verdicts(path).includes(true);
  }

  /** Whether a path is left out (true) or taken back (false), by the last pattern that matches it, if one does. */
  verdictOn(path: string): boolean | undefined {
    return this.#verdicts(path).at(-1);
  }

  /** For each folder that a path is in, and for itself. */
  #verdicts(path: string): (boolean | undefined)[] {
    const isFolder = path.endsWith('/');
    const text = isFolder ? path.slice(0, -1) : path;
    const names = (this.#ignoreCase ? text.toLowerCase() : text).split('/');
    const verdicts = names.map((): boolean | undefined => undefined);
    for (const { pattern, isNegated, isOfFolders } of this.#rules)
      for (const length of matchedLengths(pattern, names))
        if (!isOfFolders || isFolder || length < names.length) verdicts[length - 1] = !isNegated;
    return verdicts;
  }
}

function readRule(line: string, ignoreCase: boolean): PathRule | undefined {
  if (line.startsWith('#')) return undefined;
  const isNegated = line.startsWith('!');
  const written = withoutBlanksAtEnd(isNegated ? line.slice(1) : line);
  const isOfFolders = written.endsWith('/');
  const path = isOfFolders ? written.slice(0, -1) : written;
  if (path === '') return undefined;
  const glob = path.includes('/') ? path.replace(/^\//, '') : `**/${path}`;
  const pattern = globPath(glob, { ignoreCase });
  return pattern && { pattern, isNegated, isOfFolders };
}

/** A backslash keeps the blank behind it. */
function withoutBlanksAtEnd(line: string): string {
  let end = 0;
  for (let at = 0; at < line.length; at++) {
    const isEscape = line[at] === '\\';
    if (isEscape) at++;
    if (isEscape || line[at] !== ' ') end = at + 1;
  }
  return line.slice(0, end);
}

/** A path that leads out of the folder, or is none. */
const FOREIGN = /^(?:\.{0,2}(?:\/|$)|[a-z]:\/)/i;

/**
 * Says whether patterns of a `.gitignore` file match a path: one relative to the folder the patterns are for, with any
 * slashes and in any case. Other paths, and those that lead out of the folder, match nothing.
 */
export function pathMatcher(lines: readonly string[]): (path: string) => boolean {
  const patterns = new PathPatterns(lines, { ignoreCase: true });
  return (path) => {
    const normal = path.replaceAll('\\', '/');
    return !FOREIGN.test(normal) && patterns.leavesOut(normal);
  };
}

/** Says whether a text is of a form in which `*` stands for anything. */
export function nameMatcher(pattern: string): (text: string) => boolean {
  const tokens = starTokens(pattern);
  return (text) => matchesTokens(tokens, text);
}

import { globMatcher } from '../../shared-rules/index.ts';

/** What a pattern of the command line stands for. */
export interface FilePattern {
  /** The folder in which everything is that it may match. */
  readonly folder: string;
  /** Undefined where it has more alternatives than are looked for. */
  readonly matches: ((pathInFolder: string) => boolean) | undefined;
}

/** How many alternatives `{a,b}` may make, all together. */
export const MOST_ALTERNATIVES = 1000;

/** The longest path that Linux opens. */
const LONGEST = 4096;

/** Reads a pattern with forward slashes; undefined where it is none. */
export function readFilePattern(pattern: string): FilePattern | undefined {
  const names = pattern.split('/');
  const first = names.findIndex((name) => /[*?[{\\]/.test(name));
  if (first < 0 || pattern.length > LONGEST) return undefined;
  const above = names.slice(0, first).join('/');
  const folder = above || (first > 0 ? '/' : '.');
  const globs: string[] = [];
  for (const glob of alternativesOf(names.slice(first).join('/'))) {
    if (globs.length === MOST_ALTERNATIVES) return { folder, matches: undefined };
    globs.push(glob);
  }
  const matchers = globs.map(globMatcher);
  return { folder, matches: (path) => matchers.some((matches) => matches(path)) };
}

/** A pattern without `{a,b}`, once for each way through its alternatives. */
function* alternativesOf(pattern: string): Generator<string> {
  const group = firstGroup(pattern);
  if (!group) return yield pattern;
  for (const part of group.parts)
    for (const rest of alternativesOf(part + pattern.slice(group.end))) yield pattern.slice(0, group.start) + rest;
}

/** Alternatives in braces, and where they stand. */
interface Group {
  readonly start: number;
  readonly end: number;
  readonly parts: readonly string[];
}

function firstGroup(pattern: string): Group | undefined {
  for (let start = 0; start < pattern.length; start++) {
    if (pattern[start] === '\\') start++;
    const group = pattern[start] === '{' ? groupAt(pattern, start) : undefined;
    if (group) return group;
  }
  return undefined;
}

/** Braces that are not closed, or without a comma, stand for themselves. */
function groupAt(pattern: string, start: number): Group | undefined {
  const parts: string[] = [];
  let [depth, from] = [1, start + 1];
  for (let at = from; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '\\') at++;
    if (char === '{') depth++;
    if (depth === 1 && (char === ',' || char === '}')) {
      parts.push(pattern.slice(from, at));
      from = at + 1;
    }
    if (char === '}') depth--;
    if (depth === 0) return parts.length > 1 ? { start, end: at + 1, parts } : undefined;
  }
  return undefined;
}

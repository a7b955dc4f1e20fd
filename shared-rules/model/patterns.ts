import ignore from 'ignore';

/**
 * Says whether patterns of a `.gitignore` file match a path: one relative to the folder the patterns are for, with any
 * slashes. Other paths, and those that lead out of the folder, match nothing.
 */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const all = ignore().add([...patterns]);
  return (path) => {
    const normal = path.replaceAll('\\', '/');
    return ignore.isPathValid(normal) && all.ignores(normal);
  };
}

/** Whether a text is of a form in which `*` stands for anything. */
export function matchesName(pattern: string, text: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 's').test(text);
}

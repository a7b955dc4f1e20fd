import ignore from 'ignore';

/**
 * Whether patterns of a `.gitignore` file match a path.
 * @param path relative to the folder the patterns are for, with any slashes; others, and paths that lead out of the
 *   folder, match nothing
 */
export function matchesPath(patterns: readonly string[], path: string): boolean {
  const normal = path.replaceAll('\\', '/');
  if (patterns.length === 0 || !ignore.isPathValid(normal)) return false;
  return ignore()
    .add([...patterns])
    .ignores(normal);
}

/** Whether a text is of a form in which `*` stands for anything. */
export function matchesName(pattern: string, text: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 's').test(text);
}

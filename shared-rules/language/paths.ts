/** Paths with forward slashes, relative to one folder that none of this needs to know, or absolute. */

/** The same path with forward slashes, as paths of Windows are written with others. */
export function slashedPath(path: string): string {
  return path.replaceAll('\\', '/');
}

/** The folder a path lies in; empty for the one that paths are relative to. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A path as it is written in a file of a folder. */
export function resolvePath(folder: string, path: string): string {
  const isAbsolute = path.startsWith('/');
  const segments = isAbsolute ? [''] : folder === '' ? [] : folder.split('/');
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    const last = segments.at(-1);
    if (segment === '..' && last !== undefined && last !== '' && last !== '..') segments.pop();
    else segments.push(segment);
  }
  return segments.join('/');
}

/** How a path is written from a folder. */
export function relativePath(folder: string, path: string): string {
  const from = folder === '' ? [] : folder.split('/');
  const to = path.split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

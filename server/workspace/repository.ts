import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The root of the git repository that a folder belongs to; the folder itself outside of one. */
export function repositoryOf(folder: string): string {
  const path = resolve(folder);
  return foldersOfRepository(path)?.at(-1) ?? path;
}

/** A folder and those above it, up to the root of its git repository; undefined outside of one. */
export function foldersOfRepository(folder: string): string[] | undefined {
  const folders = [folder];
  for (let at = folder; !existsSync(join(at, '.git')); folders.push(at)) {
    if (dirname(at) === at) return undefined;
    at = dirname(at);
  }
  return folders;
}

/** The patterns for a repository that are nobody else's business, in the syntax of a `.gitignore` file. */
export function privatePatterns(repository: string): string {
  const git = join(repository, '.git');
  // In a submodule or a further working tree it is a file that names the folder.
  const link = /^gitdir: (.+)$/m.exec(textOf(git))?.[1];
  const folder = link === undefined ? git : resolve(repository, link.trim());
  const common = textOf(join(folder, 'commondir')).trim();
  return textOf(join(resolve(folder, common), 'info', 'exclude'));
}

/** What a file says; nothing where there is none that can be read. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

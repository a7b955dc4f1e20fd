import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** A folder and those above it, up to the root of its git repository; undefined outside of one. */
export async function foldersOfRepository(folder: string): Promise<string[] | undefined> {
  const folders = [folder];
  for (let at = folder; !(await exists(join(at, '.git'))); folders.push(at)) {
    if (dirname(at) === at) return undefined;
    at = dirname(at);
  }
  return folders;
}

/** The patterns for a repository that are nobody else's business, in the syntax of a `.gitignore` file. */
export async function privatePatterns(repository: string): Promise<string> {
  const git = join(repository, '.git');
  // In a submodule or a further working tree it is a file that names the folder.
  const link = /^gitdir: (.+)$/m.exec(await textOf(git))?.[1];
  const folder = link === undefined ? git : resolve(repository, link.trim());
  const common = (await textOf(join(folder, 'commondir'))).trim();
  return textOf(join(resolve(folder, common), 'info', 'exclude'));
}

/** What a file says; nothing where there is none that can be read. */
export function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

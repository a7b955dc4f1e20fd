import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isMissing, MOST_OF, readBytes } from './read-file.ts';

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

/** Called with a file that is there and was not read, and why, as the end of a sentence about it. */
export type OnUnread = (path: string, reason: string) => void;

/** The patterns for a repository that are nobody else's business, in the syntax of a `.gitignore` file. */
export function privatePatterns(repository: string, onUnread: OnUnread): string {
  const git = join(repository, '.git');
  const isFolder = statSync(git, { throwIfNoEntry: false })?.isDirectory();
  // In a submodule or a further working tree it is a file that names the folder.
  const link = isFolder ? undefined : /^gitdir: (.+)$/m.exec(readGitFile(git, onUnread))?.[1];
  const folder = link === undefined ? git : resolve(repository, link.trim());
  const common = readGitFile(join(folder, 'commondir'), onUnread).trim();
  return readGitFile(join(resolve(folder, common), 'info', 'exclude'), onUnread);
}

/** What a file tells git; nothing where there is none that can be read. As git does, a `.gitignore` that is a link is refused. */
export function readGitFile(path: string, onUnread: OnUnread): string {
  const bytes = readBytes(path, { most: MOST_OF.gitFile });
  if (!('refused' in bytes)) return bytes.toString('utf8');
  if (!isMissing(bytes)) onUnread(path, bytes.refused);
  return '';
}

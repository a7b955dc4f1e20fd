import { existsSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { PathPatterns } from '../../shared-rules/index.ts';
import { foldersOfRepository, type OnUnread, privatePatterns, readGitFile } from './repository.ts';

/** What the `.gitignore` file of a folder says, and those above it where it says nothing of a path. */
interface IgnoreRules {
  /** The folder that the patterns are relative to. */
  readonly base: string;
  readonly patterns: PathPatterns;
  readonly above: IgnoreRules | undefined;
}

/** Git follows the file system in this; these take both cases of a letter for one. */
const ignoreCase = process.platform === 'win32' || process.platform === 'darwin';

/**
 * What the `.gitignore` files of a folder tell git to leave out, read when it is asked for and remembered: those in it
 * and, inside a repository, those above it and the repository's `.git/info/exclude`. Patterns of a deeper folder have
 * the last word. A repository within is one of its own.
 */
export class GitIgnore {
  readonly #top: string;
  readonly #onUnread: OnUnread;
  readonly #rules = new Map<string, IgnoreRules>();
  readonly #folders = new Map<string, boolean>();
  /** Folders that were listed: whether they hold something that says what git leaves out. */
  readonly #listed = new Map<string, boolean>();

  private constructor(top: string, onUnread: OnUnread) {
    this.#top = top;
    this.#onUnread = onUnread;
  }

  /** For a folder that is looked at in any case: in one that git leaves out, only what lies within counts. */
  static of(folder: string, onUnread: OnUnread): GitIgnore {
    const path = resolve(folder);
    const repository = foldersOfRepository(path)?.at(-1);
    const all = new GitIgnore(repository ?? path, onUnread);
    return all.ignores(`${path}/`) ? new GitIgnore(path, onUnread) : all;
  }

  /** @param path in the folder; a slash at its end says that it is a folder's */
  ignores(path: string): boolean {
    return path.endsWith('/') ? this.#ignoresFolder(resolve(path)) : this.#decide(resolve(path), '');
  }

  #ignoresFolder(folder: string): boolean {
    const known = this.#folders.get(folder) ?? this.#decide(folder, '/');
    this.#folders.set(folder, known);
    return known;
  }

  /** A folder was listed: one without certain files need not be looked into again. */
  sawFolder(folder: string, entries: readonly { readonly name: string }[]): void {
    const saysMore = entries.some(({ name }) => name === '.gitignore' || name === '.git');
    this.#listed.set(resolve(folder), saysMore);
  }

  #decide(path: string, slash: string): boolean {
    if (path === this.#top) return false;
    const folder = dirname(path);
    if (this.#ignoresFolder(folder)) return true;
    for (let rules: IgnoreRules | undefined = this.#rulesIn(folder); rules; rules = rules.above) {
      const verdict = rules.patterns.verdictOn(pathBelow(rules.base, path) + slash);
      if (verdict !== undefined) return verdict;
    }
    return false;
  }

  #rulesIn(folder: string): IgnoreRules {
    const known = this.#rules.get(folder) ?? this.#read(folder);
    this.#rules.set(folder, known);
    return known;
  }

  #read(folder: string): IgnoreRules {
    if (this.#listed.get(folder) === false && folder !== this.#top) return this.#rulesIn(dirname(folder));
    const own = readGitFile(join(folder, '.gitignore'), this.#onUnread);
    if (existsSync(join(folder, '.git'))) return rulesFor(folder, `${privatePatterns(folder, this.#onUnread)}\n${own}`);
    if (folder === this.#top) return rulesFor(folder, own);
    const above = this.#rulesIn(dirname(folder));
    return own === '' ? above : rulesFor(folder, own, above);
  }
}

function rulesFor(base: string, text: string, above?: IgnoreRules): IgnoreRules {
  const lines = text.replace(/^\uFEFF/gm, '').split(/\r?\n/);
  return { base, patterns: new PathPatterns(lines, { ignoreCase }), above };
}

function pathBelow(folder: string, path: string): string {
  const below = path.slice(folder.endsWith(sep) ? folder.length : folder.length + 1);
  return sep === '/' ? below : below.replaceAll(sep, '/');
}

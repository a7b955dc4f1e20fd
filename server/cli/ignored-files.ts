import { basename, relative, resolve } from 'node:path';
import { CONFIG_NAME, pathMatcher } from '../../shared-rules/index.ts';

/** Patterns of a `.gitignore` file, and the folder that they are relative to. */
export interface RootedPatterns {
  readonly patterns: readonly string[];
  readonly root: string;
}

/** What `ignore` in the configuration leaves out of a run, as far as a policy lets it. */
export class IgnoredFiles {
  readonly #matches: (path: string) => boolean;
  readonly #mustStay: (path: string) => boolean;
  /** The files that were met and left out, by their full paths. */
  readonly leftOut = new Set<string>();
  /** The files that would be left out and must not be, as they were met. */
  readonly kept = new Set<string>();
  /** Whether a folder was searched that is not ignored itself. */
  isSearched = false;

  /** @param neverIgnored what a policy does not let the configuration leave out */
  constructor(ignored: RootedPatterns, neverIgnored: RootedPatterns) {
    this.#matches = below(ignored);
    this.#mustStay = below(neverIgnored);
  }

  /** Whether the configuration leaves out a path. A slash at its end says that it is a folder's. */
  matches(path: string): boolean {
    return this.#matches(path);
  }

  /** Notes a file that the configuration leaves out. @returns whether it must be checked all the same */
  isKept(file: string): boolean {
    const isKept = this.#mustStay(file);
    if (isKept) this.kept.add(file);
    // Nobody looks for anything in the configuration itself.
    else if (basename(file) !== CONFIG_NAME) this.leftOut.add(resolve(file));
    return isKept;
  }

  /** Whether a file is left out; it is noted then. */
  leavesOut(file: string): boolean {
    return this.#matches(file) && !this.isKept(file);
  }
}

function below({ patterns, root }: RootedPatterns): (path: string) => boolean {
  const matches = pathMatcher(patterns);
  return (path) => patterns.length > 0 && matches(relative(root, path) + (path.endsWith('/') ? '/' : ''));
}

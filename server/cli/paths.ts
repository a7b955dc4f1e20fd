import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { mayBeRead } from '../../shared-rules/index.ts';
import { slashed } from '../sinks/uri.ts';
import { GitIgnore } from '../workspace/gitignore.ts';
import { isWalked, type WalkOptions, walk } from '../workspace/walk.ts';
import { MOST_ALTERNATIVES, readFilePattern } from './file-pattern.ts';
import type { Messages } from './messages.ts';
import type { RunSettings } from './run-settings.ts';

/** The files that paths, patterns and lists name, and what is left out of them. */
export class Paths {
  readonly #run: RunSettings;
  readonly #messages: Messages;
  readonly #useGit: boolean;
  /** Files for git that were complained of. */
  readonly #unread = new Set<string>();

  /** @param useGit whether what git leaves out is left out of folders and patterns */
  constructor(run: RunSettings, messages: Messages, useGit: boolean) {
    this.#run = run;
    this.#messages = messages;
    this.#useGit = useGit;
  }

  /** Whether the configuration leaves out a file, which is said. */
  isIgnored(file: string): boolean {
    const isIgnored = this.#run.ignored.leavesOut(file);
    if (isIgnored) this.#messages.note(`${file} is ignored by the configuration.`);
    return isIgnored;
  }

  /** The files at a path, or those that a pattern matches; undefined, after a complaint, where there are none. */
  async *at(path: string): AsyncGenerator<string | undefined> {
    const stats = await stat(path).catch(() => undefined);
    if (!stats) yield* this.#matching(path);
    else if (stats.isDirectory()) {
      const isIgnored = this.#run.ignored.matches(`${path}/`);
      if (isIgnored) this.#messages.note(`${path} is ignored by the configuration.`);
      else this.#run.ignored.isSearched = true;
      yield* this.#below(path);
    } else if (!this.isIgnored(path)) yield path;
  }

  /** The files of a list that may be manifests or scripts and are still there. */
  async *listed(paths: readonly string[]): AsyncGenerator<string> {
    for (const path of paths) {
      const stats = await stat(path).catch(() => undefined);
      const below = slashed(relative('.', path)).replace(/^(\.\.\/)+/, '');
      if (!stats) this.#messages.note(`${path} is listed but not there; it was left out.`);
      else if (!stats.isFile()) this.#messages.note(`${path} is listed but not a file; it was left out.`);
      else if (!isWalked(below, [])) this.#messages.detail(`${path} was left out: Bulkhead looks for nothing in it.`);
      else if (this.#run.ignored.leavesOut(path))
        this.#messages.detail(`${path} was left out: it is ignored by the configuration.`);
      else yield path;
    }
  }

  async *#matching(pattern: string): AsyncGenerator<string | undefined> {
    // On Windows people write folders with the other slash, and no shell resolves patterns.
    const normal = slashed(pattern);
    const wanted = readFilePattern(normal);
    if (wanted && !wanted.matches) {
      this.#messages.error(`${pattern} has more than ${MOST_ALTERNATIVES} alternatives; name fewer at once`);
      return yield undefined;
    }
    let count = 0;
    if (wanted?.matches && (await stat(wanted.folder).catch(() => undefined))?.isDirectory()) {
      const { folder, matches } = wanted;
      const isWanted = (path: string) => mayBeRead(path) && matches(slashed(relative(folder, path)));
      for await (const file of this.#below(folder, { isWanted })) {
        count++;
        yield file;
      }
    }
    if (count > 0) return;
    this.#messages.error(wanted ? `no manifest or script matches ${pattern}` : `no such file or folder: ${pattern}`);
    yield undefined;
  }

  readonly #complainOnce = (path: string, reason: string): void => {
    if (this.#unread.has(path)) return;
    this.#unread.add(path);
    this.#messages.error(`${relative('.', path)} ${reason}; what it tells git to ignore was not left out.`);
  };

  async *#below(folder: string, options: Pick<WalkOptions, 'isWanted'> = {}): AsyncGenerator<string> {
    const gitIgnore = this.#useGit ? GitIgnore.of(folder, this.#complainOnce) : undefined;
    yield* walk(folder, {
      exclude: this.#run.ignore,
      onExcluded: (file) => this.#run.ignored.isKept(file),
      excludeRoot: this.#run.root,
      gitIgnore,
      onUnreadable: (path, reason) => this.#messages.error(`${path} cannot be read (${reason}); it was left out.`),
      onSkipped: (path, reason) => this.#messages.detail(`${path} was left out: it ${reason}.`),
      ...options,
    });
  }
}

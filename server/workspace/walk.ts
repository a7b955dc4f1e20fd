import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { mayBeRead, pathMatcher } from '../../shared-rules/index.ts';
import type { GitIgnore } from './gitignore.ts';
import { Slices } from './slices.ts';

export interface WalkOptions {
  /** Patterns of a `.gitignore` file. */
  readonly exclude: readonly string[];
  /** The folder that the patterns are relative to, where it is not the one that is walked. */
  readonly excludeRoot?: string;
  /** What git leaves out, if that counts. */
  readonly gitIgnore?: GitIgnore | undefined;
  /** Which files are wanted, by their path; without it those that may be manifests or scripts by their name. */
  readonly isWanted?: (path: string) => boolean;
  readonly signal?: AbortSignal;
  /** Called for a folder that cannot be read; the walk goes on. */
  readonly onUnreadable?: (path: string, reason: string) => void;
  /**
   * Called for each wanted file that the patterns leave out; true where it is wanted all the same. Without it, nobody looks
   * into folders that they leave out.
   */
  readonly onExcluded?: (path: string) => boolean;
  /** Called for a folder or a wanted file that is left out. */
  readonly onSkipped?: (path: string, reason: string) => void;
}

/** Hidden folders belong to tools; these are written by hand and hold Compose files, workflows and scripts. */
const HIDDEN_BUT_OURS: ReadonlySet<string> = new Set(['.devcontainer', '.github', '.gitea', '.forgejo', '.gitlab']);

/**
 * Every file below a folder that may be a manifest or a script, by its name, in the order of their names. Hidden folders and
 * `node_modules` are left out. Links are not followed, so no file is met twice and no circle is walked.
 */
export async function* walk(root: string, options: WalkOptions): AsyncGenerator<string> {
  const slices = new Slices();
  for (const path of walkFolder(root, reasonsToSkip(root, options), options, false)) {
    options.signal?.throwIfAborted();
    if (path !== undefined) yield path;
    if (slices.isOver) await slices.next();
  }
}

const EXCLUDED = 'is ignored by the configuration';

/** Why a path is left out; undefined when it is not. A slash at its end says that it is a folder's. */
type ReasonToSkip = (path: string) => string | undefined;

function reasonsToSkip(root: string, { exclude, excludeRoot = root, gitIgnore }: WalkOptions): ReasonToSkip {
  const matches = pathMatcher(exclude);
  return (path) => {
    const isFolder = path.endsWith('/');
    if (isFolder && isSkippedFolder(basename(path))) return 'is a hidden folder or one of packages';
    if (gitIgnore?.ignores(path)) return 'is ignored by git';
    return exclude.length > 0 && matches(relative(excludeRoot, path) + (isFolder ? '/' : '')) ? EXCLUDED : undefined;
  };
}

/**
 * The files below a folder; undefined after each folder that was listed.
 * @param isExcluded whether the patterns leave out the folder
 */
function* walkFolder(
  folder: string,
  reasonToSkip: ReasonToSkip,
  options: WalkOptions,
  isExcluded: boolean,
): Generator<string | undefined> {
  const { onSkipped, onExcluded, isWanted = mayBeRead } = options;
  const entries = list(folder, options);
  yield undefined;
  for (const entry of entries) {
    const isFolder = entry.isDirectory();
    const path = join(folder, entry.name);
    // Where a link leads is not looked at: it may stand for a folder, too.
    if (!isFolder && !entry.isSymbolicLink() && !isWanted(path)) continue;
    const reason =
      reasonToSkip(isFolder ? `${path}/` : path) ?? (isFolder || entry.isFile() ? undefined : whatIs(entry));
    const isOut = reason === EXCLUDED && onExcluded !== undefined;
    if (isFolder && (reason === undefined || isOut)) yield* walkFolder(path, reasonToSkip, options, isOut);
    else if (reason === undefined || (isOut && entry.isFile() && onExcluded(path))) {
      yield path;
      continue;
    }
    // Of a folder that is left out it is said once.
    if (reason !== undefined && !isExcluded) onSkipped?.(path, reason);
  }
}

function whatIs(entry: Dirent): string {
  return entry.isSymbolicLink() ? 'is a link, and links are not followed' : 'is not a regular file';
}

/** What a folder holds, in the order of the names. It is read at once: to wait for it costs more than to read it. */
function list(folder: string, { gitIgnore, onUnreadable }: WalkOptions): Dirent[] {
  let entries: Dirent[] = [];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    onUnreadable?.(folder, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  gitIgnore?.sawFolder(folder, entries);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isSkippedFolder(name: string): boolean {
  return name === 'node_modules' || (name.startsWith('.') && !HIDDEN_BUT_OURS.has(name));
}

/**
 * Whether `walk` would come to a file, for files that are known in another way.
 * @param path relative to the root, with forward slashes
 */
export function isWalked(path: string, exclude: readonly string[]): boolean {
  const folders = path.split('/').slice(0, -1);
  return mayBeRead(path) && !folders.some(isSkippedFolder) && !isExcluded(path, exclude);
}

/**
 * Whether a path leads through a link, which `walk` would not follow.
 * @param path relative to the root, with forward slashes
 */
export function leadsThroughLink(root: string, path: string): boolean {
  const names = path.split('/');
  return names.some((_, index) => isLink(join(root, ...names.slice(0, index + 1))));
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** Whether patterns leave out a file. */
export function isExcluded(path: string, exclude: readonly string[]): boolean {
  return exclude.length > 0 && pathMatcher(exclude)(path);
}

import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { mayBeRead, pathMatcher } from '../shared-rules/index.ts';

export interface WalkOptions {
  /** Patterns of a `.gitignore` file. */
  readonly exclude: readonly string[];
  /** The folder that the patterns are relative to, where it is not the one that is walked. */
  readonly excludeRoot?: string;
  readonly signal?: AbortSignal;
  /** Called for a folder that cannot be read; the walk goes on. */
  readonly onUnreadable?: (path: string, reason: string) => void;
}

/** Hidden folders belong to tools; these are written by hand and hold Compose files, workflows and scripts. */
const HIDDEN_BUT_OURS: ReadonlySet<string> = new Set(['.devcontainer', '.github', '.gitea', '.forgejo', '.gitlab']);

/**
 * Every file below a folder that may be a manifest or a script, by its name, in the order of their names. Hidden folders and
 * `node_modules` are left out. Links are not followed, so no file is met twice and no circle is walked.
 */
export async function* walk(root: string, options: WalkOptions): AsyncGenerator<string> {
  const { excludeRoot = root } = options;
  const matches = pathMatcher(options.exclude);
  yield* walkFolder(root, (path) => matches(relativeTo(excludeRoot, path)), options);
}

/** The path from a folder to a file; it keeps the slash at the end of a folder's. */
function relativeTo(folder: string, path: string): string {
  return relative(folder, path) + (path.endsWith('/') ? '/' : '');
}

async function* walkFolder(
  folder: string,
  isExcluded: (path: string) => boolean,
  options: WalkOptions,
): AsyncGenerator<string> {
  options.signal?.throwIfAborted();
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    options.onUnreadable?.(folder, error.code ?? String(error));
    return [];
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!isSkippedFolder(entry.name) && !isExcluded(`${path}/`)) yield* walkFolder(path, isExcluded, options);
    } else if (entry.isFile() && mayBeRead(path) && !isExcluded(path)) {
      yield path;
    }
  }
}

function isSkippedFolder(name: string): boolean {
  return name === 'node_modules' || (name.startsWith('.') && !HIDDEN_BUT_OURS.has(name));
}

/**
 * Whether `walk` would come to a file, for files that are heard of in another way.
 * @param path relative to the root, with forward slashes
 */
export function isWalked(path: string, exclude: readonly string[]): boolean {
  const folders = path.split('/').slice(0, -1);
  return mayBeRead(path) && !folders.some(isSkippedFolder) && !isExcluded(path, exclude);
}

/** Whether patterns leave out a file. */
export function isExcluded(path: string, exclude: readonly string[]): boolean {
  return exclude.length > 0 && pathMatcher(exclude)(path);
}

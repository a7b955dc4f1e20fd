import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { mayBeRead } from '../shared-rules/index.ts';

export interface WalkOptions {
  /** Patterns of a `.gitignore` file, relative to the root. */
  readonly exclude: readonly string[];
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
  yield* walkFolder(root, '', ignore().add([...options.exclude]), options);
}

async function* walkFolder(
  root: string,
  below: string,
  excluded: Ignore,
  options: WalkOptions,
): AsyncGenerator<string> {
  options.signal?.throwIfAborted();
  const folder = join(root, below);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    options.onUnreadable?.(folder, error.code ?? String(error));
    return [];
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!isSkippedFolder(entry.name) && !excluded.ignores(`${path}/`))
        yield* walkFolder(root, path, excluded, options);
    } else if (entry.isFile() && mayBeRead(path) && !excluded.ignores(path)) {
      yield join(root, path);
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
  return (
    exclude.length > 0 &&
    ignore()
      .add([...exclude])
      .ignores(path)
  );
}

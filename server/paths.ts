import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { pathMatcher } from '../shared-rules/index.ts';
import type { RunSettings } from './config-file.ts';
import { walk } from './walk.ts';

/** Where a command writes: its result, and what it has to say about it. */
export interface Streams {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
}

/** The files that paths name and the settings do not leave out; undefined for a path that does not exist. */
export async function* filesAt(
  paths: readonly string[],
  { ignore, root }: RunSettings,
  complain: (message: string) => void,
): AsyncGenerator<string | undefined> {
  const isIgnored = pathMatcher(ignore);
  for (const path of paths) {
    const stats = await stat(path).catch(() => undefined);
    if (!stats) {
      complain(`no such file or folder: ${path}`);
      yield undefined;
    } else if (isIgnored(relative(root, path) + (stats.isDirectory() ? '/' : '')))
      complain(`${path} is ignored by the configuration.`);
    else if (!stats.isDirectory()) yield path;
    else {
      const onUnreadable = (folder: string, reason: string) =>
        complain(`${folder} cannot be read (${reason}); it was left out.`);
      yield* walk(path, { exclude: ignore, excludeRoot: root, onUnreadable });
    }
  }
}

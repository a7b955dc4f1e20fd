import { stat } from 'node:fs/promises';
import { walk } from './walk.ts';

/** Where a command writes: its result, and what it has to say about it. */
export interface Streams {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
}

/** The files that paths name; undefined for a path that does not exist. */
export async function* filesAt(
  paths: readonly string[],
  complain: (message: string) => void,
): AsyncGenerator<string | undefined> {
  for (const path of paths) {
    const stats = await stat(path).catch(() => undefined);
    if (!stats) {
      complain(`no such file or folder: ${path}`);
      yield undefined;
    } else if (!stats.isDirectory()) yield path;
    else {
      const onUnreadable = (folder: string, reason: string) =>
        complain(`${folder} cannot be read (${reason}); it was left out.`);
      yield* walk(path, { exclude: [], onUnreadable });
    }
  }
}

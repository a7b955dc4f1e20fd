import { randomBytes } from 'node:crypto';
import { constants, rmSync, type Stats } from 'node:fs';
import { access, type FileHandle, lstat, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';

export interface WriteOptions {
  /** The permissions; without it those of the file that is replaced, or those that the system gives new files. */
  readonly mode?: number;
  /** Asked when everything is written, before it takes the place of the file: why it must not, if so. */
  readonly confirm?: () => Promise<string | undefined>;
}

// Windows has no O_NOFOLLOW. O_EXCL follows no link either.
const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0, W_OK } = constants;

/**
 * Writes a file. At any moment, also when the program is killed or another one writes the same file, there is either what
 * was there before or the new content, whole. Owner and permissions stay. What is not a regular file is not written to.
 * @returns why it was not written, as the end of a sentence about the file; undefined when it was
 */
export async function writeWhole(
  path: string,
  content: string | Buffer,
  { mode, confirm }: WriteOptions = {},
): Promise<string | undefined> {
  try {
    const old = await statsOf(path);
    const reason = old && reasonToLeave(old);
    if (reason !== undefined) return reason;
    // A file that may not be written to may not be replaced either, though the folder would allow it.
    if (old) await access(path, W_OK);
    return await replaceBy(
      path,
      async (file) => {
        if (old) await takeOver(file, old, mode);
        // Goes on after a short write, or throws.
        await file.writeFile(content);
        await file.sync();
        return confirm?.();
      },
      old ? 0o600 : mode,
    );
  } catch (error) {
    return unwritable(error);
  }
}

/** The end of a sentence about a file. */
export function unwritable(error: unknown): string {
  return `cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
}

/**
 * Why a file must not be written at a path that the current folder holds: it is none, or links lead out of the folder. Both
 * are what a repository of a stranger may have in it.
 * @returns the end of a sentence about the file; undefined where it may be written
 */
export async function refusalToWrite(path: string): Promise<string | undefined> {
  try {
    const old = await statsOf(path);
    const reason = old && reasonToLeave(old);
    if (reason !== undefined) return reason;
    const here = resolve('.');
    const folder = await realFolder(dirname(resolve(path)));
    if (!isInside(here, resolve(path)) || isInside(await realpath(here), folder)) return undefined;
    return `is behind a link that leads out of the current folder, to ${folder}; name that folder to write there`;
  } catch (error) {
    return unwritable(error);
  }
}

/** What stands at a path, a link itself; undefined for nothing. */
export async function statsOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

function reasonToLeave(stats: Stats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isSymbolicLink()) return 'is a link, and nothing is written through links; name the file it leads to';
  return `is ${stats.isDirectory() ? 'a folder' : 'a device, a pipe or a socket'} and not a file`;
}

/** Where a folder really is; of one that is not there yet, the nearest one above it that is. */
async function realFolder(folder: string): Promise<string> {
  return realpath(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return realFolder(dirname(folder));
    throw error;
  });
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && !/^\.\.(?:[\\/]|$)/.test(way);
}

/**
 * Opens a new file and puts it in the place of another one.
 * @param fill writes the new file; what it returns keeps the old one
 */
async function replaceBy(
  path: string,
  fill: (file: FileHandle) => Promise<string | undefined>,
  mode: number | undefined,
): Promise<string | undefined> {
  const name = join(dirname(path), `${PREFIX}${randomBytes(8).toString('hex')}${SUFFIX}`);
  const stopRemoving = removeWhenStopped(name);
  try {
    const file = await open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    const failure = await fill(file).finally(() => file.close());
    if (failure === undefined) await rename(name, path);
    return failure;
  } finally {
    // There is none after it took its place.
    await rm(name, { force: true }).catch(() => undefined);
    stopRemoving();
  }
}

/** Gives a new file the owner and the permissions of the one that it replaces. */
async function takeOver(file: FileHandle, old: Stats, mode = old.mode & 0o7777): Promise<void> {
  const { uid, gid } = await file.stat();
  // Only root can give a file to somebody else. A wrong group could let in people who were not.
  if (uid !== old.uid) await file.chown(old.uid, gid).catch(ifNotPermitted);
  if (gid !== old.gid) await file.chown((await file.stat()).uid, old.gid);
  await file.chmod(mode);
}

function ifNotPermitted(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPERM' && error.code !== 'EINVAL' && error.code !== 'ENOSYS') throw error;
}

const PREFIX = '.bulkhead-';
const SUFFIX = '.tmp';

/** How old a file that was begun is when nobody writes it any more, in milliseconds. */
const ABANDONED = 60 * 60 * 1000;

/** Deletes what killed programs had begun to write in a folder that is Bulkhead's own. */
export async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((name) => name.startsWith(PREFIX) && name.endsWith(SUFFIX))) {
    const path = join(folder, name);
    const stats = await lstat(path).catch(() => undefined);
    if (stats?.isFile() && Date.now() - stats.mtimeMs > ABANDONED)
      await rm(path, { force: true }).catch(() => undefined);
  }
}

const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Deletes a file when the program is told to stop, which then stops it. @returns ends that */
function removeWhenStopped(path: string): () => void {
  const stop = (signal: NodeJS.Signals) => {
    rmSync(path, { force: true });
    forget();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const forget = () => {
    for (const signal of STOPS) process.removeListener(signal, stop);
  };
  for (const signal of STOPS) process.on(signal, stop);
  return forget;
}

import { constants, type Stats, writeFileSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { refusalToWrite, statsOf, unwritable, type WriteOptions, writeWhole } from './write-file.ts';

/**
 * Writes a file below a folder of the user's, whole or not at all, and makes the folders above it.
 * @returns why it could not be written, as the end of a sentence about the file
 */
export async function saveFile(file: string, content: string): Promise<string | undefined> {
  return (await refusalToWrite(file)) ?? saveOwnFile(file, content);
}

/** Writes a file that is Bulkhead's own: links above it are the user's. Otherwise as `saveFile`. */
export async function saveOwnFile(
  file: string,
  content: string | Buffer,
  options?: WriteOptions,
): Promise<string | undefined> {
  try {
    await makeFolder(dirname(file));
  } catch (error) {
    return unwritable(error);
  }
  return writeWhole(file, content, options);
}

/** As `saveFile`; a device, a pipe or a descriptor of the program, such as `/dev/stdout`, is written to. */
export async function saveOutput(file: string, content: string): Promise<string | undefined> {
  const [, name, number] = /^\/(?:dev|proc\/self)\/(?:(stdout|stderr)|fd\/(\d+))$/.exec(file) ?? [];
  const isDescriptor = name !== undefined || number !== undefined;
  try {
    const stats = await (isDescriptor ? stat(file) : statsOf(file));
    // To open it anew would begin at its start again.
    if (isDescriptor && stats?.isFile()) writeFileSync(Number(number ?? (name === 'stderr' ? 2 : 1)), content);
    else if (isDescriptor || (stats && isSpecial(stats))) await writeFile(file, content, { flag: constants.O_WRONLY });
    else return saveFile(file, content);
    return undefined;
  } catch (error) {
    return unwritable(error);
  }
}

function isSpecial(stats: Stats): boolean {
  return stats.isFIFO() || stats.isCharacterDevice() || stats.isBlockDevice();
}

/** Makes a folder and those above it. Node's own way never ends where a file system takes no folders, as `/proc` does not. */
async function makeFolder(folder: string): Promise<void> {
  const codeOf = (error: NodeJS.ErrnoException) => error.code;
  const failure = await mkdir(folder).then(() => undefined, codeOf);
  if (failure !== 'ENOENT') return;
  await makeFolder(dirname(folder));
  await mkdir(folder);
}

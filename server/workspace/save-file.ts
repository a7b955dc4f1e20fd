import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/**
 * Writes a file, whole or not at all, and makes the folders above it.
 * @returns why it could not be written, as the end of a sentence about the file
 */
export async function saveFile(file: string, content: string | Buffer): Promise<string | undefined> {
  try {
    await makeFolder(dirname(file));
    const stats = await stat(file).catch(() => undefined);
    // A device or a pipe is written to, not replaced.
    await (stats && !stats.isFile() ? writeFile(file, content) : writeFileAtomic(file, content));
    return undefined;
  } catch (error) {
    return `cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}

/** Makes a folder and those above it. Node's own way never ends where a file system takes no folders, as `/proc` does not. */
async function makeFolder(folder: string): Promise<void> {
  const codeOf = (error: NodeJS.ErrnoException) => error.code;
  const failure = await mkdir(folder).then(() => undefined, codeOf);
  if (failure !== 'ENOENT') return;
  await makeFolder(dirname(folder));
  await mkdir(folder);
}

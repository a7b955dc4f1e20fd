import writeFileAtomic from 'write-file-atomic';
import { type Encoding, encode, readTextFile } from './read-file.ts';

/**
 * Replaces a file's text, whole or not at all; its permissions, its encoding and links to it stay.
 * @param before the text the new one was made from: a file that says something else by now is left as it is
 * @returns why it was not replaced, as the end of a sentence about the file; undefined when it was
 */
export async function replaceFile(
  path: string,
  before: string,
  after: string,
  encoding: Encoding,
): Promise<string | undefined> {
  const now = await readTextFile(path, { links: 'followed' });
  if (!('text' in now) || now.text !== before) return 'changed while it was being repaired; run the command again';
  try {
    await writeFileAtomic(path, encode(after, encoding));
    return undefined;
  } catch (error) {
    return `cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}

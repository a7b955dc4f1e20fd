import { type Encoding, encode, readTextFile } from './read-file.ts';
import { refusalToWrite, writeWhole } from './write-file.ts';

/** Whether a file was replaced, or another program had already made it so; or why not, as the end of a sentence about it. */
export type Replaced = 'replaced' | 'already' | { readonly refused: string };

/**
 * Replaces a file's text, whole or not at all; its owner, its permissions and its encoding stay.
 * @param before the text the new one was made from: a file that says something else by now is left as it is
 */
export async function replaceFile(path: string, before: string, after: string, encoding: Encoding): Promise<Replaced> {
  const confirm = async () =>
    (await textAt(path)) === before ? undefined : 'changed while it was being repaired; run the command again';
  const refused = (await refusalToWrite(path)) ?? (await writeWhole(path, encode(after, encoding), { confirm }));
  if (refused === undefined) return 'replaced';
  return (await textAt(path)) === after ? 'already' : { refused };
}

async function textAt(path: string): Promise<string | undefined> {
  const read = await readTextFile(path);
  return 'text' in read ? read.text : undefined;
}

import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** A short name for a content, which no other content has. */
export function hash(content: string | Buffer): string {
  return hashOf([content]);
}

/** The same of a content in pieces. */
export function hashOf(pieces: readonly (string | Buffer)[]): string {
  const bytes = createHash('sha256');
  for (const piece of pieces) bytes.update(piece);
  return digest(bytes);
}

/** Most files are read in one go. */
const buffer = Buffer.allocUnsafeSlow(64 * 1024);

/** The hash of a file's bytes, of which none are kept; undefined where it cannot be read. */
export function hashFile(path: string): string | undefined {
  const bytes = createHash('sha256');
  try {
    const file = openSync(path, 'r');
    try {
      for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer))
        bytes.update(buffer.subarray(0, size));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
  return digest(bytes);
}

function digest(bytes: Hash): string {
  return bytes.digest('hex').slice(0, 32);
}

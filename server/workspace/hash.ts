import { createHash } from 'node:crypto';

/** A short name for a content, which no other content has. */
export function hash(content: string | Buffer): string {
  return hashOf([content]);
}

/** The same of a content in pieces. */
export function hashOf(pieces: readonly (string | Buffer)[]): string {
  const bytes = createHash('sha256');
  for (const piece of pieces) bytes.update(piece);
  return bytes.digest('hex').slice(0, 32);
}

import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Larger files are not manifests people write; parsing one would hold up everything else. */
export const MOST_BYTES = 8 * 1024 * 1024;

/** A file's text, or the reason why it was not read, as the end of a sentence about the file. */
export type FileText = { readonly text: string; readonly encoding: Encoding } | { readonly refused: string };

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * Reads a text file. Never throws. A byte order mark stays in the text, so that offsets and edits are true.
 * @param most the largest size that is read, in bytes
 */
export async function readTextFile(path: string, most = MOST_BYTES): Promise<FileText> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > most) return { refused: tooLarge(size, most) };
      return decode(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (error) {
    return { refused: unreadable(error) };
  }
}

/** Reads a file's bytes at once, for a thread that has nothing else to do. Never throws. */
export function readBytes(path: string): Buffer | { readonly refused: string } {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      return size > MOST_BYTES ? { refused: tooLarge(size) } : readFileSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return { refused: unreadable(error) };
  }
}

function unreadable(error: unknown): string {
  return `cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
}

/** A text as editors show it, without its byte order mark: the first line's columns are counted behind it. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Reads a stream of text to its end, as `readTextFile` does a file. */
export async function readTextStream(stream: NodeJS.ReadableStream, most: number): Promise<FileText> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size > most) return { refused: tooLarge(size, most) };
    }
    return decode(Buffer.concat(chunks));
  } catch (error) {
    return { refused: unreadable(error) };
  }
}

/** @param size in bytes, or in characters for a text an editor holds */
export function tooLarge(size: number, most = MOST_BYTES): string {
  return `is larger than ${most / 1024 / 1024} MiB (${(size / 1024 / 1024).toFixed(1)} MiB) and was not checked`;
}

/** The text of a file's bytes. A byte order mark stays in it. */
export function decode(bytes: Buffer): FileText {
  const encoding = encodingOf(bytes);
  if (encoding === 'utf-8' && bytes.includes(0)) return { refused: 'is binary and was not checked' };
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes), encoding };
  } catch {
    return { refused: `is not valid ${encoding.toUpperCase()} and was not checked` };
  }
}

/** The bytes of a text in the encoding it was read in. */
export function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}

function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';

const MIB = 1024 * 1024;

/** Larger files are not manifests people write; parsing one would hold up everything else. */
export const MOST_BYTES = 8 * MIB;

/** The largest sizes that are read of files that are not checked, in bytes. */
export const MOST_OF = {
  configuration: MIB,
  /** What tells git something, such as `.gitignore`. */
  gitFile: MIB,
  baseline: 64 * MIB,
  fileList: 64 * MIB,
  /** What engines and clusters say of what runs. */
  audit: 32 * MIB,
} as const;

/** Why a file was not read, as the end of a sentence about the file. */
export interface Refused {
  readonly refused: string;
}

/** A file's text, or the reason why it was not read. */
export type FileText = { readonly text: string; readonly encoding: Encoding } | Refused;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * What happens to a name that is a link: it is followed, since the user named it; it is refused; or it is followed as far as
 * the file lies within a folder.
 */
export type Links = 'followed' | 'refused' | { readonly within: string };

export interface ReadOptions {
  /** The largest size that is read, in bytes; without it that of a file that is checked. */
  readonly most?: number;
  /** Without it they are refused. */
  readonly links?: Links | undefined;
}

// Windows has none of these.
const { O_NOCTTY = 0, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;

/**
 * Reads the bytes of a regular file: the one way to the content of a file, whoever named it. Nothing else is read, and never
 * waited for. Never throws, and never reads more than `most` bytes, whatever becomes of the file meanwhile.
 */
export function readBytes(path: string, { most = MOST_BYTES, links = 'refused' }: ReadOptions = {}): Buffer | Refused {
  try {
    if (links === 'followed') return readRegular(path, 0, most);
    // Where links lead is resolved, so that a link put there later is met with the flag that refuses it.
    const target = links !== 'refused' && isLink(path) ? realpathSync.native(path) : path;
    if (links !== 'refused' && target !== path && !isBelow(target, links.within)) return { refused: LINK_OUTSIDE };
    if (O_NOFOLLOW === 0 && isLink(target)) return { refused: LINK };
    return readRegular(target, O_NOFOLLOW, most);
  } catch (error) {
    return { refused: unreadable(error as NodeJS.ErrnoException) };
  }
}

const LINK = 'is a link, which is not followed, and was not read';
const LINK_OUTSIDE = 'is a link that leads out of the folder and was not read';

function readRegular(path: string, flags: number, most: number): Buffer | Refused {
  const file = openSync(path, O_NOCTTY | O_NONBLOCK | flags);
  try {
    // What was opened is looked at, not what has the name by now.
    const stats = fstatSync(file);
    return stats.isFile() ? bytesIn(file, stats.size, most) : { refused: notRegular(kindOf(stats)) };
  } finally {
    closeSync(file);
  }
}

function isLink(path: string): boolean {
  return lstatSync(path).isSymbolicLink();
}

/** @param path one that leads through no links */
function isBelow(path: string, folder: string): boolean {
  const below = relative(realpathSync.native(folder), path);
  return below.split(sep)[0] !== '..' && !isAbsolute(below);
}

function notRegular(kind: string): string {
  return `is a ${kind}, not a regular file, and was not read`;
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'folder';
  return stats.isFIFO() ? 'pipe' : stats.isSocket() ? 'socket' : 'device';
}

function unreadable(error: NodeJS.ErrnoException): string {
  const { code = String(error) } = error;
  // Of a link, and of links that lead in a circle.
  if (code === 'ELOOP' || code === 'EMLINK') return LINK;
  // Nobody can open a socket.
  if (code === 'ENXIO' || code === 'EOPNOTSUPP') return notRegular('socket');
  return `cannot be read (${code})`;
}

/** Whether a reason not to read a file is that there is none. */
export function isMissing({ refused }: Refused): boolean {
  return /\((?:ENOENT|ENOTDIR)\)$/.test(refused);
}

/** @param size what the file is said to have; it may grow, and some have more than they say */
function bytesIn(file: number, size: number, most: number): Buffer | Refused {
  if (size > most) return { refused: tooLarge(size, most) };
  // One byte more shows the end.
  let bytes = Buffer.allocUnsafe(size + 1);
  for (let length = 0; ; ) {
    const count = readSync(file, bytes, length, bytes.length - length, null);
    if (count === 0) return bytes.subarray(0, length);
    length += count;
    if (length > most) return { refused: tooLarge(length, most) };
    if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(2 * length + 1024, most + 1));
  }
}

/** Reads a text file as `readBytes` does. A byte order mark stays in the text, so that offsets and edits are true. */
export async function readTextFile(path: string, options?: ReadOptions): Promise<FileText> {
  return textOf(readBytes(path, options));
}

/**
 * Reads what the user named: a file, links followed, or what `isStream` knows, to its end.
 * @param most the largest size that is read, in bytes
 */
export async function readNamedFile(path: string, most: number): Promise<FileText> {
  return textOf(await readNamedBytes(path, most));
}

export async function readNamedBytes(path: string, most: number): Promise<Buffer | Refused> {
  return isStream(path) ? readStream(createReadStream(path), most) : readBytes(path, { most, links: 'followed' });
}

/** Standard input and `<(command)` of a shell have such names, and nothing that lies in a folder of the user's. */
const STREAM = /^\/(?:dev\/|proc\/self\/fd\/\d+$)/;

/** Whether a name that the user gave is a pipe's or a device's, to be read once and as it comes, such as `/dev/stdin`. */
export function isStream(path: string): boolean {
  try {
    const stats = STREAM.test(path) && statSync(path);
    return stats && (stats.isFIFO() || stats.isCharacterDevice());
  } catch {
    return false;
  }
}

/** Reads a stream of text to its end, as `readTextFile` does a file. */
export async function readTextStream(stream: NodeJS.ReadableStream, most: number): Promise<FileText> {
  return textOf(await readStream(stream, most));
}

/** Reads a stream to its end. @param most so many bytes at most */
export async function readStream(stream: NodeJS.ReadableStream, most: number): Promise<Buffer | Refused> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size > most) return { refused: tooLarge(size, most) };
    }
    return Buffer.concat(chunks);
  } catch (error) {
    return { refused: unreadable(error as NodeJS.ErrnoException) };
  }
}

/** Reads a file that is part of Bulkhead, such as a rule's page. @throws where it is not as it was installed */
export function readOwnFile(path: string): Buffer {
  const bytes = readBytes(path, { links: 'followed' });
  if ('refused' in bytes) throw new Error(`${path} ${bytes.refused}. Install Bulkhead again.`);
  return bytes;
}

function textOf(bytes: Buffer | Refused): FileText {
  return 'refused' in bytes ? bytes : decode(bytes);
}

/** A text as editors show it, without its byte order mark: the first line's columns are counted behind it. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** @param size in bytes, or in characters for a text an editor holds */
export function tooLarge(size: number, most = MOST_BYTES): string {
  return `is larger than ${most / MIB} MiB (${(size / MIB).toFixed(1)} MiB) and was not checked`;
}

/** The text of a file's bytes. A byte order mark stays in it. */
export function decode(bytes: Buffer): FileText {
  const encoding = encodingOf(bytes);
  const binary = { refused: 'is binary and was not checked' };
  if (encoding === 'utf-8' && bytes.includes(0)) return binary;
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    // The mark of UTF-32 begins as that of UTF-16.
    return text.includes('\0') ? binary : { text, encoding };
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

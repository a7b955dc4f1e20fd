/** A member of an archive. */
export interface TarEntry {
  readonly path: string;
  /** Whether it is a regular file: no link, folder or device. */
  readonly isFile: boolean;
  readonly content: Buffer;
}

const BLOCK = 512;

/** Type flags: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, and those of GNU tar. */
const REGULAR: ReadonlySet<string> = new Set(['0', '\0', '7']);
const EXTENDED = 'x';
const LONG_PATH = 'L';

/**
 * The members of a tar archive in the formats ustar, pax and GNU. Contents are views of the archive.
 * @returns undefined for what is none, or is cut off
 */
export function entriesOf(archive: Buffer): TarEntry[] | undefined {
  const entries: TarEntry[] = [];
  let longer: Pick<Partial<Header>, 'path' | 'size'> = {};
  for (let offset = 0; offset < archive.length; ) {
    const block = archive.subarray(offset, offset + BLOCK);
    if (block.every((byte) => byte === 0)) return entries;
    const written = headerIn(block);
    if (!written) return undefined;
    const header = { ...written, ...longer };
    const start = offset + BLOCK;
    const content = archive.subarray(start, start + header.size);
    if (content.length < header.size) return undefined;
    offset = start + Math.ceil(header.size / BLOCK) * BLOCK;
    if (header.type === EXTENDED) longer = { ...longer, ...extended(content) };
    else if (header.type === LONG_PATH) longer = { ...longer, path: textIn(content) };
    else {
      entries.push({ path: header.path, isFile: REGULAR.has(header.type), content });
      longer = {};
    }
  }
  return entries;
}

interface Header {
  readonly path: string;
  readonly size: number;
  readonly type: string;
}

function headerIn(block: Buffer): Header | undefined {
  if (block.length < BLOCK || !hasChecksum(block)) return undefined;
  const size = Number.parseInt(textIn(block.subarray(124, 136)).trim() || '0', 8);
  if (!Number.isSafeInteger(size) || size < 0) return undefined;
  const name = textIn(block.subarray(0, 100));
  const isUstar = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isUstar ? textIn(block.subarray(345, 500)) : '';
  return { path: prefix === '' ? name : `${prefix}/${name}`, size, type: String.fromCharCode(block[156]!) };
}

/** The sum of a header's bytes, those of the sum itself counted as spaces, is in the header. */
function hasChecksum(block: Buffer): boolean {
  let sum = 8 * 0x20;
  for (const [index, byte] of block.entries()) if (index < 148 || index >= 156) sum += byte;
  return Number.parseInt(textIn(block.subarray(148, 156)).trim(), 8) === sum;
}

/** Up to the first NUL. */
function textIn(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end === -1 ? bytes.length : end);
}

/** Records such as `20 path=some/file.yaml` with a line feed behind; the number is the record's length in bytes. */
function extended(content: Buffer): Pick<Partial<Header>, 'path' | 'size'> {
  const found: { path?: string; size?: number } = {};
  for (let offset = 0; offset < content.length; ) {
    const length = Number.parseInt(content.toString('latin1', offset, offset + 20), 10);
    if (!(length > 0)) break;
    const [, key, value = ''] =
      /^\d+ ([^=]*)=([\s\S]*)\n$/.exec(content.toString('utf8', offset, offset + length)) ?? [];
    if (key === 'path') found.path = value;
    if (key === 'size' && /^\d+$/.test(value)) found.size = Number(value);
    offset += length;
  }
  return found;
}

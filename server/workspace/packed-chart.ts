import { gunzipSync } from 'node:zlib';
import type { PackedChart } from '../../shared-rules/index.ts';
import { decode, type Refused, withoutMark } from './read-file.ts';
import { entriesOf } from './tar.ts';

const MIB = 1024 * 1024;

/** What is unpacked of one package, with the packages in it, at most. */
const MOST_UNPACKED = 8 * MIB;
const MOST_FILES = 2000;
/** Packages in packages deeper than that are not read. */
const MOST_DEPTH = 5;

/** What a package and those in it may still take. */
interface Budget {
  bytes: number;
  files: number;
}

/** Why a package is not read. */
class Unreadable extends Error {}

/** Whether a file is a package that a chart may have among its dependencies, by its path. */
export function isPackedChart(path: string): boolean {
  return /(?:^|[\\/])charts[\\/][^\\/]+\.tgz$/.test(path);
}

/**
 * Reads a chart that `helm package` made: regular files with text whose paths stay inside of the chart, as Helm's loader
 * names them. Nothing is written. Never throws, and never takes more memory than the limits, whatever the bytes are.
 */
export function unpackChart(bytes: Buffer): PackedChart | Refused {
  try {
    return unpack(bytes, { bytes: MOST_UNPACKED, files: MOST_FILES }, 0);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { refused: `${error.message} and was not read` };
  }
}

function unpack(bytes: Buffer, budget: Budget, depth: number): PackedChart {
  const archive = inflated(bytes, budget);
  const texts = new Map<string, string>();
  const packages = new Map<string, PackedChart>();
  for (const { path, isFile, content } of readEntries(archive)) {
    if (--budget.files < 0) throw new Unreadable(`has more than ${MOST_FILES} files`);
    const name = pathInChart(path);
    if (!isFile || name === '') continue;
    if (/^charts\/[^/]+\.tgz$/.test(name)) {
      if (depth >= MOST_DEPTH) throw new Unreadable(`has packages in packages deeper than ${MOST_DEPTH}`);
      packages.set(name, unpack(content, budget, depth + 1));
      continue;
    }
    const read = decode(content);
    if ('text' in read) texts.set(name, withoutMark(read.text));
  }
  if (!texts.has('Chart.yaml')) throw new Unreadable('has no Chart.yaml');
  return { texts, packages };
}

/** The archive in a package. What it takes is known before more of it is inflated than there may be. */
function inflated(bytes: Buffer, budget: Budget): Buffer {
  try {
    const archive = gunzipSync(bytes, { maxOutputLength: Math.max(1, budget.bytes) });
    budget.bytes -= archive.length;
    return archive;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new Unreadable(`has more than ${MOST_UNPACKED / MIB} MiB in it`);
    throw new Unreadable('is no complete gzip archive');
  }
}

function readEntries(archive: Buffer) {
  const entries = entriesOf(archive);
  if (entries === undefined) throw new Unreadable('is no complete tar archive');
  return entries;
}

/**
 * A path without the folder that a package has all its files in; empty for that itself. Helm refuses a package as a whole
 * that has a path which leads out of it.
 */
function pathInChart(path: string): string {
  const names = path.split(/[\\/]/);
  if (names[0] === '' || names.includes('..') || /^[a-zA-Z]:/.test(path))
    throw new Unreadable('has a path that leads out of it');
  return names
    .filter((name) => name !== '' && name !== '.')
    .slice(1)
    .join('/');
}

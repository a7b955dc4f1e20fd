import { chmod, readdir, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hash, hashOf } from '../hash.ts';
import { readBytes, readOwnFile } from '../read-file.ts';
import { saveOwnFile } from '../save-file.ts';
import { Slices } from '../slices.ts';
import { sweep } from '../write-file.ts';
import type { LintOutcome } from './order.ts';
import { THREAD_FILES } from './pool.ts';

/** What is remembered of one workspace folder, and of all together, in bytes; what was not used for longest goes first. */
const MOST_OF_FOLDER = 64 * 1024 * 1024;
const MOST_OF_HEAD = 1024;
const MOST_OF_ALL = 256 * 1024 * 1024;

const ENDING = '.bulkhead-scan';
/** What was found tells what is in the files: it is for their owner. */
const MODE = 0o600;
/** A hash in hexadecimal digits. */
const HASH = 32;

/** What is remembered of a path under settings: outcomes by the content of the file. */
export interface PathMemory {
  readonly isEmpty: boolean;
  /** The outcome, as JSON. @param content the hash of the file's content; undefined where that cannot be read */
  readonly recall: (content: string | undefined) => string | undefined;
  readonly keep: (outcome: LintOutcome, json: string) => void;
}

/** An outcome that is remembered. */
interface RememberedOutcome {
  readonly content: string;
  /** The outcome as JSON. */
  readonly json: Buffer;
  /** Whether it was found, or recalled, since the memory was read. */
  isUsed: boolean;
}

/**
 * What earlier scans of a workspace folder found, in one file that may be deleted at any time. Each line is an outcome:
 * a hash of the file's content, what it was found under, and, behind a tab, the outcome as JSON. A file that was written by
 * another build, or is not as it was written, is taken for none.
 */
export class ScanMemory {
  readonly #file: string;
  /** By what they were found under. */
  readonly #lines: Map<string, RememberedOutcome[]>;
  #isChanged = false;
  #saving: Promise<string | undefined> = Promise.resolve(undefined);
  /** How many bytes of outcomes are new. */
  #kept = 0;

  private constructor(file: string, lines: Map<string, RememberedOutcome[]>) {
    this.#file = file;
    this.#lines = lines;
  }

  /** @param storage a folder that the editor lets its extensions write to; the memory is a file in it */
  static async of(storage: string, folder: string): Promise<ScanMemory> {
    const file = join(storage, `${hash(folder)}${ENDING}`);
    const bytes = readBytes(file, { most: MOST_OF_FOLDER + MOST_OF_HEAD });
    return new ScanMemory(file, 'refused' in bytes ? new Map() : await linesIn(bytes));
  }

  /**
   * @param keys the settings that a file at a path is linted under: where nothing depends on the day, and where something does
   * @param factsHash a hash of the facts of others that it is linted with
   */
  of(path: string, keys: readonly [string, string], factsHash: string): PathMemory {
    const names = keys.map((key) => `${key} ${factsHash} ${path}`) as [string, string];
    const lines = names.flatMap((name) => this.#lines.get(name) ?? []);
    return {
      isEmpty: lines.length === 0,
      recall: (content) => {
        const line = lines.find((line) => line.content === content);
        if (line) line.isUsed = true;
        return line?.json.toString();
      },
      keep: ({ content, data }, json) => this.#keep(names[data.dependsOnDay ? 1 : 0], content, json),
    };
  }

  #keep(name: string, content: string, json: string): void {
    // In a line, such a path could not be told from what follows.
    if (/[\t\n]/.test(name)) return;
    const known = this.#lines.get(name)?.find((line) => line.content === content);
    if (known) known.isUsed = true;
    // What would not be written is not held either.
    if (known || this.#kept > MOST_OF_FOLDER) return;
    const line = { content, json: Buffer.from(json), isUsed: true };
    add(this.#lines, name, line);
    this.#kept += line.json.length;
    this.#isChanged = true;
  }

  /** Writes what there is to remember. @returns why it could not be written, as the end of a sentence about the file */
  save(): Promise<string | undefined> {
    // Of two scans that end at once, the one that knows more writes last.
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  async #save(): Promise<string | undefined> {
    await sweep(dirname(this.#file));
    if (!this.#isChanged) {
      const now = new Date();
      await chmod(this.#file, MODE).catch(() => undefined);
      await utimes(this.#file, now, now).catch(() => undefined);
      return undefined;
    }
    this.#isChanged = false;
    const body = this.#body();
    const content = Buffer.concat([Buffer.from(`${headOf(hashOf(body))}\n`), ...body]);
    const failure = await saveOwnFile(this.#file, content, { mode: MODE });
    if (failure) this.#isChanged = true;
    else await this.#forgetOthers();
    return failure && `${this.#file} ${failure}.`;
  }

  /** As many lines as may be kept; what was used goes before what was not. */
  #body(): Buffer[] {
    const parts: Buffer[] = [];
    let size = 0;
    for (const wanted of [true, false])
      for (const [name, lines] of this.#lines)
        for (const { content, json, isUsed } of lines) {
          if (isUsed !== wanted) continue;
          const start = Buffer.from(`${content} ${name}\t`);
          size += start.length + json.length + 1;
          if (size > MOST_OF_FOLDER) return parts;
          parts.push(start, json, NEW_LINE);
        }
    return parts;
  }

  /** Deletes the memories of folders that were not scanned for longest, where all together are too large. */
  async #forgetOthers(): Promise<void> {
    const folder = dirname(this.#file);
    const names = (await readdir(folder)).filter((name) => name.endsWith(ENDING));
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        const { size, mtimeMs } = (await stat(path).catch(() => undefined)) ?? { size: 0, mtimeMs: 0 };
        return { path, size, mtimeMs };
      }),
    );
    let left = MOST_OF_ALL;
    for (const { path, size } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      left -= size;
      if (left < 0) await rm(path, { force: true });
    }
  }
}

const NEW_LINE = Buffer.from('\n');

let build: string | undefined;

/** The first line of a file: what wrote it, and a hash of the rest. */
function headOf(body: string): string {
  // Rules and their messages are part of these files, so every change of them makes another build.
  build ??= hash(Buffer.concat(THREAD_FILES.map((file) => readOwnFile(file))));
  return `bulkhead scan 2 ${build} ${process.version} ${body}`;
}

/** The lines of a file by what they were found under; none where it is not as this build would have written it. */
async function linesIn(bytes: Buffer): Promise<Map<string, RememberedOutcome[]>> {
  const lines = new Map<string, RememberedOutcome[]>();
  const headEnd = bytes.indexOf(10);
  const body = bytes.subarray(headEnd + 1);
  if (headEnd < 0 || bytes.toString('utf8', 0, headEnd) !== headOf(hash(body))) return lines;
  const slices = new Slices();
  for (let start = 0, end = body.indexOf(10); end >= 0; start = end + 1, end = body.indexOf(10, start)) {
    const tab = body.indexOf(9, start);
    const content = body.toString('latin1', start, start + HASH);
    const name = body.toString('utf8', start + HASH + 1, tab);
    add(lines, name, { content, json: body.subarray(tab + 1, end), isUsed: false });
    if (slices.isOver) await slices.next();
  }
  return lines;
}

function add(lines: Map<string, RememberedOutcome[]>, name: string, line: RememberedOutcome): void {
  const known = lines.get(name);
  if (known) known.push(line);
  else lines.set(name, [line]);
}

import { readFileSync } from 'node:fs';
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { hash } from '../found.ts';
import type { Outcome } from '../pool/order.ts';
import { THREAD_FILES } from '../pool/pool.ts';
import { saveFile } from '../save-file.ts';

/** What is remembered of one workspace folder, and of all together, in bytes; what was not used for longest goes first. */
const MOST_OF_FOLDER = 64 * 1024 * 1024;
const MOST_OF_ALL = 256 * 1024 * 1024;

const ENDING = '.bulkhead-scan';
/** After so many milliseconds other work comes between. */
const SLICE = 8;
/** A hash in hexadecimal digits. */
const HASH = 32;

type ToldOutcome = Extract<Outcome, { readonly told: unknown }>;

/** What is remembered of a path under settings: outcomes by the content of the file. */
export interface Part {
  /** The hashes of the contents whose outcome is remembered. */
  readonly contents: () => string[];
  /** The outcome, as JSON. */
  readonly recall: (content: string) => string | undefined;
  readonly keep: (outcome: ToldOutcome, json: string) => void;
}

/**
 * What earlier scans of a workspace folder found, in one file that may be deleted at any time. Each line is an outcome:
 * a hash of what it was found under, one of the file's content, and the outcome as JSON. A file that was written by
 * another build, or is not as it was written, is taken for none.
 */
export class ScanMemory {
  readonly #file: string;
  /** The lines by their two hashes: those of this scan, and those of earlier ones, of which the first were used last. */
  readonly #used = new Map<string, Buffer>();
  readonly #old: Map<string, Buffer>;
  /** The contents that are remembered, by the first hash. */
  readonly #contents = new Map<string, string[]>();
  #isChanged = false;

  private constructor(file: string, lines: Map<string, Buffer>) {
    this.#file = file;
    this.#old = lines;
    for (const name of lines.keys()) this.#note(name);
  }

  /** @param storage a folder that the editor lets its extensions write to; the memory is a file in it */
  static async of(storage: string, folder: string): Promise<ScanMemory> {
    const file = join(storage, `${hash(folder)}${ENDING}`);
    const bytes = await readFile(file).catch(() => undefined);
    return new ScanMemory(file, bytes ? await linesIn(bytes) : new Map());
  }

  /**
   * @param keys the settings that a file at a path is linted under: where nothing depends on the day, and where something may
   * @param heard what it hears from others
   */
  of(path: string, keys: readonly [string, string], heard: string): Part {
    const names = keys.map((key) => hash(`${key} ${heard} ${path}`)) as [string, string];
    return {
      contents: () => names.flatMap((name) => this.#contents.get(name) ?? []),
      recall: (content) => {
        for (const name of names) {
          const json = this.#recall(`${name} ${content}`);
          if (json !== undefined) return json;
        }
        return undefined;
      },
      keep: ({ content, isDated }, json) => this.#keep(`${names[isDated ? 1 : 0]} ${content}`, json),
    };
  }

  #recall(name: string): string | undefined {
    const line = this.#used.get(name) ?? this.#old.get(name);
    if (!line) return undefined;
    this.#old.delete(name);
    this.#used.set(name, line);
    return line.toString('utf8', name.length + 1);
  }

  #keep(name: string, json: string): void {
    if (this.#used.has(name)) return;
    this.#used.set(name, Buffer.from(`${name} ${json}`));
    this.#note(name);
    this.#isChanged = true;
  }

  #note(name: string): void {
    const key = name.slice(0, HASH);
    const contents = this.#contents.get(key);
    const content = name.slice(HASH + 1);
    if (!contents) this.#contents.set(key, [content]);
    else if (!contents.includes(content)) contents.push(content);
  }

  /** Writes what there is to remember. @returns why it could not be written, as the end of a sentence about the file */
  async save(): Promise<string | undefined> {
    if (!this.#isChanged) {
      const now = new Date();
      await utimes(this.#file, now, now).catch(() => undefined);
      return undefined;
    }
    const lines: Buffer[] = [];
    let size = 0;
    for (const line of [...this.#used.values(), ...this.#old.values()]) {
      size += line.length + 1;
      if (size > MOST_OF_FOLDER) break;
      lines.push(line, NEW_LINE);
    }
    const body = Buffer.concat(lines);
    const failure = await saveFile(this.#file, Buffer.concat([Buffer.from(`${headOf(body)}\n`), body]));
    if (!failure) await this.#forgetOthers();
    return failure && `${this.#file} ${failure}.`;
  }

  /** Deletes the memories of folders that were not scanned for longest, where all together are too large. */
  async #forgetOthers(): Promise<void> {
    const folder = join(this.#file, '..');
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
function headOf(body: Buffer): string {
  // Rules and their messages are part of these files, so every change of them makes another build.
  build ??= hash(Buffer.concat(THREAD_FILES.map((file) => readFileSync(file))));
  return `bulkhead scan 1 ${build} ${process.version} ${hash(body)}`;
}

/** The lines of a file by their two hashes; none where it is not as this build would have written it. */
async function linesIn(bytes: Buffer): Promise<Map<string, Buffer>> {
  const lines = new Map<string, Buffer>();
  const headEnd = bytes.indexOf(10);
  const body = bytes.subarray(headEnd + 1);
  if (headEnd < 0 || bytes.toString('utf8', 0, headEnd) !== headOf(body)) return lines;
  let sliceEnd = performance.now() + SLICE;
  for (let start = 0, end = body.indexOf(10); end >= 0; start = end + 1, end = body.indexOf(10, start)) {
    lines.set(body.toString('latin1', start, start + 2 * HASH + 1), body.subarray(start, end));
    if (performance.now() < sliceEnd) continue;
    await new Promise((resolve) => setImmediate(resolve));
    sliceEnd = performance.now() + SLICE;
  }
  return lines;
}

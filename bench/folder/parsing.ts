import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundle } from '../bundle.ts';
import { outputOf } from '../program.ts';
import type { Files } from './files.ts';
import type { Parsed } from './yaml-recorder.ts';

const CHUNK = 400_000;

/** The program that merely parses what Bulkhead parses, to compare with. */
export class Parsing {
  readonly #folder: string;
  readonly #program: string;
  readonly #byPath: ReadonlyMap<string, readonly Parsed[]>;

  private constructor(folder: string, program: string, byPath: ReadonlyMap<string, readonly Parsed[]>) {
    this.#folder = folder;
    this.#program = program;
    this.#byPath = byPath;
  }

  /** Lints all files once, to learn which texts must be parsed. @param folder for what it writes */
  static async of(files: Files, folder: string): Promise<Parsing> {
    await mkdir(folder, { recursive: true });
    const recorder = join(folder, 'record.cjs');
    await bundleRecorder(recorder);
    const [list, out] = [join(folder, 'list.txt'), join(folder, 'parsed.jsonl')];
    await writeFile(list, files.paths.join('\n'));
    await outputOf([process.execPath, recorder, files.folder, list, out], folder);
    const byPath = new Map<string, readonly Parsed[]>();
    for (const line of readFileSync(out, 'utf8').split('\n')) {
      const { path, parsed } = JSON.parse(line) as { path: string; parsed: Parsed[] };
      byPath.set(path, parsed);
    }
    if (![...byPath.values()].some((parsed) => parsed.length > 0))
      throw new Error('Bulkhead parses nothing in a way that yaml-recorder.ts knows.');
    return new Parsing(folder, await bundle('parse-only', 'folder/parse-only.ts', folder), byPath);
  }

  /** The command that parses what some of the files hold, and how much that is. */
  async command(
    name: string,
    paths: readonly string[],
    threads: number,
  ): Promise<{ command: string[]; bytes: number }> {
    const texts = paths.flatMap((path) => this.#byPath.get(path) ?? []);
    const chunks: Parsed[][] = [[]];
    let size = 0;
    let bytes = 0;
    for (const text of texts) {
      if (size > CHUNK) {
        chunks.push([]);
        size = 0;
      }
      chunks.at(-1)?.push(text);
      size += text.source.length;
      bytes += Buffer.byteLength(text.source);
    }
    const names = chunks.map((_, index) => join(this.#folder, `${name}-${index}.json`));
    for (const [index, chunk] of chunks.entries()) await writeFile(names[index] ?? '', JSON.stringify(chunk));
    return { command: [process.execPath, this.#program, String(threads), ...names], bytes };
  }
}

/** The rules over a `yaml` that remembers. */
async function bundleRecorder(outfile: string): Promise<void> {
  const recorder = join(import.meta.dirname, 'yaml-recorder.ts');
  await build({
    entryPoints: [join(import.meta.dirname, 'record.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    plugins: [
      {
        name: 'recorder',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^yaml$/ }, ({ importer }) => (importer === recorder ? undefined : { path: recorder })),
      },
    ],
  });
}

import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { walk } from '../../server/workspace/walk.ts';
import { manifestsOf } from '../manifests.ts';
import { Random } from '../random.ts';

/** Files in a folder, by their paths in it. */
export interface Files {
  readonly folder: string;
  readonly paths: readonly string[];
}

/** Writes a workspace of so many files: manifests of all lengths, settings that are none. */
export async function generate(folder: string, count: number): Promise<Files> {
  const random = new Random(count);
  const paths: string[] = [];
  for (let number = 0; number < count; number++) {
    const isManifest = number % 5 > 0;
    const path = join(`team-${number % 40}`, isManifest ? `app-${number}.yaml` : `values-${number}.yaml`);
    const lines = random.chance(3) ? 1500 : 20 + random.below(200);
    await write(join(folder, path), isManifest ? manifestsOf(lines, number + 1) : valuesOf(lines, random));
    paths.push(path);
  }
  return { folder, paths };
}

/** Writes so many files of a single document. */
export async function generateSmall(folder: string, count: number): Promise<Files> {
  const paths: string[] = [];
  for (let number = 0; number < count; number++) {
    const path = join(`team-${number % 400}`, `app-${number}.yaml`);
    await write(join(folder, path), manifestsOf(1, number + 1));
    paths.push(path);
  }
  return { folder, paths };
}

function valuesOf(lines: number, random: Random): string {
  return Array.from({ length: lines / 3 }, (_, index) =>
    [`feature${index}:`, `  enabled: ${random.chance(50)}`, `  limit: ${random.below(900)}\n`].join('\n'),
  ).join('');
}

/** The files in a folder that Bulkhead would look at. */
export async function filesIn(folder: string): Promise<Files> {
  const paths: string[] = [];
  for await (const path of walk(folder, { exclude: [] })) paths.push(relative(folder, path));
  return { folder, paths: paths.sort() };
}

/** Copies every so-many-th file to another folder. */
export async function thinned({ folder, paths }: Files, step: number, target: string): Promise<Files> {
  const some = paths.filter((_, index) => index % step === 0);
  for (const path of some) await cp(join(folder, path), join(target, path));
  return { folder: target, paths: some };
}

/** Copies all files twice to another folder; the second of each says that it is a copy. */
export async function doubled({ folder, paths }: Files, target: string): Promise<Files> {
  const all: string[] = [];
  for (const path of paths) {
    const bytes = await readFile(join(folder, path));
    for (const [place, end] of [
      ['first', ''],
      ['second', '\n# Copy\n'],
    ] as const) {
      await write(join(target, place, path), Buffer.concat([bytes, Buffer.from(end)]));
      all.push(join(place, path));
    }
  }
  return { folder: target, paths: all };
}

export async function bytesOf({ folder, paths }: Files): Promise<number> {
  let bytes = 0;
  for (const path of paths) bytes += (await readFile(join(folder, path))).length;
  return bytes;
}

async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

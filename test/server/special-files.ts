import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** Something that has the name of a file and is none that can be read. */
export interface SpecialFile {
  readonly name: string;
  readonly make: (path: string, test: TestContext) => Promise<unknown> | unknown;
  /** What is said of it where links are refused, and where the user named it. */
  readonly refused: RegExp;
  readonly named: RegExp;
}

const same = (refused: RegExp) => ({ refused, named: refused });

export function makePipe(path: string): void {
  execFileSync('mkfifo', [path]);
}

/** A folder beside that of the test. */
export async function outside(test: TestContext, name: string, content = ''): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-outside-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, name), content);
  return folder;
}

export const SPECIAL_FILES: readonly SpecialFile[] = [
  { name: 'a pipe', make: makePipe, ...same(/is a pipe, not a regular file/) },
  {
    name: 'a socket',
    make: (path, test) =>
      new Promise<void>((resolve) => {
        const server = createServer().listen(path, resolve);
        test.after(() => server.close());
      }),
    ...same(/is a socket, not a regular file/),
  },
  { name: 'a folder', make: (path) => mkdir(path), ...same(/is a folder, not a regular file/) },
  {
    name: 'a sparse file of 50 GB',
    make: async (path) => {
      await writeFile(path, '');
      await truncate(path, 50e9);
    },
    ...same(/is larger than \d+ MiB \(47683\.7 MiB\)/),
  },
  {
    name: 'a link to /dev/zero',
    make: (path) => symlink('/dev/zero', path),
    refused: /is a link/,
    named: /is a device, not a regular file/,
  },
  {
    name: 'a link to a pipe',
    make: async (path, test) => {
      const pipe = join(await outside(test, 'x'), 'pipe');
      makePipe(pipe);
      await symlink(pipe, path);
    },
    refused: /is a link/,
    named: /is a pipe, not a regular file/,
  },
];

/** Makes a special file in a folder, in the place of what may be there. */
export async function makeSpecial({ make }: SpecialFile, path: string, test: TestContext): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { recursive: true, force: true });
  await make(path, test);
}

import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { folderWith } from './files.ts';

/** The program as it is shipped. */
export const PROGRAM = join(import.meta.dirname, '..', '..', 'dist', 'bulkhead.cjs');

export const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { hostNetwork: true }\n';
export const COMPOSE = 'services:\n  web:\n    image: a\n    network_mode: host\n    ports: ["1:1"]\n';

/** A folder with files, and the program in it. */
export async function programIn(test: TestContext, files: Record<string, string | Buffer>) {
  const root = await folderWith(test, files);
  const run = (args: readonly string[], options: SpawnSyncOptions = {}) => {
    const done = spawnSync(process.execPath, [PROGRAM, ...args], { cwd: root, input: '', ...options });
    return { status: done.status, out: String(done.stdout), err: String(done.stderr) };
  };
  return {
    root,
    run,
    /** The exit status, the files of the findings, and what was said beside them. */
    check(args: readonly string[], input = ''): [number | null, string[], string] {
      const { status, out, err } = run(['check', '--format', 'json', ...args], { input });
      const findings: { file: string }[] = JSON.parse(out || '[]');
      return [status, findings.map(({ file }) => file.replaceAll('\\', '/')), err];
    },
  };
}

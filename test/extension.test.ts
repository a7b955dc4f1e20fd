import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { listFiles, PackageManager } from '@vscode/vsce';

const root = join(import.meta.dirname, '..');

test('the extension holds every file that its programs load, and no command line', async () => {
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  const programs = files.flatMap((path) => /^dist[\\/]([\w-]+\.cjs)$/.exec(path)?.[1] ?? []).sort();
  const loaded = programs.flatMap((name) => {
    const text = readFileSync(join(root, 'dist', name), 'utf8');
    return [...text.matchAll(/["'`]([\w./-]+\.cjs)["'`]/g)].map(([, file = '']) => file.replace('./', ''));
  });
  const started = ['client.cjs', 'dist/server.cjs'];
  const needed = new Set([...started, ...loaded].map((file) => file.replace('dist/', '')));
  assert.deepEqual(programs, [...needed].sort());
});

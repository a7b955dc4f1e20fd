import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gunzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '..');
const VSIX = 'bulkhead.vsix';
const NPM = 'bulkhead-0.1.0.tgz';
const NOT_COPIED = new Set(['.git', '.vscode-test', 'dist', 'node_modules', 'out']);

/** A copy of the sources as a clone is, with what is installed here. */
function clone(test: TestContext, fileMode: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-package-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  const filter = (path: string) => !NOT_COPIED.has(basename(path)) && !/\.(vsix|tgz|tsbuildinfo)$/.test(path);
  cpSync(root, folder, { recursive: true, filter });
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), fileMode);
  // Last, and linked: nothing of this test may touch what is installed.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

async function packagesOf(folder: string, umask: string, env: Record<string, string>): Promise<Buffer[]> {
  const { SOURCE_DATE_EPOCH: _, ...inherited } = process.env;
  const command = `umask ${umask} && npm run --silent package && npm pack --silent --ignore-scripts`;
  const child = spawn(command, { cwd: folder, shell: true, stdio: 'ignore', env: { ...inherited, ...env } });
  assert.deepEqual(await once(child, 'exit'), [0, null]);
  return [VSIX, NPM].map((name) => readFileSync(join(folder, name)));
}

test('both packages are the same bytes in another folder, time zone, language and umask, with their notices', async (test) => {
  const [one, other] = [clone(test, 0o644), clone(test, 0o600)];
  const packages = await packagesOf(one, '022', { TZ: 'UTC', LC_ALL: 'C' });
  const again = await packagesOf(other, '077', { TZ: 'Asia/Tokyo', LC_ALL: 'sv_SE.UTF-8' });
  assert.deepEqual(
    packages.map((bytes, index) => bytes.equals(again[index] as Buffer)),
    [true, true],
  );
  const [vsix, npm] = packages as [Buffer, Buffer];
  for (const name of ['THIRD-PARTY-NOTICES.txt', 'bulkhead.cdx.json', 'LICENSE']) {
    assert.ok(vsix.includes(`extension/${name}`), name);
    assert.ok(gunzipSync(npm).includes(`package/${name}`), name);
  }
});

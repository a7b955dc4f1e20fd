import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { isWalked, walk } from '../../../server/workspace/walk.ts';

const FILES = [
  'a.yaml',
  'b/c.yml',
  'b/d.json',
  'b/e.txt',
  'node_modules/f.yaml',
  '.git/g.yaml',
  '.devcontainer/h.yaml',
];

async function folder(test: TestContext): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'bulkhead-walk-'));
  test.after(() => rm(root, { recursive: true, force: true }));
  for (const file of FILES) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), '');
  }
  await symlink(root, join(root, 'b', 'loop'));
  return root;
}

async function walked(root: string, exclude: string[] = []): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of walk(root, { exclude })) paths.push(path.slice(root.length + 1));
  return paths;
}

describe('walking a folder', () => {
  it('meets every file that may be a manifest once, and no others', async (test) => {
    assert.deepEqual(await walked(await folder(test)), ['.devcontainer/h.yaml', 'a.yaml', 'b/c.yml', 'b/d.json']);
  });
  it('leaves out what is excluded, as a .gitignore file would', async (test) => {
    assert.deepEqual(await walked(await folder(test), ['b/*', '!b/d.json']), [
      '.devcontainer/h.yaml',
      'a.yaml',
      'b/d.json',
    ]);
    assert.deepEqual(await walked(await folder(test), ['b/']), ['.devcontainer/h.yaml', 'a.yaml']);
  });
  it('says which folder it cannot read, and goes on', async () => {
    const said: string[] = [];
    const missing = join(tmpdir(), 'bulkhead-no-such-folder');
    for await (const path of walk(missing, { exclude: [], onUnreadable: (...what) => said.push(what.join(' ')) }))
      said.push(path);
    assert.deepEqual(said, [`${missing} ENOENT`]);
  });
  it('ends when it is cancelled', async (test) => {
    const running = new AbortController();
    const paths = walk(await folder(test), { exclude: [], signal: running.signal });
    await paths.next();
    running.abort();
    await assert.rejects(
      async () => {
        for await (const _ of paths);
      },
      { name: 'AbortError' },
    );
  });
  it('comes to the files isWalked says it does', async (test) => {
    const all = await walked(await folder(test), ['b/c.yml']);
    assert.deepEqual(FILES.filter((file) => isWalked(file, ['b/c.yml'])).sort(), all);
  });
});

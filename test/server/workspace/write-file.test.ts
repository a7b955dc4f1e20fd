import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, link, lstat, mkdir, readdir, readFile, stat, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sweep, writeWhole } from '../../../server/workspace/write-file.ts';
import { folderWith } from '../files.ts';

const isWindows = process.platform === 'win32';
const isRoot = process.getuid?.() === 0;

describe('a file that is written', () => {
  it('is new where there was none, with the permissions that new files get', async (test) => {
    const root = await folderWith(test, { ordinary: '' });
    assert.equal(await writeWhole(join(root, 'new'), 'a'), undefined);
    assert.equal(await readFile(join(root, 'new'), 'utf8'), 'a');
    assert.equal((await stat(join(root, 'new'))).mode, (await stat(join(root, 'ordinary'))).mode);
    assert.deepEqual(await readdir(root), ['new', 'ordinary']);
  });

  it('keeps its permissions, or gets those that are asked for', { skip: isWindows }, async (test) => {
    const root = await folderWith(test, { file: 'old' });
    const path = join(root, 'file');
    const mode = async () => (await stat(path)).mode & 0o7777;
    for (const kept of [0o600, 0o644, 0o666, 0o755]) {
      await chmod(path, kept);
      assert.equal(await writeWhole(path, 'new'), undefined);
      assert.equal(await mode(), kept);
    }
    await writeWhole(path, 'new', { mode: 0o600 });
    assert.equal(await mode(), 0o600);
    await writeWhole(join(root, 'other'), 'new', { mode: 0o600 });
    assert.equal((await stat(join(root, 'other'))).mode & 0o7777, 0o600);
  });

  it('keeps its owner', { skip: !isRoot }, async (test) => {
    const root = await folderWith(test, { file: 'old' });
    await chown(join(root, 'file'), 1234, 2345);
    await chmod(join(root, 'file'), 0o4750);
    assert.equal(await writeWhole(join(root, 'file'), 'new'), undefined);
    const { uid, gid, mode } = await stat(join(root, 'file'));
    assert.deepEqual([uid, gid, mode & 0o7777], [1234, 2345, 0o4750]);
  });

  it('is left alone where it may not be written to', { skip: isWindows || isRoot }, async (test) => {
    const root = await folderWith(test, { file: 'old' });
    await chmod(join(root, 'file'), 0o444);
    assert.equal(await writeWhole(join(root, 'file'), 'new'), 'cannot be written (EACCES)');
    assert.equal(await readFile(join(root, 'file'), 'utf8'), 'old');
  });

  it('is no link, folder or pipe', { skip: isWindows }, async (test) => {
    const root = await folderWith(test, { file: 'old' });
    await symlink('file', join(root, 'link'));
    await symlink('none', join(root, 'dangling'));
    await mkdir(join(root, 'folder'));
    spawnSync('mkfifo', [join(root, 'pipe')]);
    const link = 'is a link, and nothing is written through links; name the file it leads to';
    assert.equal(await writeWhole(join(root, 'link'), 'new'), link);
    assert.equal(await writeWhole(join(root, 'dangling'), 'new'), link);
    assert.equal(await writeWhole(join(root, 'folder'), 'new'), 'is a folder and not a file');
    assert.equal(await writeWhole(join(root, 'pipe'), 'new'), 'is a device, a pipe or a socket and not a file');
    assert.equal(await readFile(join(root, 'file'), 'utf8'), 'old');
    assert.deepEqual(await readdir(root), ['dangling', 'file', 'folder', 'link', 'pipe']);
  });

  it('is new under its name, and old under others that it had', { skip: isWindows }, async (test) => {
    const root = await folderWith(test, { file: 'old' });
    await link(join(root, 'file'), join(root, 'other'));
    assert.equal(await writeWhole(join(root, 'file'), 'new'), undefined);
    assert.deepEqual(
      [await readFile(join(root, 'file'), 'utf8'), await readFile(join(root, 'other'), 'utf8')],
      ['new', 'old'],
    );
  });

  it('is another one than one whose name differs in case', { skip: process.platform !== 'linux' }, async (test) => {
    const root = await folderWith(test, { 'compose.yaml': 'a', 'Compose.yaml': 'b' });
    assert.equal(await writeWhole(join(root, 'compose.yaml'), 'new'), undefined);
    assert.equal(await readFile(join(root, 'Compose.yaml'), 'utf8'), 'b');
  });

  it('stays as it is when that is decided last', async (test) => {
    const root = await folderWith(test, { file: 'old' });
    assert.equal(await writeWhole(join(root, 'file'), 'new', { confirm: async () => 'is wanted' }), 'is wanted');
    assert.equal(await readFile(join(root, 'file'), 'utf8'), 'old');
    assert.deepEqual(await readdir(root), ['file']);
  });

  it('is whole at any moment while two write it', async (test) => {
    const contents = ['a', 'b'].map((letter) => letter.repeat(200_000));
    const root = await folderWith(test, { file: contents[0] as string });
    const path = join(root, 'file');
    let isDone = false;
    const writers = contents.map(async (content) => {
      for (let times = 0; times < 20; times++) assert.equal(await writeWhole(path, content), undefined);
    });
    const reader = (async () => {
      for (; !isDone; ) assert.ok(contents.includes(await readFile(path, 'utf8')));
    })();
    await Promise.all(writers);
    isDone = true;
    await reader;
    assert.deepEqual(await readdir(root), ['file']);
  });
});

describe('the program', () => {
  it('writes files in one place', () => {
    const server = join(import.meta.dirname, '..', '..', '..', 'server');
    const writes =
      /\b(?:writeFile|appendFile|createWriteStream|copyFile|rename|truncate|symlink|link|write|cp)(?:Sync)?\b/;
    const found = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((path) => {
      if (!path.endsWith('.ts')) return false;
      const imports = readFileSync(join(server, path), 'utf8').matchAll(
        /^import (.*?) from 'node:fs(?:\/promises)?'/gms,
      );
      return [...imports].some(([, names]) => names?.startsWith('* as') || writes.test(names as string));
    });
    const writers = found.map((path) => path.replaceAll('\\', '/'));
    assert.deepEqual(writers.sort(), ['cli/standard-output.ts', 'workspace/save-file.ts', 'workspace/write-file.ts']);
  });
});

describe('sweep', () => {
  it('deletes what killed programs left, and nothing else', async (test) => {
    const old = '.bulkhead-0123456789abcdef.tmp';
    const young = '.bulkhead-0123456789abcde0.tmp';
    const others = ['.bulkhead-baseline.json', 'a.tmp', young];
    const root = await folderWith(test, Object.fromEntries([old, ...others].map((name) => [name, ''])));
    const yesterday = new Date(Date.now() - 24 * 3_600_000);
    for (const name of [old, ...others.slice(0, 2)]) await utimes(join(root, name), yesterday, yesterday);
    await sweep(root);
    assert.deepEqual((await readdir(root)).sort(), [...others].sort());
    await sweep(join(root, 'none'));
    assert.ok((await lstat(root)).isDirectory());
  });
});

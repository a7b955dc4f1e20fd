import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decode, type Links, MOST_BYTES, readBytes, readNamedBytes } from '../../../server/workspace/read-file.ts';
import { folderWith } from '../files.ts';
import { makeSpecial, outside, SPECIAL_FILES } from '../special-files.ts';

const options = { timeout: 30_000, skip: process.platform === 'win32' };
const said = (read: Buffer | { refused: string }) => ('refused' in read ? read.refused : read.toString());

describe('the reader', () => {
  it('is the only way to what a file holds', () => {
    const server = join(import.meta.dirname, '..', '..', '..', 'server');
    const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const reading = /\b(?:readFile|readFileSync|readSync|readv|readvSync|createReadStream|openAsBlob)\b/;
    assert.deepEqual(
      files.filter((name) => reading.test(readFileSync(join(server, name), 'utf8'))),
      [join('workspace', 'read-file.ts')],
    );
  });

  for (const special of SPECIAL_FILES)
    it(`refuses ${special.name}, whatever becomes of links`, options, async (test) => {
      const root = await folderWith(test, {});
      const path = join(root, 'x');
      await makeSpecial(special, path, test);
      assert.match(said(readBytes(path)), special.refused);
      assert.match(said(readBytes(path, { links: { within: root } })), special.refused);
      assert.match(said(readBytes(path, { links: 'followed' })), special.named);
      assert.match(said(await readNamedBytes(path, MOST_BYTES)), special.named);
    });

  it('takes for binary what has a null character, UTF-32 among it', () => {
    const utf32 = Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]);
    const turned = Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x61]);
    for (const bytes of [utf32, turned, Buffer.from('a\0b'), Buffer.from([0xff, 0xfe, 0x61, 0, 0, 0])])
      assert.deepEqual(decode(bytes), { refused: 'is binary and was not checked' });
    assert.deepEqual(decode(Buffer.from([0xff, 0xfe, 0x61, 0])), { text: '\uFEFFa', encoding: 'utf-16le' });
  });

  it('reads files to their bound', options, async (test) => {
    const path = join(await folderWith(test, {}), 'x');
    for (const size of [0, 1, 9, 10]) {
      await writeFile(path, 'a'.repeat(size));
      assert.equal(said(readBytes(path, { most: 10 })), 'a'.repeat(size));
      assert.equal(said(await readNamedBytes(path, 10)), 'a'.repeat(size));
    }
    await writeFile(path, 'a'.repeat(11));
    for (const read of [readBytes(path, { most: 10 }), await readNamedBytes(path, 10)])
      assert.match(said(read), /^is larger than/);
  });

  it('reads what a file grows by, to its bound', { ...options, skip: process.platform !== 'linux' }, () => {
    // These say that they are empty.
    const whole = readBytes('/proc/self/smaps');
    assert.ok(Buffer.isBuffer(whole) && whole.length > 10_000);
    assert.match(said(readBytes('/proc/self/smaps', { most: 10_000 })), /^is larger than/);
  });

  it('reads no more while a file grows with every read', options, async (test) => {
    const path = join(await folderWith(test, { x: 'a' }), 'x');
    const fs = await import('node:fs');
    const read = fs.default.readSync;
    test.mock.method(fs.default, 'readSync', (...args: Parameters<typeof read>) => {
      appendFileSync(path, 'a'.repeat(5000));
      return read(...args);
    });
    const { syncBuiltinESMExports } = await import('node:module');
    syncBuiltinESMExports();
    test.after(() => {
      test.mock.restoreAll();
      syncBuiltinESMExports();
    });
    assert.match(said(readBytes(path, { most: 20_000 })), /^is larger than/);
  });

  it('follows links as far as it is told to', options, async (test) => {
    const root = await folderWith(test, { 'in.yaml': 'in', '..odd/x.yaml': 'odd' });
    await symlink('in.yaml', join(root, 'a'));
    await symlink('..odd/x.yaml', join(root, 'b'));
    await symlink(join(await outside(test, 'x', 'out'), 'x'), join(root, 'c'));
    await symlink('a', join(root, 'd'));
    await symlink('e', join(root, 'e'));
    await symlink('c', join(root, 'f'));
    const all = (links: Links) => ['a', 'b', 'c', 'd', 'f'].map((name) => said(readBytes(join(root, name), { links })));
    assert.deepEqual(all('followed'), ['in', 'odd', 'out', 'in', 'out']);
    assert.deepEqual(new Set(all('refused')), new Set(['is a link, which is not followed, and was not read']));
    const out = 'is a link that leads out of the folder and was not read';
    assert.deepEqual(all({ within: root }), ['in', 'odd', out, 'in', out]);
    for (const links of ['followed', 'refused', { within: root }] as const)
      assert.match(said(readBytes(join(root, 'e'), { links })), /is a link/);
  });
});

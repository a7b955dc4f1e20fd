import assert from 'node:assert/strict';
import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { applyPatch, parsePatch } from 'diff';
import { type FixCommandOptions, fix } from '../../../server/cli/fix.ts';
import { replaceFile } from '../../../server/workspace/replace-file.ts';
import { captured } from './captured.ts';

const COMPOSE =
  'services:\r\n  a:\r\n    image: a # \u{1F433}\r\n    network_mode: host\r\n    ports: ["1:1"]\r\n    restart: always';
const SAFE = COMPOSE.replace('    ports: ["1:1"]\r\n', '');
const UNSAFE = COMPOSE.replace('    network_mode: host\r\n', '');

async function fileWith(test: TestContext, content: string | Buffer): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'bulkhead-fix-'));
  test.after(() => rm(root, { recursive: true, force: true }));
  await writeFile(join(root, 'compose.yaml'), content);
  return join(root, 'compose.yaml');
}

function run(path: string, options: Partial<FixCommandOptions> = {}) {
  return captured((streams) => fix([path], { profile: 'recommended', ...options }, streams));
}

describe('fix', () => {
  it('applies safe fixes, and prints them as a diff that patch understands', async (test) => {
    const path = await fileWith(test, COMPOSE);
    const { status, out, err } = await run(path);
    assert.equal(status, 0);
    assert.equal(err, '1 problem fixed in 1 file.\n');
    assert.equal(await readFile(path, 'utf8'), SAFE);
    assert.equal(applyPatch(COMPOSE, parsePatch(out)[0] as never), SAFE);
    assert.deepEqual(await run(path), { status: 0, out: '', err: '0 problems fixed in 0 files.\n' });
  });

  it('knows what the other files say', async (test) => {
    const model =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: model, namespace: ml, labels: { app: model } }\nspec:\n  containers:\n    - name: vllm\n      image: vllm/vllm-openai\n      ports: [{ containerPort: 8000 }]\n';
    const policy =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: all, namespace: ml }\nspec: { podSelector: {} }\n';
    const folder = dirname(await fileWith(test, 'services: {}\n'));
    await writeFile(join(folder, 'model.yaml'), model);
    const options = { profile: 'all', unsafe: true, dryRun: true, rule: ['ai-without-network-policy'] } as const;
    assert.match((await run(folder, options)).out, /kind: NetworkPolicy/);
    await writeFile(join(folder, 'policy.yaml'), policy);
    assert.equal((await run(folder, options)).out, '');
  });

  it('writes nothing on a dry run', async (test) => {
    const path = await fileWith(test, COMPOSE);
    const { status, out, err } = await run(path, { dryRun: true });
    assert.equal(status, 1);
    assert.match(out, /^-.*ports/m);
    assert.equal(err, '1 problem would be fixed in 1 file.\n');
    assert.equal(await readFile(path, 'utf8'), COMPOSE);
  });

  it('applies the preferred fix of every workload when told to, and none that it makes needless', async (test) => {
    const path = await fileWith(test, COMPOSE);
    await run(path, { unsafe: true });
    assert.equal(await readFile(path, 'utf8'), UNSAFE);
  });

  it('repairs the findings of the named rules only', async (test) => {
    const path = await fileWith(test, COMPOSE);
    await run(path, { unsafe: true, rule: ['runtime-socket'] });
    assert.equal(await readFile(path, 'utf8'), COMPOSE);
    await run(path, { unsafe: true, rule: ['published-ports-ignored'] });
    assert.equal(await readFile(path, 'utf8'), SAFE);
  });

  it('keeps the encoding and the permissions', async (test) => {
    const path = await fileWith(test, Buffer.from(`\uFEFF${COMPOSE}`, 'utf16le'));
    await chmod(path, 0o640);
    await run(path);
    assert.deepEqual(await readFile(path), Buffer.from(`\uFEFF${SAFE}`, 'utf16le'));
    assert.equal((await stat(path)).mode & 0o777, 0o640);
  });

  for (const dryRun of [false, true])
    it(`repairs no file through a link${dryRun ? ', also on a dry run' : ''}`, async (test) => {
      const path = await fileWith(test, COMPOSE);
      const link = join(dirname(path), 'link.yaml');
      await symlink(path, link);
      const { status, out, err } = await run(link, { dryRun });
      assert.deepEqual([status, out], [2, '']);
      assert.match(err, /link\.yaml is a link, and nothing is written through links; name the file it leads to\./);
      assert.match(err, /^0 problems/m);
      assert.equal(await readFile(path, 'utf8'), COMPOSE);
      assert.ok((await lstat(link)).isSymbolicLink());
    });

  it('leaves alone what it cannot read', async (test) => {
    const path = await fileWith(test, Buffer.from([0, 1, 2]));
    const { status, err } = await run(path);
    assert.equal(status, 0);
    assert.match(err, /is binary and was not checked/);
    assert.deepEqual(await readFile(path), Buffer.from([0, 1, 2]));
  });

  it('leaves alone what changed since it was read', async (test) => {
    const path = await fileWith(test, COMPOSE);
    const changed = { refused: 'changed while it was being repaired; run the command again' };
    assert.deepEqual(await replaceFile(path, `${COMPOSE}\n`, SAFE, 'utf-8'), changed);
    assert.equal(await readFile(path, 'utf8'), COMPOSE);
    const gone = join(dirname(path), 'gone.yaml');
    assert.deepEqual(await replaceFile(gone, COMPOSE, SAFE, 'utf-8'), changed);
    assert.equal(await replaceFile(path, COMPOSE, SAFE, 'utf-8'), 'replaced');
    assert.equal(await readFile(path, 'utf8'), SAFE);
    assert.equal(await replaceFile(path, COMPOSE, SAFE, 'utf-8'), 'already');
    assert.deepEqual(await readdir(dirname(path)), ['compose.yaml']);
  });
});

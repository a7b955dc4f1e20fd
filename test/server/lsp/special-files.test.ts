import assert from 'node:assert/strict';
import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { hash } from '../../../server/workspace/hash.ts';
import { ScanMemory } from '../../../server/workspace/lint/scan-memory.ts';
import { folderWith } from '../files.ts';
import { POD } from '../program.ts';
import { makePipe, makeSpecial, outside, SPECIAL_FILES, type SpecialFile } from '../special-files.ts';
import { Editor } from './editor.ts';

const options = { timeout: 30_000, skip: process.platform === 'win32' };
const COMPOSE = 'services:\n  web:\n    image: a\n    network_mode: host\n';
const OFF = 'severity: { host-network: off }\n';

/** An editor on a repository with one pod, and with a special file. */
async function scannedWith(test: TestContext, special: SpecialFile, path: string): Promise<Editor> {
  const root = await folderWith(test, { '.git/HEAD': '', 'pod.yaml': POD });
  await makeSpecial(special, join(root, path), test);
  const editor = await Editor.open(test, {}, { root });
  await editor.scanned();
  return editor;
}

for (const special of SPECIAL_FILES)
  describe(`the server, with ${special.name} in the place of`, () => {
    for (const path of ['.gitignore', '.git/info/exclude'])
      it(`${path}, tells of it and checks the rest`, options, async (test) => {
        const editor = await scannedWith(test, special, path);
        await editor.untilShown('pod.yaml', ['host-network']);
        assert.ok(
          editor.log.some((line) => line.includes(path) && special.refused.test(line)),
          editor.log.join('\n'),
        );
      });

    it('.bulkhead.yaml, shows a mistake there', options, async (test) => {
      const editor = await scannedWith(test, special, '.bulkhead.yaml');
      const [problem] = await editor.untilShown('.bulkhead.yaml', ['configuration']);
      assert.match(String(problem?.message), special.refused);
      await editor.untilShown('pod.yaml', ['host-network']);
    });

    it('a manifest, leaves it out', options, async (test) => {
      const editor = await scannedWith(test, special, 'compose.yaml');
      await editor.untilShown('pod.yaml', ['host-network']);
      assert.deepEqual(editor.rulesShown('compose.yaml'), []);
    });

    it('a manifest that was one before, takes back what is shown', options, async (test) => {
      const editor = await Editor.open(test, { 'compose.yaml': COMPOSE, 'pod.yaml': POD });
      await editor.scanned();
      await editor.untilShown('compose.yaml', ['host-network']);
      await makeSpecial(special, join(editor.root, 'compose.yaml'), test);
      await editor.changeOnDisk('compose.yaml', FileChangeType.Changed);
      await editor.untilShown('compose.yaml', []);
      await rm(join(editor.root, 'compose.yaml'), { recursive: true });
      await editor.write('compose.yaml', COMPOSE);
      await editor.changeOnDisk('compose.yaml', FileChangeType.Changed);
      await editor.untilShown('compose.yaml', ['host-network']);
    });

    it('a configuration that was one before, goes on without', options, async (test) => {
      const editor = await Editor.open(test, { '.bulkhead.yaml': OFF, 'pod.yaml': POD });
      await editor.scanned();
      await makeSpecial(special, join(editor.root, '.bulkhead.yaml'), test);
      await editor.changeOnDisk('.bulkhead.yaml', FileChangeType.Changed);
      await editor.untilShown('pod.yaml', ['host-network']);
    });

    it('what it remembers, remembers nothing', options, async (test) => {
      const storage = await folderWith(test, {});
      await makeSpecial(special, join(storage, `${hash('file:///a')}.bulkhead-scan`), test);
      const memory = await ScanMemory.of(storage, 'file:///a');
      assert.ok(memory.of('a.yaml', ['x', 'y'], '').isEmpty);
    });
  });

describe('the server does not follow a link', { skip: options.skip }, () => {
  it('that appears while it watches, to a file or a folder', options, async (test) => {
    const editor = await Editor.open(test, { 'pod.yaml': POD });
    await editor.scanned();
    const other = await outside(test, 'secret.yaml', POD);
    await symlink(join(other, 'secret.yaml'), join(editor.root, 'link.yaml'));
    await symlink(other, join(editor.root, 'folder'));
    await editor.write('last.yaml', POD);
    for (const path of ['link.yaml', 'folder/secret.yaml', 'last.yaml'])
      await editor.changeOnDisk(path, FileChangeType.Created);
    await editor.untilShown('last.yaml', ['host-network']);
    assert.equal(editor.shown('link.yaml'), undefined);
    assert.equal(editor.shown('folder/secret.yaml'), undefined);
  });

  it('that a folder became', options, async (test) => {
    const editor = await Editor.open(test, { 'deploy/pod.yaml': POD });
    await editor.scanned();
    await editor.untilShown('deploy/pod.yaml', ['host-network']);
    const away = await mkdtemp(join(tmpdir(), 'bulkhead-outside-'));
    test.after(() => rm(away, { recursive: true, force: true }));
    await rename(join(editor.root, 'deploy'), join(away, 'deploy'));
    await symlink(join(away, 'deploy'), join(editor.root, 'deploy'));
    await editor.changeOnDisk('deploy/pod.yaml', FileChangeType.Changed);
    await editor.untilShown('deploy/pod.yaml', []);
  });

  it('of a configuration out of the folder, and does one within it', options, async (test) => {
    const editor = await Editor.open(test, { 'ci/shared.yaml': OFF, 'pod.yaml': POD });
    await editor.scanned();
    await editor.untilShown('pod.yaml', ['host-network']);
    const config = join(editor.root, '.bulkhead.yaml');
    await symlink('ci/shared.yaml', config);
    await editor.changeOnDisk('.bulkhead.yaml', FileChangeType.Created);
    await editor.untilShown('pod.yaml', []);
    await rm(config);
    await symlink(join(await outside(test, 'shared.yaml', OFF), 'shared.yaml'), config);
    await editor.changeOnDisk('.bulkhead.yaml', FileChangeType.Changed);
    await editor.untilShown('pod.yaml', ['host-network']);
    assert.match(String(editor.shown('.bulkhead.yaml')?.[0]?.message), /is a link that leads out of the folder/);
  });
});

it('a pipe that appears while the server watches holds nothing up', options, async (test) => {
  const editor = await Editor.open(test, { 'pod.yaml': POD });
  await editor.scanned();
  for (const path of ['a.yaml', 'Dockerfile', '.gitignore', '.bulkhead.yaml']) {
    makePipe(join(editor.root, path));
    await editor.changeOnDisk(path, FileChangeType.Created);
  }
  await editor.untilShown('.bulkhead.yaml', ['configuration']);
  await writeFile(join(editor.root, 'late.yaml'), POD);
  await editor.changeOnDisk('late.yaml', FileChangeType.Created);
  await editor.untilShown('late.yaml', ['host-network']);
});

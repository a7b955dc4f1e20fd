import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { manifestsOf } from '../../bench/manifests.ts';
import { bulkhead, type Contender, Floor } from '../../bench/servers/contenders.ts';
import { LanguageClient } from '../../bench/servers/language-client.ts';
import { EDIT_KINDS, planEdits } from '../../bench/typing/edits.ts';
import { measureTyping } from '../../bench/typing/measure.ts';

const text = manifestsOf(100);

const apply = (before: string, { range, text }: ReturnType<typeof planEdits>[number]['change']) => {
  const lines = before.split('\n');
  const offset = ({ line, character }: typeof range.start) =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  return before.slice(0, offset(range.start)) + text + before.slice(offset(range.end));
};

test('a planned edit changes the text, and its undo takes that back', () => {
  const edits = planEdits(text, 50, 1);
  for (const { kind, change, undo } of edits) {
    const changed = apply(text, change);
    assert.notEqual(changed, text, kind);
    assert.equal(apply(changed, undo), text, kind);
  }
  assert.deepEqual(new Set(edits.map(({ kind }) => kind)), new Set(EDIT_KINDS));
});

test('what is measured is the answer to the edit, in Bulkhead and in the floor', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-bench-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const floor = await Floor.build(folder);
  const file = { folder, uri: pathToFileURL(join(folder, 'manifests.yaml')).href, text };
  const typings = await measureTyping([bulkhead(), floor.touched(), floor.withFindings(9), floor.whole()], file, {
    edits: EDIT_KINDS.length,
    rounds: 1,
    limit: 60_000,
    pause: 20,
  });
  for (const { name, keystrokes, changes } of typings) {
    assert.equal(keystrokes.size, EDIT_KINDS.length * 2, name);
    assert.ok(changes > 0, `${name} never showed anything new`);
  }
  assert.deepEqual(
    typings.map(({ shown }) => shown > 0),
    [true, false, true, false],
  );
});

const contenders: [string, (folder: string) => Promise<Contender>][] = [
  ['Bulkhead', async () => bulkhead()],
  ['floor', async (folder) => (await Floor.build(folder)).touched()],
];
for (const [name, build] of contenders)
  test(`an edit that is taken back leaves what was shown: ${name}`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'bulkhead-bench-test-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const client = new LanguageClient(await build(folder), folder);
    t.after(() => client.stop());
    await client.initialize(folder);
    const uri = pathToFileURL(join(folder, 'manifests.yaml')).href;
    const { published } = await client.open(uri, text);
    for (const { kind, change, undo } of planEdits(text, EDIT_KINDS.length, 1)) {
      const changed = await client.change(uri, change);
      assert.equal(changed.published.version, 2 + 2 * EDIT_KINDS.indexOf(kind));
      const undone = await client.change(uri, undo);
      assert.deepEqual(undone.published.diagnostics, published.diagnostics, kind);
    }
  });

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { folderWith } from '../files.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'dist', 'bulkhead.cjs');
const FILE = '.bulkhead-baseline.json';
const pod = (name: string, fields = 'hostNetwork: true') =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { ${fields} }\n`;

function run(root: string, ...args: string[]) {
  return spawnSync(process.execPath, [PROGRAM, ...args], { cwd: root, encoding: 'utf8' });
}

/** What `check` finds beyond the baseline: its exit status, the findings, and what it says. */
function check(root: string, ...paths: string[]): [number | null, string[], string] {
  const { status, stdout, stderr } = run(root, 'check', '--baseline', FILE, '--format', 'jsonl', ...paths);
  const found = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { file: string; rule: string });
  return [status, found.map(({ file, rule }) => `${file}: ${rule}`), stderr];
}

describe('a baseline', () => {
  it('takes what it knows out of what is printed and counted', async (test) => {
    const root = await folderWith(test, { 'a.yaml': pod('a'), 'b.yaml': pod('b') });
    const written = run(root, 'baseline', 'write');
    assert.equal(written.status, 0);
    assert.equal(written.stdout, `2 findings written to ${FILE}.\n`);
    const known = `bulkhead: 2 known findings left out (${FILE}).\n`;
    assert.deepEqual(check(root), [0, [], known]);
    writeFileSync(join(root, 'a.yaml'), `# moved down\n\n${pod('a', 'hostNetwork: true, hostPID: true')}`);
    assert.deepEqual(check(root), [1, ['a.yaml: host-pid'], known]);
  });

  it('knows a finding again in a file with another name, and once only', async (test) => {
    const root = await folderWith(test, { 'a.yaml': pod('a') });
    run(root, 'baseline', 'write');
    renameSync(join(root, 'a.yaml'), join(root, 'renamed.yaml'));
    assert.equal(check(root)[0], 0);
    writeFileSync(join(root, 'copy.yaml'), pod('a'));
    assert.deepEqual(check(root).slice(0, 2), [1, ['renamed.yaml: host-network']]);
    rmSync(join(root, 'copy.yaml'));
    renameSync(join(root, 'renamed.yaml'), join(root, 'a.yaml'));
    writeFileSync(join(root, 'copy.yaml'), pod('a'));
    assert.deepEqual(check(root).slice(0, 2), [1, ['copy.yaml: host-network']]);
  });

  it('says which of its entries are gone, of what was checked', async (test) => {
    const root = await folderWith(test, { 'a.yaml': pod('a'), 'b.yaml': pod('b') });
    run(root, 'baseline', 'write');
    writeFileSync(join(root, 'a.yaml'), pod('a', 'hostNetwork: false'));
    const [status, , said] = check(root);
    assert.equal(status, 0);
    assert.match(said, /^bulkhead: no longer found: host-network in a\.yaml \(Pod a\)\.$/m);
    assert.match(said, /^bulkhead: 1 entry of \S+ is no longer needed\. .*"bulkhead baseline write --file /m);
    assert.doesNotMatch(check(root, 'b.yaml')[2], /no longer/);
    run(root, 'baseline', 'write');
    assert.doesNotMatch(check(root)[2], /no longer/);
  });

  it('is the same text for the same findings, and for a person to read', async (test) => {
    const root = await folderWith(test, { 'd/b.yaml': pod('b'), 'a.yaml': pod('a') });
    run(root, 'baseline', 'write', 'd', 'a.yaml');
    const text = readFileSync(join(root, FILE), 'utf8');
    run(root, 'baseline', 'write', '.');
    assert.equal(readFileSync(join(root, FILE), 'utf8'), text);
    const { findings } = JSON.parse(text);
    const { fingerprint, ...first } = findings[0];
    assert.deepEqual(first, { path: 'a.yaml', rule: 'host-network', subject: 'Pod a' });
    assert.match(fingerprint, /^[0-9a-f]{32}$/);
  });

  it('knows files from its own folder', async (test) => {
    const root = await folderWith(test, { 'deploy/a.yaml': pod('a') });
    run(join(root, 'deploy'), 'baseline', 'write', '--file', `../${FILE}`);
    assert.equal(check(root)[0], 0);
  });

  it('must be there and in order', async (test) => {
    const root = await folderWith(test, { 'a.yaml': pod('a') });
    const cases: [string | undefined, RegExp][] = [
      [undefined, /the baseline \S+ cannot be read \(ENOENT\)\. To write one, run "bulkhead baseline write --file/],
      ['{', /is not valid JSON/],
      ['[]', /is not in the form/],
      ['null', /is not in the form/],
      ['{ "version": 2, "findings": [] }', /is not in the form/],
      ['{ "version": 1, "findings": [{ "rule": "host-network" }] }', /is not in the form/],
    ];
    for (const [text, expected] of cases) {
      if (text !== undefined) writeFileSync(join(root, FILE), text);
      const { status, stdout, stderr } = run(root, 'check', '--baseline', FILE);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, expected);
    }
  });

  it('is not written when something could not be checked', async (test) => {
    const root = await folderWith(test, { 'a.yaml': pod('a') });
    const { status, stderr } = run(root, 'baseline', 'write', '.', 'missing');
    assert.equal(status, 2);
    assert.match(stderr, /was not written/);
    assert.equal(check(root)[0], 2);
  });
});

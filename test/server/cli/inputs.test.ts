import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { COMPOSE, POD, programIn } from '../program.ts';

const FIXED = COMPOSE.replace('    ports: ["1:1"]\n', '');
const SCRIPT = 'docker run --network host nginx\n';

describe('check takes', () => {
  const files = {
    'a.yaml': POD,
    'deploy/b.yaml': POD,
    'deploy/c.yml': POD,
    'deploy/x/d.yaml': POD,
    'deploy/e.txt': POD,
    'deploy/node_modules/f.yaml': POD,
    'deploy/.g/g.yaml': POD,
    'deploy/.h.yaml': POD,
    'out/i.yaml': POD,
    'odd [1].yaml': POD,
    '.gitignore': 'out\n',
  };
  const cases: [string, string[], string[]][] = [
    [
      'all of the current folder without paths',
      [],
      ['a.yaml', 'deploy/.h.yaml', 'deploy/b.yaml', 'deploy/c.yml', 'deploy/x/d.yaml', 'odd [1].yaml'],
    ],
    ['a pattern in one folder', ['deploy/*.yaml'], ['deploy/.h.yaml', 'deploy/b.yaml']],
    ['a pattern at any depth', ['deploy/**/*.yaml'], ['deploy/.h.yaml', 'deploy/b.yaml', 'deploy/x/d.yaml']],
    ['a pattern of alternatives', ['{a,deploy/b}.y{a,}ml'], ['a.yaml', 'deploy/b.yaml']],
    ['a pattern with a path before it', ['./deploy/x/../*.yml'], ['deploy/c.yml']],
    ['a pattern that stands for a hidden folder', ['deploy/.g/*'], ['deploy/.g/g.yaml']],
    ['a file whose name looks like a pattern', ['odd [1].yaml'], ['odd [1].yaml']],
    [
      'everything once',
      ['deploy/b.yaml', 'deploy/*.yaml', './deploy/b.yaml', 'deploy/x'],
      ['deploy/b.yaml', 'deploy/.h.yaml', 'deploy/x/d.yaml'],
    ],
    ['a file that git leaves out, when it is named', ['out/i.yaml'], ['out/i.yaml']],
    ['a folder that git leaves out, when it is named', ['out'], ['out/i.yaml']],
    ['what git leaves out, when it is told to', ['--no-gitignore', '**/i.yaml'], ['out/i.yaml']],
    ['a file whatever it is called', ['deploy/e.txt'], ['deploy/e.txt']],
  ];
  for (const [name, args, expected] of cases)
    it(name, async (test) => {
      const { check } = await programIn(test, files);
      assert.deepEqual(check(args), [1, expected, '']);
    });

  it('no pattern that matches nothing it would read', async (test) => {
    const { check } = await programIn(test, files);
    for (const pattern of ['deploy/*.txt', 'missing/*.yaml', '**/i.yaml'])
      assert.deepEqual(check([pattern]), [2, [], `bulkhead: no manifest or script matches ${pattern}\n`]);
  });
});

describe('standard input', () => {
  const kinds: [string, string, string[], string[]][] = [
    ['is a manifest', POD, [], ['stdin']],
    ['is a script by its first line', `#!/bin/sh\n${SCRIPT}`, [], ['stdin']],
    ['is a script by its name', SCRIPT, ['--stdin-filename', 'x/start.sh'], ['x/start.sh']],
    ['is nothing without a name', SCRIPT, [], []],
  ];
  for (const [name, text, args, expected] of kinds)
    it(name, async (test) => {
      const { check } = await programIn(test, {});
      assert.deepEqual(check(['-', ...args], text), [expected.length, expected, '']);
    });

  it('is checked beside files, and follows the configuration under its name', async (test) => {
    const { check } = await programIn(test, { 'a.yaml': POD, '.bulkhead.yaml': 'ignore: [vendor]\n' });
    assert.deepEqual(check(['-', 'a.yaml', '--stdin-filename', 'b.yaml'], POD), [1, ['b.yaml', 'a.yaml'], '']);
    const ignored =
      'bulkhead: vendor/b.yaml is ignored by the configuration.\nbulkhead: .bulkhead.yaml leaves out 1 file (ignore).\n';
    assert.deepEqual(check(['-', '--stdin-filename', 'vendor/b.yaml'], POD), [0, [], ignored]);
  });

  it('is repaired onto standard output', async (test) => {
    const { run } = await programIn(test, { '.bulkhead.yaml': 'ignore: [vendor]\n' });
    const fix = (...args: string[]) => run(['fix', '-', '--stdin-filename', ...args], { input: COMPOSE });
    const { status, out, err } = fix('compose.yaml');
    assert.deepEqual([status, out], [0, FIXED]);
    assert.match(err, /\n--- a\/compose\.yaml.*-.*ports.*\n1 problem fixed in 1 file\.\n$/s);
    assert.deepEqual(fix('compose.yaml', '--quiet'), { status: 0, out: FIXED, err: '' });
    const dry = fix('compose.yaml', '--dry-run');
    assert.equal(dry.status, 1);
    assert.match(dry.out, /^-.*ports/m);
    assert.equal(fix('vendor/compose.yaml').out, COMPOSE, 'what is ignored comes out as it went in');
    const clean = run(['fix', '-'], { input: 'a: 1' });
    assert.deepEqual(clean, { status: 0, out: 'a: 1', err: '0 problems fixed in 0 files.\n' });
  });

  it('keeps its encoding, and is not answered when it is no text', async (test) => {
    const { root, run } = await programIn(test, {});
    const bytes = Buffer.from(`\uFEFF${COMPOSE}`, 'utf16le');
    const { status } = run(['fix', '-', '--stdin-filename', 'compose.yaml'], {
      input: bytes,
      stdio: ['pipe', (await import('node:fs')).openSync(join(root, 'out'), 'w'), 'pipe'],
    });
    assert.equal(status, 0);
    assert.deepEqual(await readFile(join(root, 'out')), Buffer.from(`\uFEFF${FIXED}`, 'utf16le'));
    const refused = run(['fix', '-'], { input: '\0' });
    assert.deepEqual([refused.status, refused.out], [2, '']);
  });
});

describe('a list of files', () => {
  const files = {
    'a.yaml': POD,
    'b c.yaml': POD,
    'out/d.yaml': POD,
    'vendor/e.yaml': POD,
    'f.txt': POD,
    'node_modules/g.yaml': POD,
    '.gitignore': 'out',
    '.bulkhead.yaml': 'ignore: [vendor]\n',
    empty: '',
    list: 'a.yaml\r\nout/d.yaml\r\n\r\nvendor/e.yaml\r\nf.txt\r\nnode_modules/g.yaml\r\n',
  };
  it('names one a line, and what nobody would look into is passed over', async (test) => {
    const { check } = await programIn(test, files);
    const leftOut = 'bulkhead: .bulkhead.yaml leaves out 1 file (ignore).\n';
    assert.deepEqual(check(['--files-from', 'list']), [1, ['a.yaml', 'out/d.yaml'], leftOut]);
    assert.deepEqual(check(['--files-from', 'list', 'b c.yaml', 'a.yaml'])[1], ['b c.yaml', 'a.yaml', 'out/d.yaml']);
  });
  it('names each before a NUL, on standard input', async (test) => {
    const { check } = await programIn(test, files);
    assert.deepEqual(check(['--files-from', '-'], 'b c.yaml\0a.yaml\0')[1], ['b c.yaml', 'a.yaml']);
  });
  it('may name what is gone, and folders, which it says', async (test) => {
    const { check } = await programIn(test, files);
    const [status, found, said] = check(['--files-from', '-'], 'gone.yaml\nout\na.yaml\n');
    assert.deepEqual([status, found], [1, ['a.yaml']]);
    assert.equal(
      said,
      'bulkhead: gone.yaml is listed but not there; it was left out.\nbulkhead: out is listed but not a file; it was left out.\n',
    );
  });
  it('may be empty', async (test) => {
    const { check } = await programIn(test, files);
    assert.deepEqual(check(['--files-from', 'empty']), [0, [], '']);
  });
  it('says what is repaired', async (test) => {
    const { root, run } = await programIn(test, { 'compose.yaml': COMPOSE, 'x/compose.yaml': COMPOSE });
    run(['fix', '--files-from', '-'], { input: 'compose.yaml\n' });
    assert.equal(await readFile(join(root, 'compose.yaml'), 'utf8'), FIXED);
    assert.equal(await readFile(join(root, 'x', 'compose.yaml'), 'utf8'), COMPOSE);
  });
});

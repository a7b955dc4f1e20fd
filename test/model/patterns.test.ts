import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { imageGlob, imageRepository } from '../../shared-rules/model/image.ts';
import { nameMatcher, PathPatterns, pathMatcher } from '../../shared-rules/model/patterns.ts';
import { folderWith } from '../server/files.ts';

const PIECES = [
  ...[
    'a',
    'b',
    'c',
    '.',
    '*',
    '*',
    '**',
    '***',
    '/',
    '/',
    '**/',
    '/**',
    '?',
    '-',
    '!',
    '#',
    ' ',
    '\\ ',
    '\\a',
    '\\*',
    '\\',
  ],
  ...[
    '[a-b]',
    '[!a]',
    '[^b]',
    '[]a]',
    '[!]a]',
    '[a',
    '[a-]',
    '[c-a]',
    '[a\\]b]',
    '[a/b]',
    '[\\-a]',
    '[[a]',
    'A',
    '[A-B]',
  ],
  ...['[[:alpha:]]', '[[:digit:]]', '[[:punct:]]', '[[:foo:]]', '[[:a]', '[[:upper:]b]'],
];
const NAMES = [
  'a',
  'b',
  'c',
  'ab',
  'abc',
  '.a',
  'a.b',
  '*',
  '**',
  '[',
  'A',
  'a b',
  'a ',
  '#a',
  '!a',
  '-',
  '\\',
  '1',
  'a-',
];

describe('patterns of a .gitignore file', () => {
  const hasGit = spawnSync('git', ['--version']).status === 0;

  it('leave out what git leaves out', { skip: !hasGit }, async (test) => {
    const root = await folderWith(test, {});
    spawnSync('git', ['init', '-q', root]);
    const line = fc
      .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
      .map((pieces) => pieces.join(''))
      // What older versions of git make of `a**/` depends on where two texts lie in memory (wildmatch.c compares addresses).
      .filter((text) => !/[^/]\*\*+\//.test(text));
    const path = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    const lists = fc.tuple(
      fc.array(line, { minLength: 1, maxLength: 3 }),
      fc.uniqueArray(path, { minLength: 150, maxLength: 150 }),
    );
    for (const [lines, paths] of fc.sample(lists, { numRuns: 60, seed: 1 })) {
      await writeFile(join(root, '.gitignore'), `${lines.join('\n')}\n`);
      const args = ['-C', root, '-c', 'core.ignorecase=false', 'check-ignore', '--no-index', '--stdin', '-z'];
      const said = spawnSync('git', args, { input: paths.join('\0'), encoding: 'utf8' }).stdout.split('\0');
      const patterns = new PathPatterns(lines);
      const ours = paths.filter((one) => patterns.leavesOut(one));
      assert.deepEqual(ours.sort(), said.filter((one) => one !== '').sort(), JSON.stringify(lines));
    }
  });

  it('are of folders where they end with a slash', () => {
    const matches = pathMatcher(['a/', '!b/a/']);
    assert.deepEqual(['a', 'a/', 'a/x', 'b/a/', 'b/a/x', 'c/a/x'].filter(matches), ['a/', 'a/x', 'c/a/x']);
  });

  it('match no path that leads elsewhere', () => {
    const matches = pathMatcher(['*']);
    assert.deepEqual(['', '.', '..', './a', '../a', '/a', 'C:\\a', 'a\\b', '.a', '..a'].filter(matches), [
      'a\\b',
      '.a',
      '..a',
    ]);
  });

  it('take few steps, whatever they are', () => {
    const deep = `${'a/'.repeat(2000)}b`;
    for (const pattern of [
      `a/${'**/'.repeat(300)}x`,
      `${'**/a/'.repeat(300)}x`,
      `${'*a'.repeat(300)}x`,
      `!${'a/**/'.repeat(300)}x`,
    ])
      assert.equal(pathMatcher(['q', pattern])(deep), false);
    assert.equal(pathMatcher([`${'*a'.repeat(300)}x`])('a'.repeat(2000)), false);
  });
});

describe('patterns of names', () => {
  it('have a star for anything, and nothing else', () => {
    assert.deepEqual(['a.b', 'a.', 'a./\n', 'axb', 'b'].filter(nameMatcher('a.*')), ['a.b', 'a.', 'a./\n']);
    assert.deepEqual(['a[b]', 'ab'].filter(nameMatcher('*[b]')), ['a[b]']);
  });

  it('take few steps, whatever they are', () => {
    assert.equal(nameMatcher(`${'*a'.repeat(500)}b`)('a'.repeat(2000)), false);
  });
});

describe('patterns of images', () => {
  const cases: [string, string[], string[]][] = [
    ['a/b', ['a/b', 'x.io/a/b', 'A/B'], ['xa/b', 'a/b/c', 'a/bc']],
    ['b*', ['b', 'bc', 'a/bc'], ['ab', 'b/c']],
    ['*b*', ['b', 'abc', 'x/abc'], ['b/c']],
    ['a/*', ['a/b', 'a/b/c', 'x/a/b'], ['a', 'xa/b']],
    ['*-x/*', ['-x/b', 'a-x/b/c'], ['a-x', 'x/b']],
    ['a*/b', ['a/b', 'ax/b'], ['a/x/b']],
  ];
  for (const [glob, matched, others] of cases)
    it(glob, () => assert.deepEqual([...matched, ...others].filter(imageGlob(glob).test), matched));

  it('take few steps, whatever they are', () => {
    assert.equal(imageGlob(`${'*a'.repeat(500)}b`).test('a'.repeat(2000)), false);
    assert.equal(imageGlob(`${'*a/'.repeat(500)}b`).test('a/'.repeat(1000)), false);
    assert.equal(imageRepository(`${':'.repeat(100_000)}/a:b`), `${':'.repeat(100_000)}/a`);
  });
});

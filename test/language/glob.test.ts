import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ANY_TEXT,
  globMatcher,
  globPath,
  matchedLengths,
  matchesTokens,
  type PathPattern,
  starTokens,
} from '../../shared-rules/language/glob.ts';

describe('a pattern of paths', () => {
  const cases: [string, string[], string[]][] = [
    ['a/*.yaml', ['a/b.yaml', 'a/.yaml'], ['a/b/c.yaml', 'a/b.yml', 'b.yaml']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['a', 'b', 'a/xb', 'a/b/c']],
    ['a/**', ['a/b', 'a/b/c'], ['a', 'b']],
    ['**/a', ['a', 'b/a', 'b/c/a'], ['ba', 'a/b']],
    ['a**b/c', ['ab/c', 'axb/c'], ['a/b/c', 'a/xb/c']],
    ['?[a-c][!a-c]', ['xax', 'éb1'], ['xaa', 'xxx', 'xa/', 'ax']],
    ['[]-]x[a\\]]', [']xa', '-x]'], ['ax]', ']x\\']],
    ['[[:digit:][:upper:]x-]', ['1', 'A', 'x', '-'], ['a', ':', '[']],
    ['[c-a]', ['c'], ['a', 'b']],
    ['\\*\\[a', ['*[a'], ['x[a']],
    ['[a/b]c', ['ac', 'bc'], ['/c', '[a/b]c']],
  ];
  for (const [glob, matched, others] of cases)
    it(glob, () => {
      const matches = globMatcher(glob);
      assert.deepEqual([...matched, ...others].filter(matches), matched);
    });

  it('that is not closed matches nothing', () => {
    for (const glob of ['[a', 'a\\', '[[:foo:]]', '[a-']) assert.equal(globPath(glob), undefined, glob);
  });
});

describe('steps of matching', () => {
  it('are no more than the tokens times the characters', () => {
    for (const [length, size] of [
      [10, 100],
      [100, 1000],
    ] as const) {
      let steps = 0;
      const isA = (char: string) => ++steps > 0 && char === 'a';
      const tokens = Array.from({ length }, () => [ANY_TEXT, isA] as const).flat();
      assert.equal(matchesTokens(tokens, `${'a'.repeat(size)}b`), false);
      assert.ok(steps > 0 && steps <= tokens.length * (size + 1), `${steps} steps`);
    }
  });

  it('are no more than the names of the pattern times those of the path', () => {
    let steps = 0;
    const [anyNames] = globPath('**/x') ?? [];
    const isA = (name: string) => ++steps > 0 && name === 'a';
    const pattern: PathPattern = Array.from({ length: 50 }, () => [anyNames!, isA]).flat() as PathPattern[number][];
    const path = [...Array(200).fill('a'), 'b'];
    assert.deepEqual(
      matchedLengths(pattern, path),
      Array.from({ length: 151 }, (_, index) => index + 50),
    );
    assert.ok(steps <= pattern.length * path.length, `${steps} steps`);
  });

  it('are few for patterns that make others go back for ever', () => {
    const text = 'a'.repeat(1000);
    assert.equal(matchesTokens(starTokens(`${'*a'.repeat(400)}b`), text), false);
    assert.equal(globMatcher(`a/${'**/'.repeat(400)}x`)(`${'a/'.repeat(1000)}b`), false);
    assert.equal(globMatcher(`${'**/a/'.repeat(400)}x`)(`${'a/'.repeat(1000)}b`), false);
    assert.equal(globMatcher(`${'*[a-z]'.repeat(400)}!`)(text), false);
    assert.equal(globMatcher(`[${'[:'.repeat(50_000)}]`)(text), false);
  });
});

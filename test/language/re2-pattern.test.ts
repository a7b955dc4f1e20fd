import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pattern, wholePattern } from '../../shared-rules/language/re2/pattern.ts';

/** Texts that an expression is found in, and others; after https://github.com/google/re2/wiki/Syntax. */
const CASES: readonly [expression: string, found: readonly string[], others: readonly string[]][] = [
  ['', ['', 'a'], []],
  ['abc', ['abc', 'xabcx'], ['ab', 'ABC']],
  ['a.c', ['abc', 'a€c', 'a😀c'], ['ac', 'a\nc']],
  ['(?s)a.c', ['a\nc'], ['ac']],
  ['(?i)aBc', ['AbC'], ['ab']],
  ['(?i:a)b', ['Ab', 'ab'], ['aB']],
  ['a|b|', ['a', 'x'], []],
  ['^(?:a|bc)$', ['a', 'bc'], ['ab', 'abc', 'b']],
  ['^ab*c+d?$', ['acd', 'abbbcc'], ['abd', 'acdd']],
  ['^a{2}$', ['aa'], ['a', 'aaa']],
  ['^a{2,}$', ['aa', 'aaaa'], ['a']],
  ['^a{1,3}?$', ['a', 'aaa'], ['', 'aaaa']],
  ['^a{,2}$', ['a{,2}'], ['a', 'aa']],
  ['^(?:ab){0}$', [''], ['ab']],
  ['[a-c_]', ['b', '_'], ['d', '-']],
  ['^[^a-c]+$', ['xyz', '\n'], ['axy', '']],
  ['^[]a-]+$', [']a-'], ['b']],
  ['^[[:alpha:]][[:^digit:]]$', ['a_', 'zZ'], ['1a', 'a1']],
  ['^[\\d\\-x]+$', ['1-x'], ['\\', 'd']],
  ['^\\w+\\s\\D\\S\\W$', ['ab_1 x.!'], ['ab 1.!', 'ab x.a']],
  ['\\.', ['.'], ['a']],
  ['\\bweb\\b', ['web', 'a web-1'], ['webs']],
  ['\\Bweb', ['aweb'], ['web']],
  ['\\Aa\\z', ['a'], ['ba', 'ab']],
  ['(?P<name>a)(?<other>b)', ['ab'], ['a']],
  ['^(a*)*$', ['', 'aaa'], ['b']],
  ['^\\pL\\x41$', ['éA'], ['1A', 'AB']],
  ['x\\t', ['x\t'], ['xt']],
];

/** What RE2 refuses, or what is not supported: some scripts of Unicode. */
const REFUSED = [
  '(',
  ')',
  '[',
  '[b-a]',
  '*',
  'a**',
  '+a',
  'a{1001}',
  'a{3,2}',
  '\\1',
  '\\p{Thai}',
  '(?=a)',
  '(?<!a)',
  '[[:nope:]]',
  '\\',
];

describe('pattern', () => {
  for (const [expression, found, others] of CASES)
    it(`finds ${expression}`, () => {
      const isFoundIn = pattern(expression);
      for (const text of found) assert.equal(isFoundIn?.(text), true, JSON.stringify(text));
      for (const text of others) assert.equal(isFoundIn?.(text), false, JSON.stringify(text));
    });

  for (const expression of REFUSED) it(`refuses ${expression}`, () => assert.equal(pattern(expression), undefined));

  it('agrees with expressions of JavaScript', () => {
    const parts = ['a', 'b', '.', 'a*', '(a|b)', '[ab]+', '(?:ab)?', 'b{1,2}', '^', '$', '|'];
    const texts = ['', 'a', 'b', 'ab', 'ba', 'aab', 'abb', 'bbaa', 'abab'];
    for (let seed = 1; seed < 2_000; seed++) {
      const expression = Array.from({ length: 1 + (seed % 5) }, (_, at) => parts[(seed * (at + 7) * 31) % 11]).join('');
      for (const text of texts)
        assert.equal(pattern(expression)?.(text), new RegExp(expression).test(text), `${expression} in ${text}`);
    }
  });

  it('refuses what would become too large', () => {
    assert.equal(pattern('(((a{30}){30}){30}){30}'), undefined);
    assert.equal(pattern(`${'('.repeat(5_000)}${')'.repeat(5_000)}`), undefined);
  });

  it('tries nothing twice', () => {
    assert.equal(pattern('^(a|a)*(a*)*b$')?.('a'.repeat(20_000)), false);
  });
});

describe('wholePattern', () => {
  it('matches a whole text alone', () => {
    assert.equal(wholePattern('web')?.('web'), true);
    assert.equal(wholePattern('web')?.('web-1'), false);
    assert.equal(wholePattern('a|b.*')?.('bcd'), true);
    assert.equal(wholePattern('a|b.*')?.('ab'), false);
  });

  it('refuses an expression that only brackets around it make one', () => {
    assert.equal(wholePattern('a)(?:b'), undefined);
  });
});

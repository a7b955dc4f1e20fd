import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { divide, TextDivision } from '../../shared-rules/language/yaml/division.ts';
import { withLineFeeds, withOwnLineEnds } from '../../shared-rules/language/yaml/line-ends.ts';

describe('the line ends of YAML', () => {
  // go-yaml v2, v3 and v4 read two keys in each of them.
  const cases: [string, string][] = [
    ['a: 1\rb: 2', 'a: 1\nb: 2'],
    ['a: 1\u0085b: 2', 'a: 1\nb: 2'],
    ['a: 1\u2028b: 2', 'a: 1\nb: 2'],
    ['a: 1\u2029b: 2', 'a: 1\nb: 2'],
    ['a: 1\r\r\nb: 2\r', 'a: 1\n\r\nb: 2\n'],
    ['a: 1\r\nb: 2\r\n', 'a: 1\r\nb: 2\r\n'],
    ['a: 1\vb: 2\f', 'a: 1\vb: 2\f'],
    ['---\n\uFEFFa: 1\n--- # b\r\n\uFEFFb: 2', '--- \na: 1\n--- # b \r\nb: 2'],
    ['\uFEFFa: 1\n\uFEFFb: 2\n----\n', '\uFEFFa: 1\n\uFEFFb: 2\n----\n'],
  ];
  for (const [text, expected] of cases)
    it(`are read in ${JSON.stringify(text)}`, () => assert.equal(withLineFeeds(text), expected));

  const edit = (text: string, start: number, end: number, newText: string) =>
    withOwnLineEnds(text, withLineFeeds(text), [{ range: { start, end }, newText }])?.[0]?.newText;

  it('are those of the text in what is added to it', () => {
    assert.equal(edit('a\rb\r', 2, 2, 'c\n'), 'c\r');
    assert.equal(edit('a\u2028b', 0, 0, 'c\n'), 'c\u2028');
    assert.equal(edit('a\nb\r', 2, 2, 'c\n'), 'c\n');
    assert.equal(edit('a\r\nb\r', 2, 2, 'c\r\n'), 'c\r\n');
    assert.equal(edit('a\nb\n', 2, 2, 'c\n'), 'c\n');
  });

  it('are never written again as others', () => {
    assert.equal(edit('a\rb\r', 0, 3, 'a\nc'), 'a\rc');
    assert.equal(edit('a\rb\n', 0, 3, 'a\nc'), undefined);
    assert.equal(edit('a\rb\u2028c', 2, 5, 'b\nd'), undefined);
    assert.equal(edit('a\rb\n', 0, 3, ''), '');
  });

  it('make a text one piece, since documents may begin behind any of them', () => {
    assert.equal(divide('a: 1\n---\nb: 2\n').length, 2);
    assert.equal(divide('a: 1\n---\r\nb: 2\r\n').length, 2);
    assert.equal(divide('a: 1\n---\nb: 2\r').length, 1);
    const division = new TextDivision('a: 1\n---\nb: 2\n---\nc: 3\n');
    division.edit({ start: 10, end: 10 }, '\u2028');
    assert.equal(division.pieces.length, 1);
    division.edit({ start: 10, end: 11 }, '');
    assert.equal(division.pieces.length, 3);
  });
});

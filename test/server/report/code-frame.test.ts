import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { codeFrame } from '../../../server/report/code-frame.ts';

/** The frame of the part of a text that stands between « and »; marks are shown without a number. */
function frameOf(marked: string): string[] {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const document = TextDocument.create('a', 'yaml', 0, marked.replace(/[«»]/g, ''));
  return codeFrame(document, { start, end }).map(({ number, text }) => `${number ?? '-'}|${text}`);
}

describe('a code frame', () => {
  const cases: [string, string, string[]][] = [
    ['a scalar with the lines around it', 'a: 1\nb: «22»\nc: 3\n', ['1|a: 1', '2|b: 22', '-|   ^^', '3|c: 3']],
    ['the first and the only line', '«a»: 1', ['1|a: 1', '-|^']],
    ['no blank lines around', 'a: 1\n\nb: «2»\n\nc: 3\n', ['3|b: 2', '-|   ^']],
    ['lines that end in CRLF', 'a: 1\r\nb: «2»\r\nc: 3\r\n', ['1|a: 1', '2|b: 2', '-|   ^', '3|c: 3']],
    ['nothing, with one caret', 'a: «»\n', ['1|a: ', '-|   ^']],
    ['the end of a text', 'a: 1\nb«»', ['1|a: 1', '2|b', '-| ^']],
    [
      'all lines of a text over several',
      'a: «x\n   y\n   z»\nb: 1',
      ['1|a: x', '-|   ^', '2|   y', '-|   ^', '3|   z', '-|   ^', '4|b: 1'],
    ],
    ['full width characters', 'k: 漢字 «v»', ['1|k: 漢字 v', '-|        ^']],
    ['combining characters', 'k: e\u0301 «v»', ['1|k: e\u0301 v', '-|     ^']],
    ['what is full width itself', 'k: «漢字»', ['1|k: 漢字', '-|   ^^^^']],
    ['tabs', '\tk: «v»', ['1|\tk: v', '-|\t   ^']],
    ['commands to a terminal', 'k: \x1b[31m«v»', ['1|k: \uFFFD[31mv', '-|        ^']],
    ['a byte order mark', '\uFEFFk: «v»', ['1|k: v', '-|   ^']],
  ];
  for (const [what, text, expected] of cases) it(`shows ${what}`, () => assert.deepEqual(frameOf(text), expected));

  it('shows the beginning of what is long', () => {
    const frame = frameOf(`a: «|\n${'  x\n'.repeat(50)}»`);
    assert.ok(frame.length <= 9, frame.join('\n'));
  });

  it('cuts long lines on both sides', () => {
    const [line = '', marks = ''] = frameOf(`${'x'.repeat(1000)}«yy»${'x'.repeat(1000)}`).map((one) =>
      one.replace(/^.\|/, ''),
    );
    assert.match(line, /^…x+yyx+…$/);
    assert.equal(line.slice(marks.indexOf('^'), marks.length), 'yy');
  });

  it('cuts what is marked where the line is cut', () => {
    const [line = '', marks = ''] = frameOf(`k: «${'y'.repeat(1000)}»`).map((one) => one.replace(/^.\|/, ''));
    assert.ok(marks.length <= line.length);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';
import { endBefore, withoutBetween } from '../../shared-rules/language/text.ts';
import { splitDocuments } from '../../shared-rules/language/yaml/split.ts';

const MANY = 50_000;

describe('texts that make expressions go back for ever', () => {
  it('are comments with line ends of Windows before the first document', () => {
    const text = `${'# a comment\r\n'.repeat(100)}a: 1\r\n---\r\nb: 2\r\n`;
    assert.equal(splitDocuments(text).length, 2);
  });

  const pod = 'kind: Pod\napiVersion: v1\nmetadata:\n  name: a\nspec:\n  hostNetwork: true\n';
  const texts: Record<string, [string, string]> = {
    'dashes in a branch of a template': ['templates/a.yaml', `${pod}{{ if .a }}\n${'  - '.repeat(60)}\n{{ end }}\n`],
    'quotes in an action': ['templates/a.yaml', `${pod}  x: {{ ${'\\"'.repeat(MANY)}\n`],
    'blanks in a list': ['a.yaml', `${pod}  x: [${' '.repeat(MANY)}!\n`],
    'colons in an image': ['a.yaml', `${pod}  containers:\n    - image: ${'a:'.repeat(MANY)}/\n`],
    'blanks in a unit': ['a.service', `[Service]\nExecStart=${' \t'.repeat(MANY)}x\u2028\n`],
    'one program after another': ['a.sh', `docker run ${'compose '.repeat(MANY)}\n`],
    'a port of many digits': ['compose.yaml', `services:\n  a:\n    ports: ["${'0.'.repeat(MANY)}A"]\n`],
  };
  for (const [name, [path, text]] of Object.entries(texts))
    it(`are ${name}`, { timeout: 60_000 }, () => assert.deepEqual(lint(path, text, DEFAULT_SETTINGS).failures, []));
});

describe('a text', () => {
  it('without some characters at its end', () => {
    const cut = (text: string) => text.slice(0, endBefore(text, /[.,]/));
    assert.deepEqual(['a.,', 'a', '.,', '.a.'].map(cut), ['a', 'a', '', '.a']);
  });

  it('without what stands between marks', () => {
    const cut = (text: string) => withoutBetween(text, '{{', '}}');
    assert.deepEqual(['a{{b}}c', '{{a{{b}}c}}', 'a{{b', '{{}}'].map(cut), ['ac', 'c}}', 'a{{b', '']);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTemplate } from '../../shared-rules/language/template/template.ts';
import { YamlDocument } from '../../shared-rules/language/yaml/document.ts';
import { lookUp } from '../../shared-rules/language/yaml/presence.ts';

/** What is known of `a.b` in each reading of a text. */
function known(text: string): string[] {
  const template = readTemplate(text);
  return (template?.readings.map((one) => one.text) ?? [text]).map((reading) => {
    const [document] = YamlDocument.parse(reading, { start: 0, end: reading.length }, { template });
    assert.ok(document?.root);
    const found = lookUp(document.root, 'a', 'b');
    return typeof found === 'string' ? found : (found.text ?? 'collection');
  });
}

describe('looking for what may be missing', () => {
  const cases: [string, string, string[]][] = [
    ['finds what is there', 'a: { b: 1 }\n', ['1']],
    ['finds nothing', 'a:\n  c: 1\nd: 2\n', ['absent']],
    ['takes null for nothing', 'a:\n  b: ~\n', ['absent']],
    ['cannot tell in a scalar', 'a: x\n', ['unknown']],
    ['sees an action as the value', 'a:\n  b: {{ .x }}\n', ['unknown']],
    ['sees an action below the key', 'a:\n  {{- toYaml .x | nindent 2 }}\n', ['unknown']],
    ['sees an action beside the key', 'a: {{- toYaml .x | nindent 2 }}\n  c: 1\n', ['unknown']],
    ['sees an action before the first key', 'a:\n  {{- include "x" . }}\n  c: 1\n', ['unknown']],
    ['sees an action behind the last key', 'a:\n  c: 1\n  {{- include "x" . | nindent 2 }}\nd: 1\n', ['unknown']],
    ['sees an action behind the last key by its indent', 'a:\n  c: [1]\n{{ toYaml .x | indent 2 }}\n', ['unknown']],
    ['sees an action as a key', 'a:\n  {{ .key }}: 1\n', ['unknown']],
    [
      'sees what another branch holds',
      'a:\n  c: 1\n  {{- if .x }}\n  b: 2\n  {{- else }}\n  d: 1\n  {{- end }}\n',
      ['2', 'unknown'],
    ],
    [
      'passes over an action inside of another value',
      'a:\n  c:\n    {{- toYaml .x | nindent 4 }}\n  d: 1\n',
      ['absent'],
    ],
    [
      'passes over an action of a deeper column',
      'a:\n  c:\n    - 1\n    {{- toYaml .x | nindent 4 }}\nd: 1\n',
      ['absent'],
    ],
    ['passes over an action in a value beside it', 'a:\n  c: "{{ .x }}"\n', ['absent']],
    [
      'passes over an action of the mapping around it',
      'a:\n  c: 1\n{{ include "x" . | indent 0 }}\nd: 1\n',
      ['absent'],
    ],
    ['passes over an action of the next key', 'a:\n  c: 1\nd:\n  {{ include "x" . | nindent 2 }}\n', ['absent']],
    ['passes over a condition around what is there', 'a:\n  {{- if .x }}\n  c: 1\n  {{- end }}\n', ['absent']],
  ];
  for (const [name, text, expected] of cases) it(name, () => assert.deepEqual(known(text), expected));
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayConcern } from '../../shared-rules/engine/views.ts';
import { isSureBeside, knownItems, lookUp } from '../../shared-rules/language/yaml/presence.ts';
import type { Field, Value } from '../../shared-rules/language/yaml/value.ts';
import { readManifest } from '../../shared-rules/model/manifest.ts';

/** The spec of a Pod that a template prints, in its last reading. */
function specOf(lines: readonly string[]): Value {
  const text = ['apiVersion: v1', 'kind: Pod', 'spec:', ...lines.map((line) => `  ${line}`), 'status: {}', ''].join(
    '\n',
  );
  return readManifest('templates/pod.yaml', text, mayConcern).documents.at(-1)?.root?.get('spec') as Value;
}

describe('what a template leaves known of a field', () => {
  const cases: [string, string[], string, string][] = [
    ['written', ['a: 1', 'b: {{ .x }}'], 'a', '1'],
    ['missing', ['a: 1'], 'b', 'absent'],
    ['null', ['a: 1', 'b: null'], 'b', 'absent'],
    ['empty', ['b:', 'a: 1'], 'b', 'absent'],
    ['a template value', ['a: {{ .x }}'], 'a', 'unknown'],
    ['below a template value', ['a: {{ toYaml .x | nindent 4 }}'], 'a.b', 'unknown'],
    ['below a scalar', ['a: 1'], 'a.b', 'unknown'],
    ['filled by the template', ['a:', '  {{- toYaml .x | nindent 4 }}', 'b: 1'], 'a.b', 'unknown'],
    ['filled, in the column of its key', ['a:', '{{ toYaml .x | indent 2 }}', 'b: 1'], 'a', 'unknown'],
    ['perhaps printed into the mapping', ['a: 1', '{{- toYaml .x | nindent 2 }}'], 'b', 'unknown'],
    ['perhaps printed before the first key', ['{{- include "x" . | nindent 2 }}', 'a: 1'], 'b', 'unknown'],
    ['printed deeper, into a neighbour', ['a:', '  {{- toYaml .x | nindent 4 }}', 'c: 1'], 'b', 'absent'],
    ['printed deeper, beside what is written there', ['a:', '  c: 1', '  {{- toYaml .x | nindent 4 }}'], 'b', 'absent'],
    ['printed beside it there', ['a:', '  c: 1', '  {{- toYaml .x | nindent 4 }}'], 'a.b', 'unknown'],
    ['printed further left', ['a: 1', '{{- toYaml .x | nindent 0 }}'], 'b', 'absent'],
    ['under a key nobody knows', ['a: 1', '{{ .key }}: 2'], 'b', 'unknown'],
    ['in a branch of its own', ['{{- if .x }}', 'b: 1', '{{- end }}', 'a: 1'], 'b', '1'],
    ['in the other branch', ['{{- if .x }}', 'b: 1', '{{- else }}', 'c: 1', '{{- end }}'], 'b', 'unknown'],
    ['in no branch', ['{{- if .x }}', 'c: 1', '{{- else }}', 'd: 1', '{{- end }}'], 'b', 'absent'],
    ['behind a control', ['{{- $x := 1 }}', 'a: 1', '{{- /* b: 1 */}}'], 'b', 'absent'],
    ['in a flow mapping', ['a: { c: 1 }', 'd: {{ .x }}'], 'a.b', 'absent'],
  ];
  for (const [name, lines, path, expected] of cases)
    it(name, () => {
      const known = lookUp(specOf(lines), ...path.split('.'));
      assert.equal(typeof known === 'string' ? known : known.text, expected);
    });
});

describe('the items of a list', () => {
  const cases: [string, string[], number | undefined][] = [
    ['are known', ['a:', '  - b', '  - c'], 2],
    ['are none where there is no list', ['b: 1'], 0],
    ['may be more in a template', ['a:', '  - b', '  {{- toYaml .x | nindent 4 }}'], undefined],
    ['may be more, in the column of the key', ['a:', '- b', '{{- toYaml .x | nindent 2 }}', 'c: 1'], undefined],
    ['may hold one nobody knows', ['a:', '  - b', '  - {{ .x }}'], undefined],
    ['are not those of the next list', ['a:', '- b', 'c:', '- d', '{{- toYaml .x | nindent 2 }}'], 1],
  ];
  for (const [name, lines, expected] of cases)
    it(name, () => assert.equal(knownItems(lookUp(specOf(lines), 'a'))?.length, expected));
});

describe('two places of a template', () => {
  const cases: [string, string[], boolean][] = [
    ['stand together in one branch', ['{{- if .x }}', 'a: 1', 'b: 1', '{{- end }}'], true],
    ['stand together where nothing decides', ['a: 1', 'b: 1'], true],
    ['stand together where the place is the deeper one', ['{{- if .x }}', 'a: 1', '{{- end }}', 'b: 1'], true],
    ['may stand apart where the other is the deeper one', ['a: 1', '{{- if .x }}', 'b: 1', '{{- end }}'], false],
    ['may exclude each other', ['{{- if .x }}', 'a: 1', '{{- end }}', '{{- if .y }}', 'b: 1', '{{- end }}'], false],
    [
      'stand together under one condition',
      ['{{- if .x }}', 'a: 1', '{{- end }}', '{{- if .x }}', 'b: 1', '{{- end }}'],
      true,
    ],
  ];
  for (const [name, lines, expected] of cases)
    it(name, () => {
      const spec = specOf(lines);
      assert.equal(isSureBeside(spec.field('a') as Field, spec.field('b') as Field), expected);
    });
});

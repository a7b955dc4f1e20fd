import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conditionBetween, readTemplate } from '../../shared-rules/language/template/template.ts';
import { UNKNOWN_CHARACTER } from '../../shared-rules/language/unknown.ts';

/** The readings of a template with `?` for unknown characters and `_` for blanks at the ends of lines. */
function readingsOf(text: string): string[] {
  return (readTemplate(text)?.readings ?? []).map(({ text: reading }) => {
    assert.equal(reading.length, text.length, 'the length stays, so that ranges stay true');
    return reading.replaceAll(UNKNOWN_CHARACTER, '?').replaceAll(/ +$/gm, (blanks) => '_'.repeat(blanks.length));
  });
}

describe('a template action', () => {
  const cases: [string, string, string][] = [
    ['as a value is unknown', 'a: {{ .x }}', 'a: ????????'],
    ['within a value makes it unknown', 'image: "{{ .r }}:v1"', 'image: "????????:v1"'],
    ['as a key is unknown', '{{ .k }}: 1', '????????: 1'],
    ['as an item is unknown', '- {{ .x }}', '- ????????'],
    ['on a line of its own is blank', '  {{- include "a" . | nindent 2 }}', '__'.padEnd(34, '_')],
    ['that only controls leaves its line', '{{- if .x }}a: 1{{ end }}', 'a: 1'.padEnd(25, '_')],
    ['that ends a line leaves the value', 'a: true {{- end }}', 'a: true___________'],
    ['that chooses a value shows one', 'a: {{ if .x }}1{{ else }}2{{ end }}', `a:${' '.repeat(12)}1${'_'.repeat(20)}`],
    ['that chooses a part of one makes it unknown', 'a: b{{ if .x }}1{{ end }}', `a: b${'?'.repeat(21)}`],
    ['with a brace in a string ends at its own', 'a: {{ "}}" }} # c', 'a: ?????????? # c'],
    ['that is a comment is blank', '{{/* a: {{ b }} */}}', '_'.repeat(20)],
    ['over several lines keeps the lines', '{{- if or\n  .a\n}}\nb: 1', '_________\n____\n__\nb: 1'],
    ['that was not closed is left alone', 'a: {{ .x', ''],
    [
      'that brings a block leaves what follows',
      'a: {{ toYaml .x | nindent 2 }}\n  b: 1',
      `a:${'_'.repeat(28)}\n  b: 1`,
    ],
    ['that brings a block alone is unknown', 'a: {{ toYaml .x | nindent 2 }}\nb: 1', `a: ${'?'.repeat(27)}\nb: 1`],
    ['in a flow mapping leaves the others', '{ a: {{ .x }}, b: 1 }', '{ a: ????????, b: 1 }'],
  ];
  for (const [name, text, expected] of cases) it(name, () => assert.equal(readingsOf(text)[0] ?? '', expected));
});

describe('a block with branches', () => {
  const text = 'a: 1\n{{- if .x }}\nb: 1\n{{- else if .y }}\nb: 2\n{{- else }}\nb: 3\n{{- end }}\nc: 1\n';
  it('is read once for each branch', () => {
    const kept = readingsOf(text).map((reading) => [...reading.matchAll(/^b: \d/gm)].map(([line]) => line));
    assert.deepEqual(kept, [['b: 1'], ['b: 2'], ['b: 3']]);
  });
  it('tells the condition of a place inside it, and none outside', () => {
    const template = readTemplate(text);
    assert.ok(template);
    const conditionOf = (part: string) => {
      const start = text.indexOf(part);
      return conditionBetween(template, { start: 0, end: text.length }, { start, end: start + part.length });
    };
    assert.deepEqual(['a: 1', 'b: 1', 'b: 2', 'b: 3', 'c: 1'].map(conditionOf), [
      undefined,
      'if .x',
      'else of if .x',
      'else of if .x',
      undefined,
    ]);
  });
  it('does not count when it lies around the workload too', () => {
    const around = '{{ if .x }}\nspec:\n  a: 1\n{{ end }}\n';
    const template = readTemplate(around);
    assert.ok(template);
    const spec = { start: around.indexOf('a: 1'), end: around.indexOf('{{ end') };
    assert.equal(conditionBetween(template, spec, spec), undefined);
  });
});

it('a text without actions is no template', () => assert.equal(readTemplate('a: { b: 1 }'), undefined));

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deployedTexts } from '../../shared-rules/index.ts';
import { DeployedFiles } from './deployed-files.ts';

const TEMPLATE = 'app/templates/all.yaml';

function chart(template: string, files: Readonly<Record<string, string>> = {}): DeployedFiles {
  return new DeployedFiles({
    'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
    'app/values.yaml': 'a: one\nmany:\n  a: 1\n  b: [2]\n',
    [TEMPLATE]: template,
    ...files,
  });
}

function shown(files: DeployedFiles, path = TEMPLATE, isWhole = false) {
  return deployedTexts(files.lint(path), isWhole).deployments;
}

/** The documents of the first deployment, each line with what it is written as, in which file. */
function lines(files: DeployedFiles, path = TEMPLATE) {
  return (shown(files, path)[0]?.print() ?? []).map(({ lines }) =>
    lines.map(({ text, origins, isContinued }) => [
      text,
      ...origins.map(({ file = path, range }) => `${file.slice(4)}: ${files.text(file).slice(range.start, range.end)}`),
      ...(isContinued ? ['continued'] : []),
    ]),
  );
}

describe('the text of a rendered template', () => {
  it('is not printed anew', () => {
    const text = '# c\na:   "x"   # d\nb: {c: d,\n    e: f}\n\n"g":\n- h\n';
    assert.deepEqual(
      lines(chart(text))[0]?.map(([line]) => line),
      text.trimEnd().split('\n'),
    );
    assert.deepEqual(
      lines(chart(text.replaceAll('\n', '\r\n')))[0]?.map(([line]) => line),
      text.trimEnd().split('\n'),
    );
  });

  it('has documents without their markers, and none that are blank', () => {
    const text = '---\na: 1\n---\n{{- if .Values.none }}\nb: 1\n{{- end }}\n--- {c: 1}\n---\n\n---\n# comment\nd: 1\n';
    assert.deepEqual(
      lines(chart(text)).map((document) => document.map(([line]) => line)),
      [['a: 1'], ['--- {c: 1}'], ['# comment', 'd: 1']],
    );
  });

  it('has values and literal text as origins', () => {
    const files = chart(
      'x: {{ .Values.a }}-{{ .Values.many.a }}\n{{ toYaml .Values.many }}\n{{ tpl "z: {{ .Values.a }}" . }}\n',
    );
    assert.deepEqual(lines(files), [
      [
        [
          'x: one-1',
          'templates/all.yaml: x: {{ .Values.a }}-{{ .Values.many.a }}',
          'values.yaml: one',
          'values.yaml: 1',
        ],
        ['a: 1', 'templates/all.yaml: {{ toYaml .Values.many }}', 'values.yaml: 1'],
        ['b:', 'templates/all.yaml: {{ toYaml .Values.many }}', 'values.yaml: b'],
        ['- 2', 'templates/all.yaml: {{ toYaml .Values.many }}', 'values.yaml: 2'],
        ['z: one', 'templates/all.yaml: tpl "z: {{ .Values.a }}" .', 'values.yaml: one'],
      ],
    ]);
  });

  it('has values of a file with a marker where they are', () => {
    const files = chart('x: {{ .Values.a }}\n', { 'app/values.yaml': '# first\n---\na: one\n' });
    for (const path of [TEMPLATE, 'app/values.yaml'])
      assert.deepEqual(lines(files, path), [
        [['x: one', 'templates/all.yaml: x: {{ .Values.a }}', 'values.yaml: one']],
      ]);
  });

  it('takes no comments within scalars, and none where it cannot be parsed', () => {
    const continued = (text: string) =>
      lines(chart(text))[0]?.flatMap(([line, ...rest]) => (rest.includes('continued') ? line : []));
    assert.deepEqual(continued('a: |\n  b\n\n  c\nd: >-  # e\n  f\ng: h\n'), ['  b', '', '  c', '  f']);
    assert.deepEqual(continued('a: b\n  c\nd: "e\n  f"\ng:\n  - h\n'), ['a: b', 'd: "e']);
    assert.deepEqual(continued('a: "b\nc: d\n'), ['a: "b', 'c: d']);
    assert.deepEqual(continued('a: |\n  b\n---\n'), ['  b']);
  });
});

describe('what is shown of a chart', () => {
  const files = chart('x: {{ .Values.a }}\n', {
    'app/templates/_helpers.tpl': '{{ define "app" }}{{ end }}',
    'app/values-prod.yaml': 'a: two\n',
  });
  const environments = (path: string, isWhole?: boolean) =>
    shown(files, path, isWhole).map(({ environment, print }) => [environment, print()[0]?.lines[0]?.text]);

  it('is a template with each set of values, and of other files the chart with what they are for', () => {
    assert.deepEqual(environments(TEMPLATE), [
      ['the default values', 'x: one'],
      ['values-prod.yaml', 'x: two'],
    ]);
    for (const path of ['app/values.yaml', 'app/Chart.yaml', 'app/templates/_helpers.tpl'])
      assert.deepEqual(environments(path), [['the default values', 'x: one']]);
    assert.deepEqual(environments('app/values-prod.yaml'), [['values-prod.yaml', 'x: two']]);
  });

  it('is the same chart for each of its files where the whole is asked for', () => {
    const all = ['app/values.yaml', 'app/values-prod.yaml', 'app/Chart.yaml', TEMPLATE];
    for (const path of all) assert.deepEqual(environments(path, true), [['the default values', 'x: one']]);
    assert.equal(new Set(all.map((path) => shown(files, path, true)[0]?.key)).size, 1);
  });

  it('says what cannot be rendered and what is missing', () => {
    const broken = chart('x: {{ fail "no" }}\n', {
      'app/Chart.yaml':
        'apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies: [{ name: db, version: 1.0.0, repository: https://example.com }]\n',
    });
    assert.deepEqual(shown(broken, 'app/values.yaml')[0]?.notes?.(), [
      'The chart app depends on db, which is not in charts/: run `helm dependency build`',
      'The chart refuses these values in app/templates/all.yaml: no',
    ]);
  });
});

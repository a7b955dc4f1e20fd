import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Files, folderOf, render } from './helm-support.ts';

/**
 * Charts, and what Helm 3.20.2 makes of them with values files of the chart laid over its own: each template as `engine.Render`
 * gives it (after `ProcessDependenciesWithMerge` and `ToRenderValues`, release `release-name` in `default`), or its error.
 */
interface Case {
  readonly name: string;
  readonly files: Files;
  readonly values: readonly string[];
  readonly templates?: Readonly<Record<string, string>>;
  readonly error?: string;
}

const CASES: readonly Case[] = JSON.parse(readFileSync(new URL('helm-charts.json', import.meta.url), 'utf8'));

describe('A chart is rendered as Helm renders it', () => {
  for (const { name, files, values, templates: expected } of CASES.filter(({ error }) => error === undefined))
    it(name, () => {
      const { templates = [], said } = render(folderOf(files), values);
      assert.deepEqual(Object.fromEntries(templates.map((one) => [one.name, one.output?.text])), expected);
      assert.deepEqual(
        said.filter((message) => !message.includes('depends on')),
        [],
      );
    });
});

describe('Where Helm refuses a chart', () => {
  for (const { name, files, values } of CASES.filter(({ error }) => error !== undefined))
    it(`a note says so: ${name}`, () => {
      assert.notDeepEqual(render(folderOf(files), values).said, []);
    });

  it('the other templates are rendered', () => {
    const files = { 'Chart.yaml': 'name: app\nversion: 1.0.0', 'templates/ok.yaml': 'ok: 1' };
    for (const broken of ['{{ nope }}', '{{ if', '{{ fail "x" }}', '{{ .Values.a.b }}', '{{ include "x" . }}']) {
      const { templates } = render(folderOf({ ...files, 'templates/broken.yaml': broken }));
      assert.deepEqual(
        templates?.map(({ output }) => output?.text),
        ['ok: 1', undefined],
      );
    }
  });

  it('a value that is required is not known, and the rest of its template is', () => {
    const template = 'a: {{ required "Say which a" .Values.a }}\nb: 1';
    const { templates, said } = render(
      folderOf({ 'Chart.yaml': 'name: app\nversion: 1.0.0', 'templates/t.yaml': template }),
    );
    assert.equal(templates?.[0]?.output?.text, 'a: \uE000\nb: 1');
    assert.deepEqual(said, ['A value is required in app/templates/t.yaml: Say which a']);
  });
});

describe('Dependencies that are not in charts/', () => {
  const sub = { 'Chart.yaml': 'name: sub\nversion: 1.2.3', 'templates/s.yaml': 'v: {{ .Values.v }}' };
  const dependency = (repository: string) =>
    `name: app\nversion: 1.0.0\ndependencies: [{ name: sub, version: 1.x, repository: "${repository}" }]`;

  it('are read from the workspace', () => {
    const files = { 'Chart.yaml': dependency('file://../sub'), 'values.yaml': 'sub: { v: 1 }' };
    const { templates, said } = render(folderOf(files, { '../sub': sub }));
    assert.deepEqual(
      templates?.map(({ name, output }) => [name, output?.text]),
      [['app/charts/sub/templates/s.yaml', 'v: 1']],
    );
    assert.deepEqual(said, []);
  });

  it('are unpacked', () => {
    const files = { 'Chart.yaml': dependency('https://charts.example.com'), 'charts/sub-1.2.3.tgz': '' };
    const { templates } = render(folderOf(files, { 'charts/sub-1.2.3.tgz': sub }));
    assert.deepEqual(
      templates?.map(({ output }) => output?.text),
      ['v: '],
    );
  });

  it('are named in a note', () => {
    const { said } = render(folderOf({ 'Chart.yaml': dependency('https://charts.example.com') }));
    assert.deepEqual(said, ['The chart app depends on sub, which is not in charts/: run `helm dependency build`']);
  });
});

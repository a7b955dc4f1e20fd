import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadChart } from '../../shared-rules/assembly/helm/chart.ts';
import { environmentsOf } from '../../shared-rules/assembly/helm/environments.ts';
import { renderChart } from '../../shared-rules/assembly/helm/render.ts';
import type { Rope } from '../../shared-rules/language/go-template/rope.ts';
import { Value } from '../../shared-rules/language/yaml/value.ts';
import { type Files, folderOf, printed, render } from './helm-support.ts';

/** The pieces of an output that are from values: their text, where that is written, and whether it is all of the value. */
function origins(output: Rope | undefined): string[] {
  return (output?.pieces ?? []).flatMap(({ text, from }) => {
    const { value, isWhole } = from ?? {};
    if (!value) return [];
    const isKey = !(value instanceof Value);
    const path = isKey ? `key ${value.name}` : value.path;
    const { document } = value;
    return `${text} < ${document.file} ${path}${isWhole ? '' : ' (part)'}`;
  });
}

function originsOf(template: string, files: Files, values: readonly string[] = []): string[] {
  const all = { 'Chart.yaml': 'name: app\nversion: 1.0.0', 'templates/t.yaml': template, ...files };
  return origins(render(folderOf(all), values).templates?.at(-1)?.output);
}

describe('What is printed leads to the values it is from', () => {
  const values = {
    'values.yaml': 'a: { b: true, num: 5, s: text }\nl: [x, { k: v }]\nbig: 1000000\ntpl: "{{ .Values.a.s }}-x"',
  };

  it('through toYaml: each key and scalar', () => {
    assert.deepEqual(originsOf('{{ toYaml .Values.a | nindent 2 }}', values), [
      'b < values.yaml key b',
      'true < values.yaml a.b',
      'num < values.yaml key num',
      '5 < values.yaml a.num',
      's < values.yaml key s',
      'text < values.yaml a.s',
    ]);
    assert.deepEqual(originsOf('{{ toJson .Values.l }}', values), [
      'x < values.yaml l[0]',
      'k < values.yaml key k',
      'v < values.yaml l[1].k',
    ]);
  });

  it('through functions that keep it', () => {
    for (const call of [
      '.Values.a.s | quote',
      'default "x" .Values.a.s',
      'coalesce nil .Values.a.s',
      'ternary .Values.a.s "x" true',
      'dict "k" .Values.a.s | toYaml',
      'merge (dict) .Values.a | dig "s" "d"',
      'pick .Values.a "s" | values | first',
      'get (deepCopy .Values.a) "s"',
      'list .Values.a.s | join ","',
      '.Values.a.s | trim | toString | nindent 4',
      'printf "%s!" .Values.a.s',
      'required "x" .Values.a.s',
      'toYaml .Values.a | fromYaml | dig "s" "d"',
      'toJson .Values.a | fromJson | dig "s" "d"',
      'tpl (toYaml .Values.a.s) $',
    ])
      assert.deepEqual(
        originsOf(`{{ ${call} }}`, values).filter((one) => !one.includes('key')),
        ['text < values.yaml a.s'],
        call,
      );
  });

  it('of numbers and booleans, also when they are read again or cast', () => {
    assert.deepEqual(originsOf('{{ .Values.big }} {{ int .Values.big }}', values), [
      '1e+06 < values.yaml big',
      '1000000 < values.yaml big',
    ]);
    assert.deepEqual(originsOf('{{ (toYaml .Values.a | fromYaml).b }}', values), ['true < values.yaml a.b']);
  });

  it('of parts and other spellings', () => {
    assert.deepEqual(originsOf('{{ upper .Values.a.s }}{{ trunc 2 .Values.a.s }}', values), [
      'TEXT < values.yaml a.s (part)',
      'te < values.yaml a.s (part)',
    ]);
    assert.deepEqual(originsOf('{{ tpl .Values.tpl . }}', values), [
      'text < values.yaml a.s',
      '-x < values.yaml tpl (part)',
    ]);
  });

  it('in the file that counts', () => {
    const files = { ...values, 'prod.yaml': 'a: { num: 6 }', 'more.yaml': 'a: { num: 7, x: 1 }' };
    assert.deepEqual(
      originsOf('{{ toYaml .Values.a }}', files, ['prod.yaml', 'more.yaml']).filter((one) => !one.includes('key')),
      ['true < values.yaml a.b', '7 < more.yaml a.num', 'text < values.yaml a.s', '1 < more.yaml a.x'],
    );
  });

  it('of subcharts, globals and imported values', () => {
    const files = {
      'Chart.yaml':
        'name: app\nversion: 1.0.0\ndependencies: [{ name: sub, version: 1.x, repository: "", import-values: [{ child: e, parent: i }] }]',
      'values.yaml': 'global: { g: 1 }\nsub: { p: 2 }',
      'templates/t.yaml': '{{ .Values.i.v }}',
      'charts/sub/Chart.yaml': 'name: sub\nversion: 1.0.0',
      'charts/sub/values.yaml': 'p: 0\no: 3\ne: { v: 4 }',
      'charts/sub/templates/s.yaml': '{{ .Values.global.g }}{{ .Values.p }}{{ .Values.o }}',
    };
    const { templates = [] } = render(folderOf(files));
    assert.deepEqual(
      templates.map(({ output }) => origins(output)),
      [
        ['1 < values.yaml global.g', '2 < values.yaml sub.p', '3 < charts/sub/values.yaml o'],
        ['4 < charts/sub/values.yaml e.v'],
      ],
    );
  });
});

describe('What a template read', () => {
  const files = {
    'Chart.yaml': 'name: app\nversion: 1.0.0',
    'values.yaml': 'a: { b: 1, c: 2 }\nd: [1]\ne: { f: { g: 1 } }',
    'x.txt': 'x',
    'templates/_h.tpl': '{{ define "h" }}{{ .Values.e.f.g }}{{ end }}',
    'templates/t.yaml': '{{ .Values.a.b }}{{ .Values.nope }}{{ include "h" . }}{{ .Files.Get "x.txt" }}',
    'templates/u.yaml': '{{ toYaml .Values.e }}',
    'templates/v.yaml': '{{ $_ := set .Values "d" 1 }}',
  };
  const byName = new Map(render(folderOf(files)).templates?.map(({ name, reads }) => [name, reads]));

  it('is each value, file and template', () => {
    const reads = byName.get('app/templates/t.yaml')!;
    assert.deepEqual([...reads.values].sort(), ['a', 'a.b', 'e', 'e.f', 'e.f.g', 'nope']);
    assert.deepEqual([...reads.files], ['app/x.txt']);
    assert.deepEqual([...reads.templates].sort(), ['app/templates/_h.tpl', 'app/templates/t.yaml']);
    assert.equal(reads.changesValues, false);
  });

  it('is all of a mapping that is printed, and says when values are changed', () => {
    const { values } = byName.get('app/templates/u.yaml')!;
    assert.ok(values.has('e.*') && values.has('e.f.*') && !values.has('a'));
    assert.equal(byName.get('app/templates/v.yaml')?.changesValues, true);
  });
});

describe('A chart is told about', () => {
  const files = {
    'Chart.yaml': 'name: app\nversion: 1.0.0',
    'conf/a.txt': 'x',
    'templates/t.yaml': '{{ lookup "v1" "Secret" "a" "b" }}',
    'templates/u.yaml': '{{ .Files.Get "conf/a.txt" }}',
  };

  it('in notes that have a place', () => {
    const { notes = [] } = render(folderOf(files));
    assert.deepEqual(
      notes.map(({ kind, message, place }) => [kind, message, place?.file]),
      [
        [
          'needs-cluster',
          'app/templates/t.yaml looks up objects of the cluster: it is rendered as if there were none',
          'app/templates/t.yaml',
        ],
      ],
    );
  });

  it('by the files of the workspace', () => {
    const { templates = [], sourceOf = () => undefined } = render(folderOf(files));
    assert.equal(sourceOf('app/templates/u.yaml')?.file, 'templates/u.yaml');
    const [piece] = templates.find(({ name }) => name.endsWith('u.yaml'))?.output?.pieces ?? [];
    assert.equal(sourceOf(piece?.from?.place?.file ?? '')?.file, 'conf/a.txt');
  });

  it('for some of its templates alone', () => {
    const { chart } = loadChart(folderOf(files));
    const { templates } = renderChart(chart!, [], { isWanted: ({ name }) => name === 'app/templates/u.yaml' });
    assert.deepEqual(
      templates.map(({ name }) => name),
      ['app/templates/u.yaml'],
    );
  });
});

describe('The environments of a chart', () => {
  it('are its own values and each file that is for one', () => {
    const paths = [
      'values.yaml',
      'Chart.yaml',
      'values-prod.yaml',
      'values.dev.yml',
      'staging-values.yaml',
      'qa.values.yaml',
      'values/eu.yaml',
      'values/deep/no.yaml',
      'environments/test.yaml',
      'environments/live/a.yaml',
      'environments/live/b.yaml',
      'ci/kind-values.yaml',
      'ci/other.yaml',
      'values.schema.json',
      'templates/values-x.yaml',
      'charts/sub/values-prod.yaml',
      'myvalues.yaml',
      'values-.yaml',
    ];
    assert.deepEqual(
      environmentsOf(paths).map(({ name, files }) => `${name}: ${files.join(', ')}`),
      [
        ': ',
        'live: environments/live/a.yaml, environments/live/b.yaml',
        'test: environments/test.yaml',
        'qa: qa.values.yaml',
        'staging: staging-values.yaml',
        'prod: values-prod.yaml',
        'dev: values.dev.yml',
        'eu: values/eu.yaml',
        'ci/kind: ci/kind-values.yaml',
      ],
    );
  });
});

describe('Hostile charts end with a message', () => {
  const LOOPING = [
    '{{ range until 10000000 }}x{{ end }}',
    '{{ seq 100000000 }}',
    '{{ repeat 1000000000 "ab" }}',
    '{{ indent 100000000 "a" }}',
    '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}',
    '{{ $t := "{{ tpl .t . }}" }}{{ tpl $t (dict "t" $t) }}',
    '{{ $l := list 1 }}{{ range until 40 }}{{ $l = concat $l $l }}{{ end }}{{ len $l }}',
    '{{ $d := dict "a" 1 }}{{ range until 60 }}{{ $d = dict "a" $d "b" $d }}{{ end }}{{ toYaml $d }}',
    '{{ $d := dict "a" 1 }}{{ range until 60 }}{{ $d = dict "a" $d "b" $d }}{{ end }}{{ deepCopy $d }}',
    '{{ wrapWith 1 (repeat 10000 "y") (repeat 10000 "x") }}',
    '{{ uniq (until 100000) }}',
    '{{ range until 3000 }}{{ sha512sum (repeat 1000 "x") }}{{ end }}',
    '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ deepCopy $d }}',
  ];
  for (const template of LOOPING) it(template, () => assert.match(printed(template), /^error: /));

  it('expressions take linear time', () => {
    assert.equal(printed('{{ regexMatch "^(a|a)*$" (repeat 10000 "a") }}'), 'true');
    assert.equal(printed('{{ regexMatch "(a*)*b" (repeat 5000 "a") }}'), 'false');
  });

  it('too many subcharts, in folders and by aliases', () => {
    const aliases = (name: string, letter: string) =>
      Array.from(
        { length: 300 },
        (_, at) => `- { name: ${name}, version: 1.x, repository: "", alias: ${letter}${at} }`,
      );
    const files = {
      'Chart.yaml': `name: app\nversion: 1.0.0\ndependencies:\n${aliases('s', 'a').join('\n')}`,
      'charts/s/Chart.yaml': `name: s\nversion: 1.0.0\ndependencies:\n${aliases('t', 'b').join('\n')}`,
      'charts/s/charts/t/Chart.yaml': 'name: t\nversion: 1.0.0',
    };
    assert.deepEqual(render(folderOf(files)).said, ['too many subcharts']);
    const deep: Record<string, string> = { 'Chart.yaml': 'name: app\nversion: 1.0.0' };
    for (let depth = 1; depth < 60; depth++) deep[`${'charts/d/'.repeat(depth)}Chart.yaml`] = 'name: d\nversion: 1.0.0';
    assert.match(render(folderOf(deep)).said[0] ?? '', /too many subcharts$/);
  });

  it('values that aliases make large', () => {
    const lines = Array.from(
      { length: 30 },
      (_, at) => `b${at}: &b${at} [${Array(10).fill(at ? `*b${at - 1}` : '1')}]`,
    );
    const files = { 'Chart.yaml': 'name: app\nversion: 1.0.0', 'values.yaml': lines.join('\n') };
    assert.equal(loadChart(folderOf(files)).chart, undefined);
  });
});

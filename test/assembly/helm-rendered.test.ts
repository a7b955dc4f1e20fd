import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Rendered, readRendered } from '../../shared-rules/assembly/helm/rendered.ts';
import { dict } from '../../shared-rules/language/go-template/data.ts';
import type { Place } from '../../shared-rules/language/place.ts';
import { applyEdits } from '../../shared-rules/language/text.ts';
import { put, remove, replace, type YamlChange } from '../../shared-rules/language/yaml/change.ts';
import { YamlDocument } from '../../shared-rules/language/yaml/document.ts';
import { editsFor } from '../../shared-rules/language/yaml/edit.ts';
import { scalarScript, scalarText } from '../../shared-rules/language/yaml/scalar-text.ts';
import { settle } from '../../shared-rules/language/yaml/settle.ts';
import type { Field, Value } from '../../shared-rules/language/yaml/value.ts';
import { dataIn, render } from '../language/go-template/chart.ts';

const VALUES = `hostNetwork: true
name: web
image: { repo: nginx, tag: "1.2" }
port: 8080
replicas: 1000000
security:
  privileged: true
  capabilities:
    add: [SYS_ADMIN, NET_ADMIN]
nothing: {}
volumes:
  - name: root
    hostPath: { path: / }
env: { A: 1, B: two }
snippet: "x: {{ .port }}y # z"
script: |
  echo a
  echo b
`;

const HELPERS = `{{ define "name" }}{{ .name }}-suffix{{ end }}
{{- define "pod" }}
hostPID: true
hostIPC: {{ .hostNetwork }}
{{- end }}
`;

const TEMPLATE = `kind: Deployment
metadata:
  name: {{ include "name" . }}
  labels: { app: {{ .name | quote }} }
spec:
  hostNetwork: {{ .hostNetwork }}
  shareProcessNamespace: true
  replicas: {{ .replicas }}
  image: "{{ .image.repo }}:{{ .image.tag }}"
  upper: {{ upper .name }}
  command: run --name {{ .name }}
  securityContext:
    {{- toYaml .security | nindent 4 }}
  nothing: {{ toYaml .nothing }}
  volumes: {{- toYaml .volumes | nindent 2 }}
  pod:
    {{- include "pod" . | nindent 4 }}
  env:
  {{- range $name, $value := .env }}
  - name: {{ $name }}
    value: {{ $value | quote }}
  {{- end }}
  random: {{ random }}
  snippet: { {{ tpl .snippet . }}
  }
  script: |
    {{- .script | nindent 4 }}
---
kind: Second
`;

const TEXTS: Readonly<Record<string, string>> = {
  'values.yaml': VALUES,
  'helpers.tpl': HELPERS,
  'deployment.yaml': TEMPLATE,
};

/** @param linted the file that is linted, which places do not name */
function read(linted: string, template = TEMPLATE): Rendered {
  const [values] = YamlDocument.parse(
    VALUES,
    { start: 0, end: VALUES.length },
    { file: linted === 'values.yaml' ? undefined : 'values.yaml' },
  );
  const files = { 'helpers.tpl': HELPERS, 'deployment.yaml': template };
  const output = render(files, 'deployment.yaml', dataIn(values!.root!));
  return readRendered(output, (file) => (file === linted ? undefined : file));
}

const all = read('');
const spec = rootOf(all).at('spec')!;

function rootOf({ documents }: Rendered): Value {
  return documents[0]!.root!;
}

/** The file of a place and what is written there. */
function written({ file, range }: Pick<Place, 'file' | 'range'>): string {
  return `${file}: ${TEXTS[file ?? '']?.slice(range.start, range.end)}`;
}

function usedAt(entry: Value | Field): string[] {
  return all.text.usedAt(entry).map(written);
}

test('the documents of a template are read one by one', () => {
  assert.deepEqual(
    all.documents.map(({ root, problems }) => [root?.get('kind')?.text, problems.length]),
    [
      ['Deployment', 0],
      ['Second', 0],
    ],
  );
});

test('literal text is in its template', () => {
  const kind = rootOf(all).field('kind')!;
  assert.equal(written(kind), 'deployment.yaml: kind');
  assert.equal(written(kind.value), 'deployment.yaml: Deployment');
  assert.equal(written(spec.field('shareProcessNamespace')!.value), 'deployment.yaml: true');
  assert.equal(written(spec.at('pod', 'hostPID')!), 'helpers.tpl: true');
  assert.equal(written(spec.at('pod')!.field('hostPID')!), 'helpers.tpl: hostPID');
  assert.deepEqual(usedAt(spec.at('pod', 'hostPID')!), ['helpers.tpl: true', 'deployment.yaml: include "pod" .']);
});

test('a printed value is in the values file, and used where it is printed', () => {
  const value = spec.get('hostNetwork')!;
  assert.equal(value.boolean, true);
  assert.equal(written(value), 'values.yaml: true');
  assert.equal(written(spec.field('hostNetwork')!), 'deployment.yaml: hostNetwork');
  assert.equal(value.path, 'spec.hostNetwork');
  assert.deepEqual(usedAt(value), ['deployment.yaml: {{ .hostNetwork }}']);
  assert.equal(written(rootOf(all).at('metadata', 'labels', 'app')!), 'values.yaml: web');
  assert.deepEqual(usedAt(spec.at('pod', 'hostIPC')!), [
    'helpers.tpl: {{ .hostNetwork }}',
    'deployment.yaml: include "pod" .',
  ]);
});

test('a number that Go spells in another way is still that value', () => {
  assert.equal(spec.get('replicas')!.text, '1e+06');
  assert.equal(written(spec.get('replicas')!), 'values.yaml: 1000000');
});

test('a text that is put together is in the template, and its parts where they are from', () => {
  const image = spec.get('image')!;
  assert.equal(image.text, 'nginx:1.2');
  assert.equal(written(image), 'deployment.yaml: "{{ .image.repo }}:{{ .image.tag }}"');
  assert.equal(written(image.placeOf('nginx')), 'values.yaml: nginx');
  assert.equal(written({ file: image.file, range: image.rangeOf('nginx') }), written(image));
  const name = rootOf(all).at('metadata', 'name')!;
  assert.equal(written(name), 'helpers.tpl: {{ .name }}-suffix');
  assert.deepEqual(usedAt(name), ['helpers.tpl: {{ .name }}-suffix', 'deployment.yaml: include "name" .']);
});

test('a text that a function changed is at its value, without being it', () => {
  assert.equal(spec.get('upper')!.text, 'WEB');
  assert.equal(written(spec.get('upper')!), 'values.yaml: web');
  assert.equal(spec.get('upper')!.origin, undefined);
});

test('mappings and lists of toYaml are those of the values file', () => {
  const context = spec.get('securityContext')!;
  assert.equal(written(context.field('privileged')!), 'values.yaml: privileged');
  assert.equal(written(context.get('privileged')!), 'values.yaml: true');
  assert.equal(written(context.at('capabilities', 'add')!), 'values.yaml: [SYS_ADMIN, NET_ADMIN]');
  assert.deepEqual(context.at('capabilities', 'add')!.items().map(written), [
    'values.yaml: SYS_ADMIN',
    'values.yaml: NET_ADMIN',
  ]);
  assert.equal(context.origin?.path, 'security');
  assert.equal(spec.get('nothing')!.origin?.path, 'nothing');
  assert.equal(spec.get('volumes')!.items()[0]!.origin?.path, 'volumes[0]');
  assert.deepEqual(usedAt(context.field('privileged')!), ['deployment.yaml: {{- toYaml .security | nindent 4 }}']);
});

test('what a loop prints is in the template, and keys of the map in the values file', () => {
  const [a, b] = spec.get('env')!.items();
  assert.equal(written(a!.field('name')!), 'deployment.yaml: name');
  assert.equal(written(a!.get('name')!), 'values.yaml: A');
  assert.equal(written(b!.get('value')!), 'values.yaml: two');
});

test('a text for tpl is in the values file that has it', () => {
  assert.equal(written(spec.get('snippet')!.field('x')!), 'values.yaml: x');
  assert.equal(spec.at('snippet', 'x')!.text, '8080y');
  assert.equal(written(spec.at('snippet', 'x')!.placeOf('y')), 'values.yaml: y');
});

test('what is not known is unknown at its action', () => {
  assert.ok(spec.field('random')!.value.isUnknown);
  assert.equal(written(spec.field('random')!.value), 'deployment.yaml: {{ random }}');
});

test('a script that is put together is in the template as a whole', () => {
  const command = spec.get('command')!;
  const script = scalarScript(command)!;
  assert.equal(script.text, 'run --name web');
  assert.equal(written({ file: command.file, range: script.inFile({ start: 4, end: 10 }) }), written(command));
  assert.equal(written(command), 'deployment.yaml: run --name {{ .name }}');
  assert.equal(scalarText(command), undefined);
});

test('a script in a value is at that value', () => {
  const script = spec.get('script')!;
  assert.equal(script.text?.trim(), 'echo a\necho b');
  assert.equal(script.file, 'values.yaml');
  assert.match(scalarScript(script)!.text, /echo a\s+echo b/);
});

/** The linted file after changes; undefined where they cannot be made in it. */
function changed(linted: string, change: (root: Value) => YamlChange): string | undefined {
  const settled = settle([change(rootOf(read(linted)))]);
  if (!settled || settled.document.file !== undefined) return undefined;
  const edits = editsFor(settled.document.text, settled);
  const own = edits && settled.document.editsInFile(edits, TEXTS[linted]!);
  return own && applyEdits(TEXTS[linted]!, own);
}

test('a value is replaced in its values file, and only there', () => {
  const change = (root: Value) => replace(root.at('spec', 'hostNetwork')!, 'false');
  assert.equal(changed('values.yaml', change), VALUES.replace('hostNetwork: true', 'hostNetwork: false'));
  assert.equal(changed('deployment.yaml', change), undefined);
});

test('entries of a printed collection are changed in the values file', () => {
  const context = (root: Value) => root.at('spec', 'securityContext')!;
  assert.equal(
    changed('values.yaml', (root) => remove(context(root).field('privileged')!)),
    VALUES.replace('  privileged: true\n', ''),
  );
  assert.equal(
    changed('values.yaml', (root) => remove(context(root).at('capabilities', 'add')!.items()[0]!)),
    VALUES.replace('SYS_ADMIN, ', ''),
  );
  assert.equal(
    changed('values.yaml', (root) => put(context(root), ['runAsNonRoot'], true)),
    VALUES.replace('NET_ADMIN]\n', 'NET_ADMIN]\n  runAsNonRoot: true\n'),
  );
});

test('literal lines are changed in their template', () => {
  const remove1 = (root: Value) => remove(root.get('spec')!.field('shareProcessNamespace')!);
  assert.equal(changed('deployment.yaml', remove1), TEMPLATE.replace('  shareProcessNamespace: true\n', ''));
  assert.equal(
    changed('deployment.yaml', (root) => replace(root.at('spec', 'shareProcessNamespace')!, 'false')),
    TEMPLATE.replace('shareProcessNamespace: true', 'shareProcessNamespace: false'),
  );
  assert.equal(changed('helpers.tpl', remove1), undefined);
});

test('lines that are indented by a function keep the indentation of their template', () => {
  const pod = (root: Value) => root.at('spec', 'pod')!;
  assert.equal(
    changed('helpers.tpl', (root) => replace(pod(root).get('hostPID')!, 'false')),
    HELPERS.replace('hostPID: true', 'hostPID: false'),
  );
  assert.equal(
    changed('helpers.tpl', (root) => remove(pod(root).field('hostPID')!)),
    HELPERS.replace('hostPID: true\n', ''),
  );
});

test('a line that an action prints a part of is not removed', () => {
  assert.equal(
    changed('deployment.yaml', (root) => remove(root.get('spec')!.field('hostNetwork')!)),
    undefined,
  );
});

test('output that is no YAML has a problem, and an empty one no documents', () => {
  const broken = readRendered(render({ a: 'a: [\n' }, 'a', dict()), (file) => file);
  assert.equal(broken.documents[0]!.problems.length > 0, true);
  const empty = readRendered(render({ a: '{{- /* nothing */ -}}\n' }, 'a', dict()), (file) => file);
  assert.equal(empty.documents[0]?.root, undefined);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  applyEdits,
  DEFAULT_SETTINGS,
  fixText,
  type Linted,
  lint,
  preferredFix,
  provenFixes,
} from '../../shared-rules/index.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;

function lintText(text: string, path = 'a.yaml'): Linted {
  return { path, settings, result: lint(path, text, settings) };
}

/** The rules of what is found, with the line and the subject of each. */
function found(text: string, path?: string): string[] {
  return lintText(text, path).result.findings.map(({ rule, range, subject }) => {
    const line = text.slice(0, range.start).split('\n').length;
    return `${rule} ${line} ${subject.kind} ${subject.name}`.trimEnd();
  });
}

describe('what a template defines', () => {
  const define = (body: string) => `{{- define "c.x" -}}\n${body}{{- end }}\n`;
  const cases: [string, string, string[]][] = [
    ['a pod spec', 'hostPID: true\ncontainers:\n- { name: c, image: x }\n', ['host-pid 2']],
    ['a pod spec with its key', 'spec:\n  hostPID: true\n  containers: [{ name: c, image: x }]\n', ['host-pid 3']],
    [
      'a pod template',
      'metadata: { labels: { a: b } }\nspec:\n  hostPID: true\n  containers: [{ name: c, image: x }]\n',
      ['host-pid 4'],
    ],
    ['a list of containers', '- name: c\n  image: x\n  securityContext: { privileged: true }\n', ['privileged 4']],
    ['a container', 'name: c\nimage: x\nsecurityContext: { privileged: true }\n', ['privileged 4']],
    ['a list of volumes', '- name: s\n  hostPath: { path: /run/docker.sock }\n', ['runtime-socket 3']],
    ['a security context with its key', 'securityContext:\n  privileged: true\n', ['privileged 3']],
    ['a security context', 'privileged: true\n', ['privileged 2']],
    ['what is no part of a pod', 'app: { image: x }\nprivileged: yes please\n', []],
  ];
  for (const [name, body, expected] of cases)
    it(`is read: ${name}`, () => assert.deepEqual(found(define(body)), expected));

  it('belongs to no object of another definition, in either order', () => {
    const pod = '{{ define "a" }}\nhostPID: true\ncontainers: [{ name: c, image: x }]\n{{ end }}\n';
    const service = '{{ define "b" }}\napiVersion: v1\nkind: Service\nmetadata: { name: s }\n{{ end }}\n';
    assert.deepEqual(found(pod + service, 'templates/_x.tpl'), ['host-pid 2']);
    assert.deepEqual(found(service + pod, 'templates/_x.tpl'), ['host-pid 7']);
  });
});

describe('blocks of one line', () => {
  const set = (line: string) =>
    `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: m }\nspec:\n  template:\n    spec:\n${line}\n      containers: [{ name: c }]\n`;
  const namespaces = (line: string) => found(set(line)).map((one) => one.split(' ')[0]);
  const cases: [string, string[]][] = [
    ['      {{ if .a }}hostPID: true{{ end }}', ['host-pid']],
    ['      {{- if .a -}} hostPID: true {{- end }}', ['host-pid']],
    ['      {{ if .a }}hostPID: true{{ else }}hostIPC: true{{ end }}', ['host-pid', 'host-ipc']],
    ['      {{ if .a }}hostPID: true{{ end }}{{ if .b }}hostIPC: true{{ end }}', ['host-pid', 'host-ipc']],
    ['      hostPID: {{ if .a }}false{{ else }}true{{ end }}', ['host-pid']],
    ['      hostPID: {{ with .a }}{{ . }}{{ end }}', []],
    ['      hostPID: t{{ if .a }}rue{{ end }}', []],
  ];
  for (const [line, expected] of cases)
    it(`are read: ${line.trim()}`, () => assert.deepEqual(namespaces(line), expected));

  it('stay valid when they are repaired', () => {
    const { text } = fixText(lintText(set(cases[0]![0])), ({ rule }) => rule === 'host-pid');
    assert.ok(text === set('      {{ if .a }}hostPID: false{{ end }}') || text === set(cases[0]![0]), text);
  });
});

it('a branch that is indented wrongly hides nothing of the container around it', () => {
  const text =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers:\n    - name: c\n      args:\n        - a\n{{- if .x }}\n      - b\n{{- end }}\n      securityContext:\n        privileged: true\n';
  assert.deepEqual(
    found(text).filter((one) => one.startsWith('privileged')),
    ['privileged 13 Pod p'],
  );
});

describe('a strategic merge patch', () => {
  const head = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n';
  const spec = (text: string) => `${head}spec:\n  template:\n    spec:\n${text}`;
  const deleted: [string, string][] = [
    [
      'a volume',
      spec('      volumes:\n      - $patch: delete\n        name: s\n        hostPath: { path: /run/docker.sock }\n'),
    ],
    [
      'a container',
      spec(
        '      containers:\n      - name: d\n        securityContext: { privileged: true }\n        $patch: delete\n',
      ),
    ],
    [
      'a mapping',
      spec('      containers:\n      - name: d\n        securityContext: { $patch: delete, privileged: true }\n'),
    ],
    ['a template', `${head}spec:\n  template: { $patch: delete, spec: { hostPID: true } }\n`],
    ['an object', `$patch: delete\n${spec('      hostPID: true\n')}`],
  ];
  for (const [name, text] of deleted)
    it(`is not judged and not edited in what it deletes: ${name}`, () => {
      assert.deepEqual(found(text), []);
      assert.equal(fixText(lintText(text), preferredFix).text, text);
    });
  it('is judged in what it replaces', () =>
    assert.deepEqual(
      found(
        spec(
          '      containers:\n      - $patch: replace\n      - name: d\n        securityContext: { privileged: true }\n',
        ),
      ),
      ['privileged 10 Deployment web'],
    ));
});

describe('JSON 6902 operations', () => {
  const add = (path: string, value: string) => found(`- op: add\n  path: ${path}\n  value: ${value}\n`);
  const cases: [string, string, string[]][] = [
    ['/spec/template/spec/hostPID', 'true', ['host-pid 3']],
    ['/spec/hostPID', 'true', ['host-pid 3']],
    ['/spec/template/spec/containers/0/securityContext', '{ privileged: true }', ['privileged 3']],
    ['/spec/template/spec/containers/-', '{ name: d, securityContext: { privileged: true } }', ['privileged 3']],
    ['/spec/template/spec/volumes/-', '{ name: s, hostPath: { path: /run/docker.sock } }', ['runtime-socket 3']],
    ['/spec', '{ template: { spec: { hostPID: true } } }', ['host-pid 3']],
    ['/metadata/annotations/example.com~1hostPID', 'true', []],
  ];
  for (const [path, value, expected] of cases)
    it(`are read at ${path}`, () => assert.deepEqual(add(path, value), expected));
  for (const op of ['test', 'remove', 'move', 'copy'])
    it(`say nothing where they are ${op}`, () =>
      assert.deepEqual(found(`- op: ${op}\n  path: /spec/template/spec/hostPID\n  value: true\n`), []));
});

describe('JSON 6902 operations in their order', () => {
  const SPEC = '/spec/template/spec';
  const add = (path: string, value: string) => `- { op: add, path: ${SPEC}${path}, value: ${value} }\n`;
  const replace = (path: string, value: string) => `- { op: replace, path: ${SPEC}${path}, value: ${value} }\n`;
  const remove = (path: string) => `- { op: remove, path: ${SPEC}${path} }\n`;
  const move = (from: string, path: string) => `- { op: move, from: ${SPEC}${from}, path: ${SPEC}${path} }\n`;
  const context = '/containers/0/securityContext';
  const socket = '{ name: s, hostPath: { path: /run/docker.sock } }';
  const cases: [string, string, string[]][] = [
    ['what is removed', add('/hostPID', 'true') + remove('/hostPID'), []],
    ['what is removed from above', add('/hostPID', 'true') + remove(''), []],
    ['what is removed before', remove('/hostPID') + add('/hostPID', 'true'), ['host-pid 2']],
    ['what is replaced', add('/hostPID', 'true') + replace('/hostPID', 'false'), []],
    ['what replaces', add('/hostPID', 'false') + add('/hostPID', 'true'), ['host-pid 2']],
    ['what goes elsewhere', add('/hostPID', 'true') + move('/hostPID', '/hostIPC'), ['host-ipc 1']],
    ['what comes from the object', add('/hostPID', 'true') + move('/hostIPC', '/hostPID'), []],
    [
      'a field inside what is added',
      add(context, '{ privileged: true }') + replace(`${context}/privileged`, 'false'),
      [],
    ],
    [
      'the field beside it',
      add(context, '{ privileged: true, runAsUser: 1 }') + remove(`${context}/runAsUser`),
      ['privileged 1'],
    ],
    ['an item of a list that is added', add('/volumes', `[${socket}]`) + remove('/volumes/0'), []],
    [
      'the item that takes its place',
      add('/volumes', '[{ name: s }]') + replace('/volumes/0', socket),
      ['runtime-socket 2'],
    ],
    ['the item beside it', add('/volumes', `[${socket}, { name: t }]`) + remove('/volumes/1'), ['runtime-socket 1']],
    ['items at the end', add('/volumes/-', socket) + add('/volumes/-', '{ name: t }'), ['runtime-socket 1']],
  ];
  for (const [name, text, expected] of cases) it(`judge ${name}`, () => assert.deepEqual(found(text), expected));
});

describe('a patch inside a document', () => {
  const operations = (indent: string) =>
    `${indent}- op: add\n${indent}  path: /spec/template/spec/hostPID\n${indent}  value: true\n`;
  const merge = (indent: string) =>
    `${indent}apiVersion: apps/v1\n${indent}kind: Deployment\n${indent}metadata: { name: web }\n${indent}spec: { template: { spec: { hostPID: true } } }\n`;
  const target = '{ kind: Deployment, name: web }';
  const cases: [string, string][] = [
    ['patches', `patches:\n- target: ${target}\n  patch: |-\n${operations('    ')}`],
    ['patches without a target', `patches:\n- patch: |-\n${merge('    ')}`],
    ['patchesStrategicMerge', `patchesStrategicMerge:\n- |-\n${merge('  ')}`],
    ['patchesJson6902', `patchesJson6902:\n- target: ${target}\n  patch: |-\n${operations('    ')}`],
    [
      'a Kustomization of Flux',
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: k }\nspec:\n  patches:\n  - target: ${target}\n    patch: |\n${operations('      ')}`,
    ],
    [
      'a HelmRelease',
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: k }\nspec:\n  postRenderers:\n  - kustomize:\n      patches:\n      - target: ${target}\n        patch: |\n${operations('          ')}`,
    ],
    [
      'an Application of Argo CD',
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: k }\nspec:\n  source:\n    kustomize:\n      patches:\n      - target: ${target}\n        patch: |\n${operations('          ')}`,
    ],
    [
      'a quoted scalar',
      `patches:\n- target: ${target}\n  patch: '[{"op": "add", "path": "/spec/template/spec/hostPID", "value": true}]'\n`,
    ],
    [
      'escapes',
      `patches:\n- target: ${target}\n  patch: "[{\\"op\\": \\"add\\", \\"path\\": \\"/spec/template/spec/hostPID\\", \\"value\\": true}]"\n`,
    ],
  ];
  for (const [name, text] of cases)
    it(`is read at its place: ${name}`, () => {
      const [finding] = lintText(text, 'kustomization.yaml').result.findings;
      assert.equal(finding?.rule, 'host-pid');
      assert.equal(text.slice(finding.range.start, finding.range.end), 'true');
      assert.equal(`${finding.subject.kind} ${finding.subject.name}`, 'Deployment web');
    });
  it('is repaired inside a literal block, and nowhere else', () => {
    const text = `patches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: { name: web }\n    spec:\n      template:\n        spec:\n          hostPID: true\n          hostNetwork: false\n`;
    const linted = lintText(text, 'kustomization.yaml');
    const [fix] = provenFixes(linted, linted.result.findings[0]!);
    assert.equal(applyEdits(text, fix?.edits ?? []), text.replace('          hostPID: true\n', ''));
    const quoted = cases.at(-1)![1];
    assert.equal(fixText(lintText(quoted, 'kustomization.yaml'), preferredFix).text, quoted);
  });
});

/** Charts: what a template prints of a values file is found in the values file, and the other way round. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Files } from './files.ts';

const CHART = 'apiVersion: v2\nname: app\nversion: 1.0.0\nappVersion: "2"\n';
const HELPERS =
  '{{- define "app.name" -}}\n{{ default .Release.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}\n{{- end }}\n{{- define "app.labels" }}\napp: {{ include "app.name" . }}\n{{- with .Values.labels }}\n{{ toYaml . }}\n{{- end }}\n{{- end }}\n{{- define "app.host" }}\nhostNetwork: {{ .Values.hostNetwork }}\n{{- end }}\n';

/** Ways in which the files of a chart come together, one of each. */
const WAYS: readonly Files[] = [
  {
    'app/Chart.yaml': CHART,
    'app/values.yaml':
      'hostNetwork: true\ndebug: false\nimage: { repository: example.com/agent, tag: "" }\nports: [80]\n# of the container\nsecurityContext:\n  privileged: true\n  capabilities:\n    add: [SYS_ADMIN]\n',
    'app/values-prod.yaml': 'hostNetwork: false\ndebug: true\nsecurityContext: { privileged: null }\n',
    'app/templates/_helpers.tpl': HELPERS,
    'app/templates/agent.yaml':
      'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: {{ include "app.name" . }}\n  labels: {{- include "app.labels" . | nindent 4 }}\nspec:\n  template:\n    spec:\n      {{- include "app.host" . | nindent 6 }}\n      {{- if .Values.debug }}\n      hostPID: true\n      {{- end }}\n      containers:\n        - name: agent\n          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"\n          {{- with .Values.securityContext }}\n          securityContext: {{- toYaml . | nindent 12 }}\n          {{- end }}\n          ports:\n            {{- range $port := .Values.ports }}\n            - containerPort: {{ $port }}\n              hostPort: {{ $port }}\n            {{- end }}\n',
  },
  {
    'Chart.yaml':
      'apiVersion: v2\nname: top\nversion: 1.0.0\ndependencies:\n  - name: db\n    version: 1.x.x\n    condition: db.enabled\n  - { name: db, version: 1.x.x, alias: cache, tags: [fast] }\n',
    'values.yaml':
      'global: &global\n  hostPID: true\ntags: { fast: true }\ndb:\n  enabled: true\n  host: { ipc: true }\ncache: { host: *global }\n',
    'environments/prod/values.yaml': 'db: { enabled: false }\n',
    'environments/prod/more.yaml': 'global: { hostPID: false }\n',
    'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.2.3\n',
    'charts/db/values.yaml':
      'host: { ipc: false, network: true }\nextra:\n  - hostPath: { path: /var/run/docker.sock }\n    name: sock\n',
    'charts/db/templates/pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: {{ .Chart.Name }} }\nspec:\n  hostIPC: {{ .Values.host.ipc | default false }}\n  hostNetwork: {{ dig "network" false .Values.host }}\n  {{- if hasKey .Values.global "hostPID" }}\n  hostPID: {{ .Values.global.hostPID }}\n  {{- end }}\n  containers: [{ name: a, image: a }]\n  volumes: {{ toJson .Values.extra }}\n',
  },
  {
    'chart/Chart.yaml': CHART,
    'chart/.helmignore': '# tests\n*.bak\ntemplates/skipped*\n',
    'chart/ci/test-values.yaml': 'pod: |\n  hostNetwork: true\n',
    'chart/values.yaml':
      'pod: |\n  hostPID: {{ .Values.on }}\n  containers: []\non: true\nworkers:\n  a: { privileged: true }\n  b:\n    image: vllm/vllm-openai\n    gpu: 1\n',
    'chart/values.schema.json': '{ "type": "object", "properties": { "on": { "type": "boolean" } } }\n',
    'chart/files/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: file }\nspec: { hostIPC: true }\n',
    'chart/templates/all.yaml':
      '{{- $root := . -}}\n{{- range $name, $worker := .Values.workers }}\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ printf "%s-%s" $root.Release.Name $name | quote }}\nspec:\n  {{- tpl $root.Values.pod $root | nindent 2 }}\n  initContainers:\n    - name: {{ $name }}\n      image: {{ $worker.image | default "none" }}\n      securityContext: {{ omit $worker "image" "gpu" | toJson }}\n{{- end }}\n---\n{{ .Files.Get "files/pod.yaml" }}\n',
    'chart/templates/skipped.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: skipped }\nspec: { hostPID: true }\n',
    'chart/templates/NOTES.txt': 'docker run --net=host {{ .Values.workers.b.image }}\n',
  },
];

interface Case {
  readonly name: string;
  readonly files: Files;
}

/** The charts that rendering is compared with Helm by, with an object in the place of what they print. */
function casesOfAssembly(): Files[] {
  const cases = JSON.parse(readFileSync(new URL('../assembly/helm-charts.json', import.meta.url), 'utf8')) as Case[];
  return cases.map(({ files }) => files);
}

/** What an entry of a pod's specification is printed as, and what values files say for it. */
const PRINTED: readonly (readonly [template: string, ...values: readonly string[]])[] = [
  ['hostNetwork: {{ .Values.net }}', 'net: true', 'net: false', 'net: "true"', 'net: null'],
  ['hostPID: {{ .Values.host.pid | default false }}', 'host: { pid: true }', 'host:\n  pid: true # why', 'host: {}'],
  [
    '{{- if and .Values.net .Values.ipc }}\n  hostIPC: true\n  {{- else }}\n  hostIPC: {{ not .Values.ipc }}\n  {{- end }}',
    'ipc: true',
    'ipc: 0',
  ],
  [
    '{{- with .Values.all }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}',
    'all:\n  hostUsers: true\n  shareProcessNamespace: true',
    'all: ~',
  ],
  [
    'volumes: {{ .Values.volumes | toYaml | nindent 4 }}',
    'volumes:\n  - name: a\n    hostPath: { path: / }',
    'volumes: []',
  ],
  [
    '{{- range $i, $v := .Values.list }}\n  k{{ $i }}: {{ $v | quote }}\n  {{- end }}',
    'list: [a, b]',
    'list: { a: b }',
  ],
  ['{{ tpl (.Values.text | default "") $ }}', 'text: "hostPID: {{ .Values.net }}"'],
  ['{{ include "spec" (dict "net" .Values.net "root" $) | trim }}', 'x: 1'],
];

const pod = fc
  .subarray([...PRINTED.keys()], { minLength: 1 })
  .map((chosen) => chosen.map((index) => `  ${PRINTED[index]![0]}\n`).join(''))
  .map((lines) => `apiVersion: v1\nkind: Pod\nmetadata: { name: "{{ .Release.Name }}" }\nspec:\n${lines}`);
const values = fc
  .tuple(...PRINTED.map(([, ...said]) => fc.option(fc.constantFrom(...said))))
  .map((lines) => lines.map((line) => (line === null ? '' : `${line}\n`)).join(''));
const chart = fc
  .tuple(pod, pod, values, values, values, fc.boolean())
  .map(([a, b, own, prod, other, isBelow]): Files => {
    const folder = isBelow ? 'charts/sub/' : '';
    return {
      ...(isBelow && { 'Chart.yaml': CHART, 'values.yaml': `sub:\n${other.replaceAll(/^(?=.)/gm, '  ')}` }),
      [`${folder}Chart.yaml`]: CHART.replace('app', isBelow ? 'sub' : 'app'),
      [`${folder}values.yaml`]: own,
      'values-prod.yaml': prod,
      [`${folder}templates/_spec.tpl`]:
        '{{- define "spec" }}\nterminationGracePeriodSeconds: {{ .root.Values.list | len }}\n{{- if .net }}\nhostIPC: true\n{{- end }}\n{{- end }}\n',
      [`${folder}templates/a.yaml`]: a,
      [`${folder}templates/b.yaml`]: b,
    };
  });

export function chartSeeds(seed: number): Files[] {
  const often = WAYS.flatMap((way) => Array<Files>(20).fill(way));
  return [...often, ...casesOfAssembly(), ...fc.sample(chart, { seed, numRuns: 60 })];
}

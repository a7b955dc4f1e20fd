import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DeployedFiles } from './deployed-files.ts';

const AGENT = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: {{ .Release.Name }}-agent
  namespace: {{ .Release.Namespace }}
spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      hostNetwork: {{ .Values.network.host }}
      {{- if .Values.debug }}
      hostPID: true
      {{- end }}
      containers:
        - name: agent
          image: example.com/agent:1.0
          securityContext: {{- toYaml .Values.agent.securityContext | nindent 12 }}
`;
const VALUES = `network:
  host: false
debug: false
agent:
  securityContext:
    allowPrivilegeEscalation: false
`;
const TEMPLATE = 'charts/agent/templates/agent.yaml';
const CHART = {
  'charts/agent/Chart.yaml': 'apiVersion: v2\nname: agent\nversion: 1.0.0\n',
  'charts/agent/values.yaml': VALUES,
  [TEMPLATE]: AGENT,
};

/** The files, and where in them something is found. */
function deployed(files: Readonly<Record<string, string>>, chart: Readonly<Record<string, string>> = CHART) {
  const all = { ...chart, ...files };
  const workspace = new DeployedFiles(all);
  const found = Object.fromEntries(
    Object.keys(all).flatMap((file) => {
      const here = workspace.found(file);
      return here.length > 0 ? [[file, here]] : [];
    }),
  );
  const notes = (file: string) => workspace.lint(file).result.unassembled.map(({ message }) => message);
  return { workspace, found, notes };
}

function indented(text: string, spaces: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(spaces));
}

/** Documents as the items of a list. */
function listItems(documents: string): string {
  return documents
    .replace(/^---$/gm, '')
    .replace(/^(?=.)/gm, '    ')
    .replace(/^ {4}(?=apiVersion)/gm, '  - ');
}

const HOST = 'network:\n  host: true\n';

function fluxRelease(spec: string, source = 'GitRepository', chart = './charts/agent'): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: web
  namespace: apps
spec:
  chart:
    spec:
      chart: ${chart}
      sourceRef: { kind: ${source}, name: own }
${indented(spec, 2)}`;
}

function application(helm: string, path = 'charts/agent'): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web }
spec:
  destination: { namespace: apps }
  source:
    repoURL: https://example.com/own.git
    path: ${path}
    helm:
${indented(helm, 6)}`;
}

describe('a HelmRelease of Flux', () => {
  const file = fluxRelease(`values:\n${indented(HOST, 2)}`);

  it('is judged with its chart, at its values', () => {
    const { workspace, found } = deployed({ 'apps/web.yaml': file });
    assert.deepEqual(found, { 'apps/web.yaml': ['host-network true'] });
    const { finding } = workspace.finding('apps/web.yaml', 'host-network');
    assert.deepEqual(finding.subject.kind, 'DaemonSet');
    assert.deepEqual([finding.subject.name, finding.subject.namespace], ['web-agent', 'apps']);
    assert.doesNotMatch(finding.message, /Only/);
    assert.deepEqual(workspace.related('apps/web.yaml', 'host-network'), [
      [TEMPLATE, '{{ .Values.network.host }}', 'Used here by DaemonSet web-agent'],
    ]);
  });

  it('is repaired in its values', () => {
    const { workspace } = deployed({ 'apps/web.yaml': file });
    const fixed = workspace.fixed('apps/web.yaml', 'host-network').map(([, text]) => text);
    assert.deepEqual(fixed, [file.replace('host: true', 'host: false')]);
  });

  it('brings what its values switch on in a template, and is named there', () => {
    const { workspace, found } = deployed({ 'apps/web.yaml': fluxRelease('values:\n  debug: true\n') });
    assert.deepEqual(found, { [TEMPLATE]: ['host-pid true'] });
    const { finding } = workspace.finding(TEMPLATE, 'host-pid');
    assert.match(finding.message, / Only with HelmRelease web in apps\/web\.yaml\.$/);
  });

  it('takes back what the chart has', () => {
    const chart = { ...CHART, 'charts/agent/values.yaml': VALUES.replace('host: false', 'host: true') };
    const { workspace } = deployed({ 'apps/web.yaml': fluxRelease('values:\n  network:\n    host: false\n') }, chart);
    const { finding } = workspace.finding('charts/agent/values.yaml', 'host-network');
    assert.match(finding.message, / Only with the default values\.$/);
  });

  it('is one of two that are called the same', () => {
    const helpers = '{{- define "agent.pid" }}\n{{- if .Values.debug }}\nhostPID: true\n{{- end }}\n{{- end }}\n';
    const chart = {
      ...CHART,
      'charts/agent/templates/_pid.tpl': helpers,
      [TEMPLATE]: AGENT.replace(
        '      containers:',
        '      {{- include "agent.pid" . | nindent 6 }}\n      containers:',
      ).replace(/\n {6}\{\{- if .Values.debug \}\}\n.*\n.*/, ''),
    };
    const [off, on] = ['debug: false', 'debug: true'].map((values) => fluxRelease(`values: { ${values} }\n`));
    const { found } = deployed(
      { 'apps/web.yaml': `${off}---\n${on?.replace('namespace: apps', 'namespace: other')}` },
      chart,
    );
    assert.deepEqual(found, { 'charts/agent/templates/_pid.tpl': ['host-pid true'] });
  });

  it('is judged again when its chart changes', () => {
    const { workspace } = deployed({ 'apps/web.yaml': file });
    workspace.write(TEMPLATE, AGENT.replace('{{ .Values.network.host }}', 'false'));
    assert.deepEqual(workspace.found('apps/web.yaml'), []);
  });

  it('is told to its chart again when it changes', () => {
    const { workspace } = deployed({ 'apps/web.yaml': fluxRelease('values:\n  debug: false\n') });
    assert.deepEqual(workspace.found(TEMPLATE), []);
    workspace.write('apps/web.yaml', fluxRelease('values:\n  debug: true\n'));
    assert.deepEqual(workspace.found(TEMPLATE), ['host-pid true']);
  });

  it('has values of a ConfigMap, where they are found', () => {
    const map = `apiVersion: v1
kind: ConfigMap
metadata: { name: agent-values, namespace: apps }
data:
  values.yaml: |
    network:
      host: true
`;
    const { workspace, found } = deployed({
      'apps/web.yaml': fluxRelease('valuesFrom:\n  - { kind: ConfigMap, name: agent-values }\n'),
      'apps/map.yaml': map,
    });
    assert.deepEqual(found, { 'apps/map.yaml': ['host-network true'] });
    const fixed = workspace.fixed('apps/map.yaml', 'host-network').map(([, text]) => text);
    assert.deepEqual(fixed, [map.replace('host: true', 'host: false')]);
  });

  it('says which values it was judged without', () => {
    const spec =
      'valuesFrom:\n  - { kind: Secret, name: keys }\n  - { kind: ConfigMap, name: none }\nvalues:\n  debug: false\n';
    const { notes } = deployed({ 'apps/web.yaml': fluxRelease(spec) });
    assert.deepEqual(notes('apps/web.yaml'), [
      'HelmRelease web: ConfigMap none is not known',
      'HelmRelease web was judged without the values of Secret keys',
    ]);
  });

  it('has valuesFiles in the place of values.yaml', () => {
    const chart = fluxRelease('values:\n  debug: false\n').replace(
      'sourceRef',
      'valuesFiles: [./charts/agent/values.yaml, ./envs/agent.yaml]\n      sourceRef',
    );
    const { found } = deployed({ 'apps/web.yaml': chart, 'envs/agent.yaml': HOST });
    assert.deepEqual(found, { 'envs/agent.yaml': ['host-network true'] });
  });

  it('of a chart that is not in the workspace is judged by what its values look like', () => {
    const values = 'values:\n  hostNetwork: true\n  hostPID: true\n  containers: [{ name: a, image: b }]\n';
    for (const release of [
      fluxRelease(values, 'HelmRepository', 'agent'),
      fluxRelease(values, 'GitRepository', './charts/other'),
    ]) {
      const { found } = deployed({ 'apps/web.yaml': release });
      assert.deepEqual(found, { 'apps/web.yaml': ['host-network true', 'host-pid true'] });
    }
  });

  it('that a post-renderer changes is judged by what its values look like', () => {
    const spec = `postRenderers:\n  - kustomize: { images: [{ name: a, newTag: b }] }\nvalues:\n${indented(HOST, 2)}`;
    assert.deepEqual(deployed({ 'apps/web.yaml': fluxRelease(spec) }).found, {});
  });

  it('is judged as a kustomization patches it', () => {
    const { workspace } = deployed({
      'base/web.yaml': fluxRelease('values:\n  network:\n    host: false\n'),
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'prod/kustomization.yaml': 'resources: [../base]\npatches: [{ path: patch.yaml }]\n',
      'prod/patch.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: apps }
spec:
  values:
    network:
      host: true
`,
    });
    assert.deepEqual(workspace.found('prod/patch.yaml'), ['host-network true']);
    assert.deepEqual(workspace.found('base/web.yaml'), []);
  });

  it('has a finding that a comment in its values accepts', () => {
    const accepted = file.replace('host: true', 'host: true # bulkhead: ignore[host-network] reads the counters');
    assert.deepEqual(deployed({ 'apps/web.yaml': accepted }).found, {});
  });

  it('has values in aliases and merge keys', () => {
    const shared = fluxRelease('values:\n  base: &base { host: true }\n  network: { <<: *base }\n');
    const { workspace } = deployed({ 'apps/web.yaml': shared });
    assert.deepEqual(workspace.found('apps/web.yaml'), ['host-network true']);
  });

  it('takes a key of the chart out by null', () => {
    const chart = { ...CHART, 'charts/agent/values.yaml': `${VALUES.replace('host: false', 'host: true')}` };
    const { workspace } = deployed({ 'apps/web.yaml': fluxRelease('values:\n  network: { host: null }\n') }, chart);
    assert.deepEqual(workspace.found('apps/web.yaml'), []);
    assert.match(
      workspace.finding('charts/agent/values.yaml', 'host-network').finding.message,
      / Only with the default values\.$/,
    );
  });

  it('has no conflict of ports with its own chart', () => {
    const ports = AGENT.replace(
      '          securityContext',
      '          ports: [{ containerPort: 80, hostPort: {{ .Values.port }} }]\n          securityContext',
    );
    const chart = { ...CHART, [TEMPLATE]: ports, 'charts/agent/values.yaml': `${VALUES}port: 80\n` };
    const { workspace } = deployed({ 'web.yaml': fluxRelease('values: { port: 80 }\n') }, chart);
    assert.deepEqual(
      workspace.found('web.yaml').filter((one) => one.includes('conflict')),
      [],
    );
    assert.deepEqual(
      workspace.found(TEMPLATE).filter((one) => one.includes('conflict')),
      [],
    );
  });

  it('is named where there are too many', () => {
    const many = Array.from({ length: 21 }, (_, index) => file.replace('name: web', `name: web${index}`)).join('---\n');
    const { workspace, notes } = deployed({
      'apps/all.yaml': `kind: List\napiVersion: v1\nitems:\n${listItems(many)}`,
    });
    assert.equal(workspace.found('apps/all.yaml').length, 20);
    assert.deepEqual(notes('apps/all.yaml'), [
      'HelmRelease web20: there are too many releases to judge it with its chart',
    ]);
  });

  it('is one of several in a file', () => {
    const off = fluxRelease('values:\n  network:\n    host: false\n').replace('name: web', 'name: off');
    const { workspace, found } = deployed({ 'apps/all.yaml': `${off}---\n${file}` });
    assert.deepEqual(found, { 'apps/all.yaml': ['host-network true'] });
    const [fixed] = workspace.fixed('apps/all.yaml', 'host-network');
    assert.equal(fixed?.[1], `${off}---\n${file.replace('host: true', 'host: false')}`);
  });
});

describe('an Application of Argo CD', () => {
  it('has its values in a text, and they are repaired there', () => {
    const file = application(`values: |\n${indented(HOST, 2)}`);
    const { workspace, found } = deployed({ 'apps/web.yaml': file });
    assert.deepEqual(found, { 'apps/web.yaml': ['host-network true'] });
    const fixed = workspace.fixed('apps/web.yaml', 'host-network').map(([, text]) => text);
    assert.deepEqual(fixed, [file.replace('host: true', 'host: false')]);
  });

  it('has them in valuesObject, which counts in the place of values', () => {
    const object = `valuesObject:\n${indented(HOST, 2)}`;
    assert.deepEqual(deployed({ 'apps/web.yaml': application(object) }).found, {
      'apps/web.yaml': ['host-network true'],
    });
    const off = application(`values: |\n${indented(HOST, 2)}valuesObject: { debug: false }\n`);
    assert.deepEqual(deployed({ 'apps/web.yaml': off }).found, {});
  });

  it('has parameters above all', () => {
    const file = application(
      `valuesObject: { network: { host: false } }\nparameters:\n  - name: network.host\n    value: "true"\n`,
    );
    const { workspace, found } = deployed({ 'apps/web.yaml': file });
    assert.deepEqual(found, { 'apps/web.yaml': ['host-network "true"'] });
    const fixed = workspace.fixed('apps/web.yaml', 'host-network').map(([, text]) => text);
    assert.deepEqual(fixed, [file.replace('value: "true"', 'value: "false"')]);
  });

  it('has files: of the chart, of the repository, and of another source', () => {
    const all = { 'charts/agent/custom.yaml': HOST, 'envs/prod.yaml': HOST };
    for (const [path, at] of [
      ['custom.yaml', 'charts/agent/custom.yaml'],
      ['../../envs/prod.yaml', 'envs/prod.yaml'],
      ['/envs/prod.yaml', 'envs/prod.yaml'],
      ['$own/envs/prod.yaml', 'envs/prod.yaml'],
    ] as const) {
      const { workspace, found } = deployed({ ...all, 'apps/web.yaml': application(`valueFiles: [${path}]\n`) });
      assert.deepEqual(found, { [at]: ['host-network true'] }, path);
      const [fixed] = workspace.fixed(at, 'host-network');
      assert.equal(fixed?.[1], HOST.replace('true', 'false'));
    }
  });

  it('says which of several has a value that another one takes back', () => {
    const { workspace } = deployed({
      'envs/prod.yaml': HOST,
      'apps/a.yaml': application('valueFiles: [/envs/prod.yaml]\n').replace('name: web', 'name: a'),
      'apps/b.yaml': application('valueFiles: [/envs/prod.yaml]\nvaluesObject: { network: { host: false } }\n'),
    });
    assert.match(
      workspace.finding('envs/prod.yaml', 'host-network').finding.message,
      / Only with Application a in apps\/a\.yaml\.$/,
    );
  });

  it('has several sources', () => {
    const file = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web }
spec:
  sources:
    - repoURL: https://example.com/own.git
      ref: own
    - repoURL: https://example.com/own.git
      path: charts/agent
      helm:
        valuesObject:
          network: { host: true }
`;
    assert.deepEqual(deployed({ 'apps/web.yaml': file }).found, { 'apps/web.yaml': ['host-network true'] });
  });

  it('is made by an ApplicationSet, whose expressions are not known', () => {
    const file = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all }
spec:
  generators: [{ list: { elements: [{ name: a }] } }]
  template:
    metadata: { name: '{{name}}' }
    spec:
      source:
        path: charts/agent
        helm:
          valuesObject:
            debug: '{{debug}}'
            network: { host: true }
`;
    const { found } = deployed({ 'apps/all.yaml': file });
    assert.deepEqual(found, { 'apps/all.yaml': ['host-network true'] });
    assert.deepEqual(deployed({ 'apps/all.yaml': file.replace('charts/agent', "'charts/{{name}}'") }).found, {});
  });
});

describe('a helmfile', () => {
  const helmfile = (release: string, chart = '../charts/agent') =>
    `releases:\n  - name: web\n    chart: ${chart}\n${indented(release, 4)}`;

  it('has its values inline, in files and by set', () => {
    const inline = helmfile(`values:\n  - network:\n      host: true\n`);
    const { workspace, found } = deployed({ 'deploy/helmfile.yaml': inline });
    assert.deepEqual(found, { 'deploy/helmfile.yaml': ['host-network true'] });
    const [fixed] = workspace.fixed('deploy/helmfile.yaml', 'host-network');
    assert.equal(fixed?.[1], inline.replace('host: true', 'host: false'));
    assert.deepEqual(
      deployed({ 'deploy/helmfile.yaml': helmfile('values: [prod.yaml]\n'), 'deploy/prod.yaml': HOST }).found,
      { 'deploy/prod.yaml': ['host-network true'] },
    );
    const set = helmfile('set: [{ name: network.host, value: true }]\n');
    assert.deepEqual(deployed({ 'deploy/helmfile.yaml': set }).found, {
      'deploy/helmfile.yaml': ['host-network true'],
    });
  });

  it('that is a template is read as far as it is literal', () => {
    const text = helmfile(
      'namespace: {{ .Environment.Name }}\nvalues:\n  - debug: {{ .Values.debug }}\n    network:\n      host: true\n',
    );
    assert.deepEqual(deployed({ 'deploy/helmfile.yaml.gotmpl': text }).found, {
      'deploy/helmfile.yaml.gotmpl': ['host-network true'],
    });
    const block = `{{ if eq .Environment.Name "prod" }}\n${text}{{ end }}\n`;
    assert.deepEqual(deployed({ 'deploy/helmfile.yaml.gotmpl': block }).found, {});
  });

  it('is named where it brings what a template has', () => {
    const { workspace } = deployed({ 'deploy/helmfile.yaml': helmfile('values: [{ debug: true }]\n') });
    assert.match(
      workspace.finding(TEMPLATE, 'host-pid').finding.message,
      / Only with Helmfile release web in deploy\/helmfile\.yaml\.$/,
    );
  });

  it('that does not install a release does not deploy it', () => {
    const text = helmfile('installed: false\nvalues:\n  - network:\n      host: true\n');
    assert.deepEqual(deployed({ 'deploy/helmfile.yaml': text }).found, {});
  });
});

describe('a chart in a kustomization', () => {
  const kustomization = `helmGlobals:
  chartHome: charts
helmCharts:
  - name: agent
    releaseName: web
    namespace: apps
    valuesInline:
      network:
        host: true
`;

  it('is judged at its values', () => {
    const { workspace, found, notes } = deployed({ 'kustomization.yaml': kustomization });
    assert.deepEqual(found, { 'kustomization.yaml': ['host-network true'] });
    const [fixed] = workspace.fixed('kustomization.yaml', 'host-network');
    assert.equal(fixed?.[1], kustomization.replace('host: true', 'host: false'));
    assert.deepEqual(notes('kustomization.yaml'), []);
  });

  it('has its values in a file', () => {
    const text = 'helmCharts:\n  - { name: agent, valuesFile: prod.yaml }\n';
    assert.deepEqual(deployed({ 'kustomization.yaml': text, 'prod.yaml': HOST }).found, {
      'prod.yaml': ['host-network true'],
    });
  });

  it('has values in the order that valuesMerge says', () => {
    const merged = kustomization.replace('releaseName', 'valuesMerge: merge\n    releaseName');
    assert.deepEqual(deployed({ 'kustomization.yaml': merged }).found, {});
  });

  it('that is patched is not judged', () => {
    const { found, notes } = deployed({ 'kustomization.yaml': `${kustomization}patches: [{ path: patch.yaml }]\n` });
    assert.deepEqual(found, {});
    assert.match(notes('kustomization.yaml').join('\n'), /charts are not built/);
    const used = { 'kustomization.yaml': kustomization, 'prod/kustomization.yaml': 'resources: [..]\n' };
    assert.deepEqual(deployed(used).found, {});
  });
});

describe('a release that is no release', () => {
  const bad: Readonly<Record<string, string>> = {
    'values that are a list': fluxRelease('values: [a, b]\n'),
    'values that are a text': fluxRelease('values: text\n'),
    'a text that is no YAML': application('values: "a: [b"\n'),
    'a path out of the workspace': fluxRelease('values: { debug: true }\n', 'GitRepository', '../../charts/agent'),
    'a chart from a registry': fluxRelease('values: { debug: true }\n', 'HelmRepository', 'charts/agent'),
    'a chart that is a list': fluxRelease('values: { debug: true }\n', 'GitRepository', '[a]'),
    'a file out of the workspace': application('valueFiles: [../../../../etc/passwd]\n'),
    'a file of a URL': application('valueFiles: ["https://example.com/values.yaml"]\n'),
    'a parameter with an index': application('parameters: [{ name: "a[99999999].b", value: "1" }]\n'),
    'a parameter that is deep': application(`parameters: [{ name: "${'a.'.repeat(10_000)}b", value: "1" }]\n`),
    'a parameter without a name': application('parameters: [{ value: "1" }, 3, null]\n'),
    'itself as its values': application('valueFiles: [/apps/web.yaml]\n'),
    'a cycle of anchors': fluxRelease('values: &a\n  debug: *a\n'),
    'sources that are a text': application('debug: true\n').replace('source:', 'sources:'),
    'a release in a template': `{{ if .Values.x }}\n${fluxRelease('values: { debug: true }\n')}{{ end }}\n`,
  };
  for (const [name, text] of Object.entries(bad))
    it(`brings nothing: ${name}`, () => {
      assert.deepEqual(deployed({ 'apps/web.yaml': text }).found, {});
    });
});

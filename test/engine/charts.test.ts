import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acceptFinding, fixText, type LintSettings } from '../../shared-rules/index.ts';
import { DeployedFiles } from './deployed-files.ts';

const CHART = 'apiVersion: v2\nname: agent\nversion: 1.0.0\n';
const AGENT = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: {{ include "agent.name" . }}
spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      hostNetwork: {{ .Values.hostNetwork }}
      {{- if .Values.debug }}
      hostPID: true
      {{- end }}
      containers:
        - name: agent
          image: example.com/agent:1.0
          securityContext: {{- toYaml .Values.securityContext | nindent 12 }}
`;
const HELPERS = '{{- define "agent.name" -}}\n{{ .Release.Name }}-agent\n{{- end }}\n';
const VALUES = `hostNetwork: false
debug: false
securityContext:
  allowPrivilegeEscalation: false
`;
const TEMPLATE = 'app/templates/agent.yaml';

function chart(files: Readonly<Record<string, string>> = {}, settings: Partial<LintSettings> = {}): DeployedFiles {
  return new DeployedFiles(
    {
      'app/Chart.yaml': CHART,
      'app/templates/_helpers.tpl': HELPERS,
      [TEMPLATE]: AGENT,
      'app/values.yaml': VALUES,
      ...files,
    },
    settings,
  );
}

function foundIn(files: DeployedFiles): Record<string, string[]> {
  const all = ['app/values.yaml', 'app/values-prod.yaml', TEMPLATE, 'app/templates/_helpers.tpl'];
  return Object.fromEntries(
    all.flatMap((file) => {
      const found = files.text(file) === '' ? [] : files.found(file);
      return found.length > 0 ? [[file, found]] : [];
    }),
  );
}

describe('a value that a template prints', () => {
  const ON = VALUES.replace('hostNetwork: false', 'hostNetwork: true');

  it('is found beside documents of the same template that nothing is looked for in', () => {
    for (const kind of ['ConfigMap', 'Secret', 'CustomResourceDefinition']) {
      const other = `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: other\n`;
      for (const template of [`${AGENT}---\n${other}`, `${other}---\n${AGENT}`])
        assert.deepEqual(foundIn(chart({ [TEMPLATE]: template, 'app/values.yaml': ON })), {
          'app/values.yaml': ['host-network true'],
        });
    }
  });

  it('is judged where it is written', () => {
    assert.deepEqual(foundIn(chart({ 'app/values.yaml': ON })), { 'app/values.yaml': ['host-network true'] });
  });

  it('names the workload and where it is used', () => {
    const files = chart({ 'app/values.yaml': ON });
    const { finding } = files.finding('app/values.yaml', 'host-network');
    assert.deepEqual([finding.subject.kind, finding.subject.name], ['DaemonSet', 'release-name-agent']);
    assert.deepEqual(files.related('app/values.yaml', 'host-network'), [
      [TEMPLATE, '{{ .Values.hostNetwork }}', 'Used here by DaemonSet release-name-agent'],
    ]);
  });

  it('is repaired where it is written', () => {
    const [fixed] = chart({ 'app/values.yaml': ON }).fixed('app/values.yaml', 'host-network');
    assert.equal(fixed?.[1], VALUES);
  });

  it('is accepted by a comment beside it', () => {
    const accepted = ON.replace(
      'hostNetwork: true',
      '# bulkhead: ignore[host-network] reads the counters of the node\nhostNetwork: true',
    );
    assert.deepEqual(foundIn(chart({ 'app/values.yaml': accepted })), {});
    const { linted, finding } = chart({ 'app/values.yaml': ON }).finding('app/values.yaml', 'host-network');
    assert.equal(acceptFinding(linted, finding)?.title, 'Accept host-network here with a reason');
  });

  it('has no comment that accepts nothing', () => {
    const files = chart({
      'app/values.yaml': `# bulkhead: ignore[host-network] reads the counters of the node\n${VALUES}`,
    });
    assert.deepEqual(foundIn(files), { 'app/values.yaml': ['exception-unused host-network'] });
  });

  it('is set to false where its key is in the template', () => {
    const template = AGENT.replace('hostNetwork: {{ .Values.hostNetwork }}', 'hostPID: {{ .Values.host.pid }}');
    const values = `${VALUES}host:\n  pid: true\n`;
    const files = chart({ [TEMPLATE]: template, 'app/values.yaml': values });
    const [fixed] = files.fixed('app/values.yaml', 'host-pid');
    assert.deepEqual(fixed, ['Set host.pid to false', `${VALUES}host:\n  pid: false\n`]);
    const all = fixText(files.lint('app/values.yaml'), () => true);
    assert.deepEqual(all, { text: `${VALUES}host:\n  pid: false\n`, titles: ['Set host.pid to false'] });
  });

  it('is judged in the file of the environment that sets it', () => {
    const files = chart({ 'app/values-prod.yaml': 'hostNetwork: true\n' });
    assert.deepEqual(foundIn(files), { 'app/values-prod.yaml': ['host-network true'] });
  });

  it('is judged with the environments that leave it', () => {
    const files = chart({ 'app/values.yaml': ON, 'app/values-prod.yaml': 'hostNetwork: false\n' });
    assert.match(files.finding('app/values.yaml', 'host-network').finding.message, / Only with the default values\.$/);
  });

  it('is a part of what toYaml prints', () => {
    const files = chart({ 'app/values.yaml': `${VALUES}  privileged: true\n` });
    assert.deepEqual(foundIn(files), { 'app/values.yaml': ['privileged true'] });
    const [fixed] = files.fixed('app/values.yaml', 'privileged');
    assert.equal(fixed?.[1], `${VALUES}  privileged: false\n`);
  });
});

describe('what several templates and environments print', () => {
  const HOST = 'hostNetwork: {{ .Values.hostNetwork }}';
  const DEPLOYMENT = AGENT.replace('DaemonSet', 'Deployment').replace('{{ include "agent.name" . }}', 'web');
  const USED_BY = (files: DeployedFiles) =>
    files
      .related('app/values.yaml', 'host-network')
      .map(([file, text, message]) => `${file} ${text} ${message}`)
      .sort();
  const ON = VALUES.replace('hostNetwork: false', 'hostNetwork: true');

  it('is named for each workload', () => {
    const files = chart({ 'app/templates/web.yaml': DEPLOYMENT, 'app/values.yaml': ON });
    assert.deepEqual(USED_BY(files), [
      `${TEMPLATE} {{ .Values.hostNetwork }} Used here by DaemonSet release-name-agent`,
      'app/templates/web.yaml {{ .Values.hostNetwork }} Used here by Deployment web',
    ]);
  });

  it('is named for a workload that one environment alone has', () => {
    const web = `{{- if .Values.debug }}\n${DEPLOYMENT}{{- end }}\n`;
    const files = chart({
      'app/templates/web.yaml': web,
      'app/values.yaml': ON,
      'app/values-prod.yaml': 'debug: true\n',
    });
    assert.deepEqual(USED_BY(files), [
      `${TEMPLATE} {{ .Values.hostNetwork }} Used here by DaemonSet release-name-agent`,
      'app/templates/web.yaml {{ .Values.hostNetwork }} Used here by Deployment web',
    ]);
    assert.doesNotMatch(files.finding('app/values.yaml', 'host-network').finding.message, / Only with /);
  });

  it('is told from what stands beside it in each environment', () => {
    const service = `apiVersion: v1
kind: Service
metadata:
  name: agent
spec:
  selector: { app: agent }
  ports:
    - port: 80
`;
    const files = chart(
      { 'app/templates/service.yaml': service, 'app/values-prod.yaml': 'hostNetwork: true\n' },
      { profile: 'all' },
    );
    const { finding } = files.finding('app/templates/service.yaml', 'service-on-host-network');
    assert.match(finding.message, / Only with values-prod\.yaml\.$/);
  });

  it('is found at the text of a variable that another action puts in quotes', () => {
    const volumes = `      {{- $root := "/etc" }}
      volumes:
        - name: host
          hostPath:
            path: {{ $root | quote }}
`;
    const files = chart({ [TEMPLATE]: `${AGENT}${volumes}` }, { profile: 'all' });
    assert.deepEqual(
      files.found(TEMPLATE).filter((one) => one.startsWith('sensitive-host-path')),
      ['sensitive-host-path /etc'],
    );
  });

  it('is found where the text of a variable is printed with more behind it', () => {
    const volumes = `      {{- $root := "/etc" }}
      volumes:
        - name: host
          hostPath:
            path: {{ $root }}/kubernetes
`;
    const files = chart({ [TEMPLATE]: `${AGENT}${volumes}` }, { profile: 'all' });
    assert.deepEqual(
      files.found(TEMPLATE).filter((one) => one.startsWith('sensitive-host-path')),
      ['sensitive-host-path {{ $root }}/kubernetes'],
    );
  });

  it('is found beside objects that need no look', () => {
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: agent\ndata: {}\n---\n';
    const files = chart({ [TEMPLATE]: config + AGENT.replace(HOST, 'hostNetwork: true') });
    assert.deepEqual(foundIn(files), { [TEMPLATE]: ['host-network true'] });
  });

  it('is repaired where lines go that stand together between actions', () => {
    const lines = '      hostNetwork: true\n      dnsPolicy: ClusterFirstWithHostNet\n';
    const [before, after] = ['{{- if true }}\n', '      {{- end }}\n'];
    const template = AGENT.replace(`      ${HOST}\n`, `      ${before}${lines}${after}`);
    const files = chart({ [TEMPLATE]: template });
    const [fixed] = files.fixed(TEMPLATE, 'host-network');
    assert.equal(fixed?.[1], template.replace(lines, ''));
  });
});

describe('a chart with many environments', () => {
  it('says with how many of them its templates are judged', () => {
    const names = Array.from({ length: 22 }, (_, index) => `app/values-${String.fromCharCode(97 + index)}.yaml`);
    const files = chart({ ...Object.fromEntries(names.map((name) => [name, 'debug: true\n'])) });
    const { unassembled } = files.lint('app/Chart.yaml').result;
    assert.deepEqual(
      unassembled.map(({ message }) => message),
      ['The chart has 23 environments: its templates are judged with the first 20 of them'],
    );
    assert.match(files.finding(TEMPLATE, 'host-pid').finding.message, / Only with values-a\.yaml, /);
    assert.deepEqual(files.lint('app/values-v.yaml').result.unassembled, []);
  });
});

describe('a template', () => {
  it('of several documents without actions is judged once', () => {
    const pod = (name: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { hostPID: true, containers: [] }\n`;
    const text = `${pod('one')}---\n${pod('second')}`;
    const { findings } = chart({ [TEMPLATE]: text }).lint(TEMPLATE).result;
    const found = findings.flatMap(({ rule, range, subject }) =>
      rule === 'host-pid' ? [[subject.name, range.start]] : [],
    );
    assert.deepEqual(found, [
      ['one', text.indexOf('true')],
      ['second', text.lastIndexOf('true')],
    ]);
  });

  it('that prints very much is not judged, and says so', () => {
    const filler = '#'.repeat(1000);
    const template = `{{ range until 6000 }}${filler}\n{{ end }}${AGENT}`;
    const { result } = chart({ [TEMPLATE]: template, 'app/values.yaml': 'hostNetwork: true\n' }).lint(TEMPLATE);
    assert.deepEqual(
      result.parts.flatMap(({ unassembled }) => unassembled).map(({ message }) => message),
      ['More than 4 MiB are printed of what is written here, in all environments: what is beyond is not judged'],
    );
  });

  it('is judged where what it says itself is printed', () => {
    const files = chart({ 'app/values-prod.yaml': 'debug: true\n' });
    assert.deepEqual(foundIn(files), { [TEMPLATE]: ['host-pid true'] });
    assert.match(files.finding(TEMPLATE, 'host-pid').finding.message, / Only with values-prod\.yaml\.$/);
  });

  it('is silent about a branch that no values take', () => {
    assert.deepEqual(foundIn(chart()), {});
  });

  it('is judged in a definition', () => {
    const helpers = `${HELPERS}{{- define "agent.spec" }}\nhostIPC: true\n{{- end }}\n`;
    const template = AGENT.replace(
      '      containers:',
      '      {{- include "agent.spec" . | nindent 6 }}\n      containers:',
    );
    const files = chart({ 'app/templates/_helpers.tpl': helpers, [TEMPLATE]: template });
    assert.deepEqual(foundIn(files), { 'app/templates/_helpers.tpl': ['host-ipc true'] });
  });

  it('is judged as it is written in a definition that no template calls', () => {
    const unused = '{{- define "agent.spec" }}\nhostIPC: true\ncontainers: [{ name: a, image: a }]\n{{- end }}\n';
    assert.deepEqual(foundIn(chart({ 'app/templates/_unused.tpl': unused })), {});
    assert.deepEqual(chart({ 'app/templates/_unused.tpl': unused }).found('app/templates/_unused.tpl'), [
      'host-ipc true',
    ]);
  });

  it('is repaired where the literal is', () => {
    const template = AGENT.replace('hostNetwork: {{ .Values.hostNetwork }}', 'hostNetwork: true');
    const files = chart({ [TEMPLATE]: template });
    const [fixed] = files.fixed(TEMPLATE, 'host-network');
    assert.equal(fixed?.[1], template.replace('      hostNetwork: true\n', ''));
  });

  it('that cannot be rendered is judged as it is written, and says why', () => {
    const template = AGENT.replace('{{ .Values.hostNetwork }}', 'true').replace(
      '{{ include "agent.name" . }}',
      '{{ fail "no" }}',
    );
    const { result } = chart({ [TEMPLATE]: template }).lint(TEMPLATE);
    assert.deepEqual(
      result.findings.map(({ rule }) => rule).filter((rule) => rule === 'host-network'),
      ['host-network'],
    );
    assert.match(result.unassembled[0]?.message ?? '', /no/);
  });
});

describe('charts whose templates print again what they printed', () => {
  /** Moves everything behind it, and changes nothing. */
  const moved = (lines: number) => `${'# a comment\n'.repeat(lines)}${VALUES}`;

  it('have the same findings as charts that are read for the first time', () => {
    const files = chart();
    for (let round = 0; round < 12; round++) {
      const text = moved(round % 5)
        .replace('hostNetwork: false', `hostNetwork: ${round % 2 === 0}`)
        .replace('debug: false', `debug: ${round % 3 === 0}`)
        .replace('Escalation: false', `Escalation: ${round % 4 === 0}`);
      files.write('app/values.yaml', text);
      // No other chart prints this.
      const fresh = chart({ 'app/values.yaml': text, [TEMPLATE]: `${AGENT}# ${round}\n` });
      assert.deepEqual(foundIn(files), foundIn(fresh), text);
    }
  });
});

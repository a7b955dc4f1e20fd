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

describe('a template', () => {
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

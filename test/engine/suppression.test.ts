import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acceptFinding, applyEdits, DEFAULT_SETTINGS, type Finding, lint } from '../../shared-rules/index.ts';

const HEAD = 'apiVersion: v1\nkind: Pod\n';

function findingsOf(text: string, today?: string): readonly Finding[] {
  const { findings, failures } = lint('pod.yaml', text, { ...DEFAULT_SETTINGS, today });
  assert.deepEqual(failures, []);
  return findings;
}

/** Where host networking is reported. */
function linesReported(text: string): number[] {
  return findingsOf(text)
    .filter(({ rule }) => rule === 'host-network')
    .map(({ range }) => text.slice(0, range.start).split('\n').length);
}

describe('a comment that accepts a finding', () => {
  const cases: [string, string, number[]][] = [
    ['on its line', `${HEAD}spec:\n  hostNetwork: true # bulkhead: ignore[host-network] reads counters\n`, []],
    ['above its line', `${HEAD}spec:\n  # bulkhead: ignore[host-network] reads counters\n  hostNetwork: true\n`, []],
    [
      'above other comments',
      `${HEAD}spec:\n  # bulkhead: ignore[host-network] a\n  # more\n\n  hostNetwork: true\n`,
      [],
    ],
    [
      'with several rules',
      `${HEAD}spec:\n  hostNetwork: true # bulkhead: ignore[runtime-socket, host-network] a\n`,
      [],
    ],
    ['at the head of its document', `# bulkhead: ignore[host-network] a\n${HEAD}spec:\n  hostNetwork: true\n`, []],
    [
      'at the head, behind the marker',
      `---\n# about this\n# bulkhead: ignore[host-network] a\n${HEAD}spec:\n  hostNetwork: true\n`,
      [],
    ],
    [
      'before the marker of the first document',
      `# about this\n# bulkhead: ignore[host-network] a\n---\n${HEAD}spec:\n  hostNetwork: true\n`,
      [],
    ],
    ['behind a byte order mark', `\uFEFF# bulkhead: ignore[host-network] a\n${HEAD}spec:\n  hostNetwork: true\n`, []],
    ['with more marks', `${HEAD}spec:\n  hostNetwork: true ## bulkhead:ignore[host-network] a\n`, []],
    [
      'at the end of the document before',
      `a: 1\n# bulkhead: ignore[host-network] a\n---\n${HEAD}spec:\n  hostNetwork: true\n`,
      [7],
    ],
    [
      'with line ends of Windows',
      `${HEAD}spec:\n  # bulkhead: ignore[host-network] a\n  hostNetwork: true\n`.replaceAll('\n', '\r\n'),
      [],
    ],
    [
      'in a branch of a template',
      `${HEAD}spec:\n  {{- if .a }}\n  priority: 1\n  {{- else }}\n  hostNetwork: true # bulkhead: ignore[host-network] a\n  {{- end }}\n`,
      [],
    ],
    ['for another rule', `${HEAD}spec:\n  hostNetwork: true # bulkhead: ignore[runtime-socket] a\n`, [4]],
    [
      'two lines above',
      `${HEAD}spec:\n  # bulkhead: ignore[host-network] a\n  priority: 1\n  hostNetwork: true\n`,
      [6],
    ],
    [
      'at the head of another document',
      `# bulkhead: ignore[host-network] a\na: 1\n---\n${HEAD}spec:\n  hostNetwork: true\n`,
      [7],
    ],
    ['in a text', `${HEAD}spec:\n  a: "# bulkhead: ignore[host-network] a"\n  hostNetwork: true\n`, [5]],
    ['in a block of text', `${HEAD}spec:\n  a: |\n    # bulkhead: ignore[host-network] a\n  hostNetwork: true\n`, [6]],
  ];
  for (const [name, text, expected] of cases) it(name, () => assert.deepEqual(linesReported(text), expected));
});

describe('the last day of an exception', () => {
  const reported = (comment: string, today: string) =>
    findingsOf(`${HEAD}spec:\n  hostNetwork: true # bulkhead: ignore[host-network] ${comment}\n`, today).map(
      ({ rule }) => rule,
    );
  const ended = ['host-network', 'exception-expired'];
  const cases: [string, string, string, string[]][] = [
    ['is part of it', 'counts until 2027-06-30', '2027-06-30', []],
    ['ends it for the next day', 'counts until 2027-06-30', '2027-07-01', ended],
    ['ends it over the turn of a year', 'counts until 2027-12-31', '2028-01-01', ended],
    ['may be a leap day', 'counts until 2028-02-29', '2028-02-28', []],
    ['must be a day of the calendar', 'counts until 2027-02-29', '2027-01-01', ended],
    ['may end a sentence', 'counts (until: 2027-06-30).', '2027-07-01', ended],
    ['is the last one named', 'until 2026-01-01 by hand, until 2027-06-30', '2027-06-30', []],
    ['must stand at the end', 'until 2026-01-01 it was somewhere else', '2027-06-30', []],
    ['is told from other prose', 'until the agent of 2026 or later has an API', '2027-06-30', []],
    ['is not a version', 'until 1.31', '2027-06-30', []],
  ];
  for (const [name, comment, today, expected] of cases)
    it(name, () => assert.deepEqual(reported(comment, today), expected));

  it('counts for annotations', () => {
    const text = (day: string) =>
      `${HEAD}metadata:\n  annotations:\n    bulkhead.dev/ignore.host-network: counts until ${day}\nspec:\n  hostNetwork: true\n`;
    const rules = (day: string) => findingsOf(text(day), '2027-06-30').map(({ rule }) => rule);
    assert.deepEqual(rules('2027-06-30'), []);
    assert.deepEqual(rules('2027-06-29'), ['exception-expired', 'host-network']);
  });

  it('does not come where nobody knows what day it is', () => {
    const text = `${HEAD}spec:\n  hostNetwork: true # bulkhead: ignore[host-network] counts until 1999-01-01\n`;
    assert.deepEqual(findingsOf(text), []);
  });
});

describe('an exception that nobody can know to be unused', () => {
  const comment = '# bulkhead: ignore[host-network] counts';
  const unused = (text: string, settings = DEFAULT_SETTINGS) =>
    lint('pod.yaml', text, settings).findings.filter(({ rule }) => rule === 'exception-unused').length;
  const text = `${HEAD}spec:\n  ${comment}\n  hostNetwork: false\n`;

  it('is found where everything is known', () => assert.equal(unused(text), 1));
  it('is one for a rule that is off', () =>
    assert.equal(unused(text, { ...DEFAULT_SETTINGS, severity: { 'host-network': 'off' } }), 0));
  it('is one for a rule of a larger profile', () => {
    const strict = text.replace('host-network', 'port-on-all-interfaces');
    assert.equal(unused(strict), 0);
    assert.equal(unused(strict, { ...DEFAULT_SETTINGS, profile: 'strict' }), 1);
  });
  it('is one in a template', () => assert.equal(unused(text.replace('false', '{{ .Values.a }}')), 0));
  it('is one beside a variable', () => assert.equal(unused(text.replace('false', '$' + '{HOST}')), 0));
  it('is one in a file with a syntax error', () => assert.equal(unused(`${text}---\n${HEAD}spec: [\n`), 0));
  it('is one for a finding that another rule replaces', () => {
    const ai = `${HEAD}spec:\n  hostNetwork: true ${comment}\n  containers: [{ name: a, image: vllm/vllm-openai }]\n`;
    assert.deepEqual(
      findingsOf(ai).map(({ rule }) => rule),
      ['ai-host-network'],
    );
  });
  it('is one in a document that no rule looks at', () =>
    assert.equal(unused(`${text.replace('false', 'true')}---\nkind: ConfigMap\n${comment}\na: 1\n`), 0));
});

it('what is found about an exception cannot be accepted by one', () => {
  const text = `# bulkhead: ignore[exception-without-reason] a\n${HEAD}spec:\n  hostNetwork: true # bulkhead: ignore[host-network]\n`;
  assert.deepEqual(
    findingsOf(text).map(({ rule }) => rule),
    ['exception-unused', 'exception-without-reason'],
  );
});

it('an exception in several readings of a template is one', () => {
  const branches = '  {{- if .a }}\n  priority: 1\n  {{- else }}\n  priority: 2\n  {{- end }}\n';
  const text = `${HEAD}spec:\n  # bulkhead: ignore[host-network]\n  hostNetwork: true\n${branches}`;
  assert.deepEqual(
    findingsOf(text).map(({ rule }) => rule),
    ['exception-without-reason'],
  );
});

describe('what tells another tool to leave something alone', () => {
  const spec = 'spec:\n  hostNetwork: true\n  hostPID: true\n';
  const rulesLeft = (text: string) => lint('pod.yaml', text, DEFAULT_SETTINGS).findings.map(({ rule }) => rule);
  const annotated = (line: string) => `${HEAD}metadata:\n  name: a\n  annotations:\n    ${line}\n${spec}`;
  const network = '6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a';
  const cases: [string, string, string[]][] = [
    ['KICS, the file', `# kics-scan ignore\n${HEAD}${spec}`, []],
    ['KICS, ids in the file', `# kics-scan disable=${network},other\n${HEAD}${spec}`, ['host-pid']],
    [
      'KICS, the next line',
      `${HEAD}spec:\n  # kics-scan ignore-line\n  hostNetwork: true\n  hostPID: true\n`,
      ['host-pid'],
    ],
    ['KICS, the block', `${HEAD}# kics-scan ignore-block\n${spec}`, []],
    [
      'KICS, another block',
      `${HEAD}# kics-scan ignore-block\nmetadata:\n  name: a\n${spec}`,
      ['host-network', 'host-pid'],
    ],
    [
      'KICS, a list at the indentation of its key',
      `${HEAD}spec:\n  # kics-scan ignore-block\n  containers:\n  - name: a\n    securityContext: { privileged: true }\n  hostPID: true\n`,
      ['host-pid'],
    ],
    [
      'Datadog, a list at the indentation of its key',
      `${HEAD}spec:\n  # dd-iac-scan ignore-block\n  volumes:\n  - name: a\n    hostPath: { path: /run/docker.sock }\n  -\n    name: b\n    hostPath: { path: /etc }\n  hostPID: true\n`,
      ['host-pid'],
    ],
    [
      'KICS, one item of a list',
      `${HEAD}spec:\n  containers:\n  # kics-scan ignore-block\n  - name: a\n    securityContext: { privileged: true }\n  - name: b\n    securityContext: { privileged: true }\n`,
      ['privileged'],
    ],
    [
      'KICS, a block with comments at any indentation',
      `${HEAD}spec:\n  # kics-scan ignore-block\n  containers:\n# here\n    - name: a\n  # and here\n      securityContext: { privileged: true }\n  hostPID: true\n`,
      ['host-pid'],
    ],
    [
      'KICS, a block with template actions',
      `${HEAD}spec:\n  # kics-scan ignore-block\n  containers:\n  {{- if .Values.a }}\n  - name: a\n    securityContext: { privileged: true }\n{{- end }}\n  - name: b\n    securityContext: { privileged: true }\n  hostPID: true\n`,
      ['host-pid'],
    ],
    [
      'KICS, a list at the indentation of its key in Compose',
      'services:\n  a:\n    image: x\n    # kics-scan ignore-block\n    cap_add:\n    - SYS_ADMIN\n    pid: host\n',
      ['host-pid'],
    ],
    [
      'KICS, the services of Compose',
      'name: a\n# kics-scan ignore-block\nservices:\n  a:\n    image: x\n    privileged: true\n',
      [],
    ],
    [
      'Trivy, a list in a template',
      `${HEAD}spec:\n  # trivy:ignore:KSV-0017\n  containers:\n  - name: a\n    securityContext: { privileged: true }\n  - name: {{ .Values.name }}\n    securityContext: { privileged: true }\n  hostPID: true\n`,
      ['host-pid'],
    ],
    ['KICS, not at the head', `${HEAD}# kics-scan ignore\n${spec}`, ['host-network', 'host-pid']],
    ['Datadog, ids in the file', `# dd-iac-scan disable=shared_host_pid_namespace\n${HEAD}${spec}`, ['host-network']],
    [
      'Datadog, beside the line',
      `${HEAD}spec:\n  hostPID: true # dd-iac-scan ignore-line\n  hostNetwork: true\n`,
      ['host-network'],
    ],
    ['KICS, the file, before the marker', `# kics-scan ignore\n---\n${HEAD}${spec}`, []],
    ['KICS, only some ids', `# kics-scan enable=${network}\n${HEAD}${spec}`, ['host-network']],
    [
      'KICS, ids switched on and off',
      `# kics-scan disable=${network}\n# kics-scan enable=${network}\n${HEAD}${spec}`,
      ['host-network'],
    ],
    ['KICS, the file before its ids', `# kics-scan enable=${network}\n# kics-scan ignore\n${HEAD}${spec}`, []],
    [
      'KICS, a line of an id switched on',
      `# kics-scan enable=${network}\n${HEAD}spec:\n  # kics-scan ignore-line\n  hostNetwork: true\n`,
      [],
    ],
    ['KICS, ids of a later document', `a: 1\n---\n# kics-scan ignore\n${HEAD}${spec}`, ['host-network', 'host-pid']],
    ['Datadog, only some ids', `# dd-iac-scan enable=shared_host_pid_namespace\n${HEAD}${spec}`, ['host-pid']],
    ['a comment that is no command', `# kics-scan ignored by us\n${HEAD}${spec}`, ['host-network', 'host-pid']],
    [
      'Trivy in a template',
      `${HEAD}# trivy:ignore:KSV009 trivy:ignore:AVD-KSV-0010\nspec:\n  name: {{ .a }}\n  hostNetwork: true\n  hostPID: true\n`,
      [],
    ],
    ['Trivy elsewhere', `${HEAD}# trivy:ignore:*\n${spec}`, ['host-network', 'host-pid']],
    ['kubeaudit', annotated('kubeaudit.io/allow-namespace-host-network: needs it'), ['host-pid']],
    [
      'kubeaudit, by a label, as it was written first',
      `${HEAD}metadata:\n  labels: { audit.kubernetes.io/pod.allow-namespace-host-PID: "" }\n${spec}`,
      ['host-network'],
    ],
    ['kube-score', annotated('kube-score/ignore: pod-networkpolicy'), ['host-network', 'host-pid']],
    ['Polaris, without quotes', annotated('polaris.fairwinds.com/exempt: true'), []],
    ['Checkov', annotated('checkov.io/skip1: CKV_K8S_19=needs it'), ['host-pid']],
    ['kube-linter', annotated('ignore-check.kube-linter.io/host-pid: needs it'), ['host-network']],
    ['kube-linter, all', annotated('kube-linter.io/ignore-all: needs it'), []],
    ['Polaris', annotated('polaris.fairwinds.com/hostNetworkSet-exempt: "true"'), ['host-pid']],
    ['Polaris, all', annotated('polaris.fairwinds.com/exempt: "true"'), []],
    ['Polaris, taken back', annotated('polaris.fairwinds.com/exempt: "false"'), ['host-network', 'host-pid']],
    ['Bulkhead, by an annotation', annotated('bulkhead.dev/ignore.host-network: needs it'), ['host-pid']],
    ['an id nobody knows', annotated('checkov.io/skip1: CKV_K8S_0=x'), ['host-network', 'host-pid']],
    [
      'an annotation of another object',
      `${annotated('kube-linter.io/ignore-all: x')}---\n${HEAD}${spec}`,
      ['host-network', 'host-pid'],
    ],
  ];
  for (const [name, text, expected] of cases) it(name, () => assert.deepEqual(rulesLeft(text), expected));
});

describe('what tells another tool about a container', () => {
  const container = (name: string) =>
    `    - name: ${name}\n      image: ${name}\n      volumeMounts: [{ name: logs, mountPath: /logs }]\n      securityContext: { privileged: true, capabilities: { add: [NET_ADMIN, SYS_TIME] } }\n`;
  const pod = (line: string) =>
    `${HEAD}metadata:\n  annotations:\n    ${line}\nspec:\n  containers:\n${container('a')}${container('b')}  volumes: [{ name: logs, hostPath: { path: /var/log } }]\n`;
  const found = (line: string) => {
    const counts: Record<string, number> = {};
    for (const { rule } of findingsOf(pod(line))) counts[rule] = (counts[rule] ?? 0) + 1;
    return counts;
  };
  const all = { privileged: 2, 'added-capabilities': 4, 'sensitive-host-path': 1 };
  const cases: [string, string, object][] = [
    ['nothing', 'a: b', all],
    ['kubeaudit, the pod', 'kubeaudit.io/allow-privileged: a', { ...all, privileged: undefined }],
    ['kubeaudit, a container', 'container.kubeaudit.io/a.allow-privileged: a', { ...all, privileged: 1 }],
    ['kubeaudit, another container', 'container.audit.kubernetes.io/c.allow-privileged: a', all],
    [
      'kubeaudit, a capability',
      'container.kubeaudit.io/a.allow-capability-net-admin: a',
      { ...all, 'added-capabilities': 3 },
    ],
    ['kubeaudit, a volume', 'kubeaudit.io/allow-host-path-mount-logs: a', { ...all, 'sensitive-host-path': undefined }],
    ['kubeaudit, a volume of two containers', 'container.kubeaudit.io/a.allow-host-path-mount-logs: a', all],
    ['kubeaudit, another volume', 'kubeaudit.io/allow-host-path-mount-log: a', all],
    [
      'kube-score',
      'kube-score/ignore: pod-probes, container-security-context-privileged',
      { ...all, privileged: undefined },
    ],
  ];
  for (const [name, line, expected] of cases)
    it(name, () => assert.deepEqual(found(line), JSON.parse(JSON.stringify(expected))));
});

describe('what tells another tool to leave one danger alone leaves out no other', () => {
  const context = '{ allowPrivilegeEscalation: true, capabilities: { add: [SYS_ADMIN, NET_ADMIN, SYS_TIME] } }';
  const pod = (annotation: string) =>
    `${HEAD}metadata:\n  name: a\n  annotations: { ${annotation} }\nspec:\n  hostPID: true\n  containers: [{ name: a, image: a, securityContext: ${context} }]\n`;
  const compose =
    'services:\n  a:\n    image: a\n    pid: host\n    cap_add: [SYS_ADMIN]\n    security_opt: [no-new-privileges:false]\n';
  /** What is left: the value that a finding stands at. */
  const left = (path: string, text: string) =>
    lint(path, text, { ...DEFAULT_SETTINGS, profile: 'strict' })
      .findings.filter(({ rule }) => ['added-capabilities', 'privilege-escalation', 'host-pid'].includes(rule))
      .map(({ range }) => text.slice(range.start, range.end));
  const inPod = ['true', 'SYS_ADMIN', 'NET_ADMIN', 'SYS_TIME'];
  const cases: [string, string, string, string[]][] = [
    ['nothing', 'pod.yaml', pod(''), inPod],
    [
      'SYS_ADMIN, by its id',
      'pod.yaml',
      `# kics-scan disable=235236ee-ad78-4065-bd29-61b061f28ce0\n${pod('')}`,
      ['true', 'NET_ADMIN', 'SYS_TIME'],
    ],
    [
      'SYS_ADMIN, by its name',
      'pod.yaml',
      `# dd-iac-scan disable=containers_with_sys_admin_capabilities\n${pod('')}`,
      ['true', 'NET_ADMIN', 'SYS_TIME'],
    ],
    [
      'capabilities but SYS_ADMIN',
      'pod.yaml',
      `# kics-scan disable=19ebaa28-fc86-4a58-bcfa-015c9e22fe40\n${pod('')}`,
      ['true', 'SYS_ADMIN'],
    ],
    ['SYS_ADMIN, Checkov', 'pod.yaml', pod('checkov.io/skip1: CKV_K8S_39=a'), ['true', 'NET_ADMIN', 'SYS_TIME']],
    [
      'dangerous capabilities, Polaris',
      'pod.yaml',
      pod('polaris.fairwinds.com/dangerousCapabilities-exempt: "true"'),
      ['true', 'SYS_TIME'],
    ],
    [
      'SYS_ADMIN, kubeaudit',
      'pod.yaml',
      pod('kubeaudit.io/allow-capability-sys-admin: a'),
      ['true', 'NET_ADMIN', 'SYS_TIME'],
    ],
    [
      'SYS_TIME, kubeaudit',
      'pod.yaml',
      pod('kubeaudit.io/allow-capability-sys-time: a'),
      ['true', 'SYS_ADMIN', 'NET_ADMIN'],
    ],
    [
      'new privileges of Compose, in a pod',
      'pod.yaml',
      `# dd-iac-scan disable=no_new_privileges_not_set\n${pod('')}`,
      inPod,
    ],
    [
      'the processes of the host for Compose, in a pod',
      'pod.yaml',
      `# kics-scan disable=4f31dd9f-2cc3-4751-9b53-67e4af83dac0\n${pod('')}`,
      inPod,
    ],
    [
      'ids of Kubernetes, in Compose',
      'compose.yaml',
      `# dd-iac-scan disable=containers_with_sys_admin_capabilities,privilege_escalation_allowed,shared_host_pid_namespace\n${compose}`,
      ['host', 'SYS_ADMIN', 'no-new-privileges:false'],
    ],
    [
      'new privileges, in Compose',
      'compose.yaml',
      `# dd-iac-scan disable=no_new_privileges_not_set\n${compose}`,
      ['host', 'SYS_ADMIN'],
    ],
  ];
  for (const [name, path, text, expected] of cases) it(name, () => assert.deepEqual(left(path, text), expected));
});

describe('accepting a finding', () => {
  function accepted(text: string, path = 'pod.yaml'): string | undefined {
    const result = lint(path, text, DEFAULT_SETTINGS);
    const linted = { path, settings: DEFAULT_SETTINGS, result };
    const fix = acceptFinding(linted, result.findings[0] as Finding);
    return fix && applyEdits(text, fix.edits);
  }
  const comment = '# bulkhead: ignore[host-network] reason';
  const cases: [string, string, string | undefined][] = [
    [
      'writes a line above it',
      `${HEAD}spec:\n  hostNetwork: true\n`,
      `${HEAD}spec:\n  ${comment}\n  hostNetwork: true\n`,
    ],
    [
      'keeps line ends of Windows',
      'apiVersion: v1\r\nkind: Pod\r\nspec:\r\n  hostNetwork: true',
      `apiVersion: v1\r\nkind: Pod\r\nspec:\r\n  ${comment}\r\n  hostNetwork: true`,
    ],
    [
      'keeps the comment that is there',
      `${HEAD}spec:\n  # why\n  hostNetwork: true # here\n`,
      `${HEAD}spec:\n  # why\n  ${comment}\n  hostNetwork: true # here\n`,
    ],
    [
      'works in a flow mapping',
      `${HEAD}spec: { hostNetwork: true }\n`,
      `${HEAD}${comment}\nspec: { hostNetwork: true }\n`,
    ],
    [
      'works in a flow mapping of several lines',
      `${HEAD}spec: {\n  hostNetwork: true\n}\n`,
      `${HEAD}spec: {\n  ${comment}\n  hostNetwork: true\n}\n`,
    ],
    [
      'works in a template that begins with an action',
      `{{- if .a }}\n${HEAD}spec:\n  hostNetwork: true\n{{- end }}\n`,
      `{{- if .a }}\n${HEAD}spec:\n  ${comment}\n  hostNetwork: true\n{{- end }}\n`,
    ],
    [
      'writes an annotation where no comment can stand',
      `${HEAD}metadata:\n  name: a\nspec: { a: "x\n  y", hostNetwork: true }\n`,
      `${HEAD}metadata:\n  name: a\n  annotations:\n    bulkhead.dev/ignore.host-network: reason\nspec: { a: "x\n  y", hostNetwork: true }\n`,
    ],
    [
      'writes an annotation into JSON',
      '{ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "a" }, "spec": { "hostNetwork": true } }',
      '{ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "a", "annotations": {"bulkhead.dev/ignore.host-network": "reason"} }, "spec": { "hostNetwork": true } }',
    ],
    [
      'writes an annotation beside others, into the object that is meant',
      '{ "apiVersion": "v1", "kind": "List", "items": [\n  { "apiVersion": "v1", "kind": "Pod", "metadata": { "annotations": {\n    "a": "b"\n  } }, "spec": { "hostNetwork": true } }\n] }',
      '{ "apiVersion": "v1", "kind": "List", "items": [\n  { "apiVersion": "v1", "kind": "Pod", "metadata": { "annotations": {\n    "a": "b",\n    "bulkhead.dev/ignore.host-network": "reason"\n  } }, "spec": { "hostNetwork": true } }\n] }',
    ],
    [
      'is not offered for what is found about exceptions',
      `${HEAD}spec:\n  a: 1 # bulkhead: ignore[host-network] a\n`,
      undefined,
    ],
  ];
  for (const [name, text, expected] of cases) it(name, () => assert.equal(accepted(text), expected));

  it('is not offered in a Compose file in JSON', () =>
    assert.equal(
      accepted('{ "services": { "a": { "image": "a", "network_mode": "host" } } }', 'compose.yaml'),
      undefined,
    ));

  it('says that an annotation is for all of an object', () => {
    const text = '{ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "a" }, "spec": { "hostNetwork": true } }';
    const result = lint('pod.json', text, DEFAULT_SETTINGS);
    const fix = acceptFinding({ path: 'pod.json', settings: DEFAULT_SETTINGS, result }, result.findings[0] as Finding);
    assert.equal(fix?.title, 'Accept host-network in all of Pod a with a reason');
    assert.equal(fix.placeholder, 'reason');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acceptFinding, applyEdits, DEFAULT_SETTINGS, type Finding, lint } from '../../shared-rules/index.ts';

const HEAD = 'apiVersion: v1\nkind: Pod\n';

function linesReported(text: string): number[] {
  return lint('pod.yaml', text, DEFAULT_SETTINGS).findings.map(
    ({ range }) => text.slice(0, range.start).split('\n').length,
  );
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
    ['KICS, not at the head', `${HEAD}# kics-scan ignore\n${spec}`, ['host-network', 'host-pid']],
    ['Datadog, ids in the file', `# dd-iac-scan disable=shared_host_pid_namespace\n${HEAD}${spec}`, ['host-network']],
    [
      'Datadog, beside the line',
      `${HEAD}spec:\n  hostPID: true # dd-iac-scan ignore-line\n  hostNetwork: true\n`,
      ['host-network'],
    ],
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
    ['is not offered in the middle of a text', `${HEAD}spec: { a: "x\n  y", hostNetwork: true }\n`, undefined],
    ['is not offered in JSON', '{ "apiVersion": "v1", "kind": "Pod", "spec": { "hostNetwork": true } }', undefined],
  ];
  for (const [name, text, expected] of cases) it(name, () => assert.equal(accepted(text), expected));
});

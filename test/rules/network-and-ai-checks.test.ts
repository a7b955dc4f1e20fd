import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aliasesOf, DEFAULT_SETTINGS, type Finding, lint, type RuleId } from '../../shared-rules/index.ts';

const SETTINGS = { ...DEFAULT_SETTINGS, profile: 'all' } as const;
const POD_ID = '6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a';
const COMPOSE_ID = '071a71ff-f868-47a4-ac0b-3c59e4ab5443';
const SLUG = 'shared_host_network_namespace';

function findingsOf(rule: RuleId, path: string, text: string): Finding[] {
  return lint(path, text, SETTINGS).findings.filter((finding) => finding.rule === rule);
}

const hostPod = (image: string) =>
  `apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n  containers: [{ name: a, image: ${image} }]\n`;
const hostService = (image: string) => `services:\n  a:\n    image: ${image}\n    network_mode: host\n`;
const namedHost =
  'services:\n  a: { image: nginx, networks: [outer] }\nnetworks:\n  outer: { name: host, external: true }\n';

describe("a finding about the host's network has the ids of what it is about", () => {
  const cases: [string, RuleId, string, string, { datadog: string[]; pss: string[]; cisDocker: string[] }][] = [
    [
      'a pod',
      'host-network',
      'pod.yaml',
      hostPod('nginx'),
      { datadog: [POD_ID, SLUG], pss: ['baseline'], cisDocker: [] },
    ],
    [
      'a pod with a model',
      'ai-host-network',
      'pod.yaml',
      hostPod('ollama/ollama'),
      { datadog: [POD_ID, SLUG], pss: ['baseline'], cisDocker: [] },
    ],
    [
      'a service',
      'host-network',
      'compose.yaml',
      hostService('nginx'),
      { datadog: [COMPOSE_ID, SLUG], pss: [], cisDocker: ['5.10'] },
    ],
    [
      'a service with a model',
      'ai-host-network',
      'compose.yaml',
      hostService('ollama/ollama'),
      { datadog: [COMPOSE_ID, SLUG], pss: [], cisDocker: ['5.10'] },
    ],
    [
      'a network that is named host',
      'host-network',
      'compose.yaml',
      namedHost,
      { datadog: [], pss: [], cisDocker: ['5.10'] },
    ],
    [
      'a command',
      'host-network',
      'run.sh',
      'docker run --network host nginx\n',
      { datadog: [], pss: [], cisDocker: ['5.10'] },
    ],
  ];
  for (const [name, rule, path, text, expected] of cases)
    it(name, () => {
      const [finding, ...others] = findingsOf(rule, path, text);
      assert.ok(finding && others.length === 0);
      const { datadog, pss, cisDocker } = aliasesOf(finding);
      assert.deepEqual({ datadog, pss, cisDocker }, expected);
    });
});

describe('an id of another tool for one surface leaves the other alone', () => {
  const cases: [string, string, string, number][] = [
    [POD_ID, 'pod.yaml', hostPod('nginx'), 0],
    [POD_ID, 'compose.yaml', hostService('nginx'), 1],
    [COMPOSE_ID, 'pod.yaml', hostPod('nginx'), 1],
    [COMPOSE_ID, 'compose.yaml', hostService('nginx'), 0],
    [SLUG, 'pod.yaml', hostPod('nginx'), 0],
    [SLUG, 'compose.yaml', hostService('nginx'), 0],
    [SLUG, 'compose.yaml', namedHost, 1],
  ];
  for (const [id, path, text, count] of cases)
    it(`${id} in ${path}, ${count} left`, () =>
      assert.equal(findingsOf('host-network', path, `# dd-iac-scan disable=${id}\n${text}`).length, count));
});

describe('an agent sandbox has the id for runtime classes where its own is one that does not isolate', () => {
  const sandbox = (...lines: string[]) =>
    [
      'apiVersion: agents.x-k8s.io/v1alpha1',
      'kind: Sandbox',
      'metadata: { name: a }',
      'spec:',
      '  podTemplate:',
      '    spec:',
      ...lines.map((line) => `      ${line}`),
      '      containers: [{ name: a, image: example.com/agent }]',
      '',
    ].join('\n');
  const cases: [string, string, string[]][] = [
    ['no runtime class', sandbox(), ['C-0297']],
    ['an ordinary one, and a part of the node', sandbox('runtimeClassName: runc', 'hostPID: true'), ['C-0297']],
    ['a part of the node alone', sandbox('runtimeClassName: gvisor', 'hostPID: true'), []],
  ];
  for (const [name, text, kubescape] of cases)
    it(name, () =>
      assert.deepEqual(
        findingsOf('weak-agent-sandbox', 'sandbox.yaml', text).map((finding) => aliasesOf(finding).kubescape),
        [kubescape],
      ),
    );
});

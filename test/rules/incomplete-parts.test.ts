import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint, type RuleId } from '../../shared-rules/index.ts';

/** How often a rule reports something, and where. */
function found(rule: RuleId, text: string): string[] {
  const { findings } = lint('a.yaml', text, { ...DEFAULT_SETTINGS, profile: 'all' });
  return findings.filter((one) => one.rule === rule).map(({ path }) => path);
}

const SELECTOR = '  selector: { matchLabels: { app: a } }\n';
const deployment = (containers: string, pod = '', selector = SELECTOR) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d }\nspec:\n${selector}  template:\n    metadata: { labels: { app: a } }\n    spec:\n${pod}      containers:\n${containers}`;
const A = '        - { name: a, image: i }\n';
const B = '        - { name: b }\n';
const SPEC = 'spec.template.spec';

describe('a container without an image beside one with an image', () => {
  const both = deployment(A + B);
  const onHost = (policy: string) => deployment(B, `      hostNetwork: true\n${policy}`, '');
  const cases: [string, RuleId, string, string[]][] = [
    ['does not hide what the other lacks', 'privilege-escalation', both, [`${SPEC}.containers[0].name`]],
    ['does not hide that the other may be root', 'runs-as-root', both, [`${SPEC}.containers[0].name`]],
    ['does not hide what the other keeps', 'net-raw', both, [`${SPEC}.containers[0].name`]],
    ['does not hide that the pod has no filter', 'seccomp-missing', both, [SPEC]],
    ['does not hide that the pod has no users of its own', 'no-user-namespace', both, [SPEC]],
    ['may declare a port', 'undeclared-host-ports', deployment(A + B, '      hostNetwork: true\n'), []],
    [
      'does not hide that the pod has the wrong resolver',
      'host-network-dns',
      deployment(A + B, '      hostNetwork: true\n'),
      [`${SPEC}.hostNetwork`],
    ],
    ['shows a patch where there is no selector', 'runs-as-root', deployment(A + B, '', ''), []],
    ['shows nothing where no image is', 'seccomp-missing', deployment(B), []],
    [
      'says what it drops',
      'net-raw',
      deployment(`${A}        - { name: b, securityContext: { capabilities: { drop: [CAP_NET_RAW] } } }\n`),
      [`${SPEC}.containers[0].name`, `${SPEC}.containers[1].securityContext.capabilities.drop[0]`],
    ],
    [
      'says what it drops in a patch',
      'net-raw',
      deployment('        - { name: b, securityContext: { capabilities: { drop: [CAP_ALL] } } }\n', '', ''),
      [`${SPEC}.containers[0].securityContext.capabilities.drop[0]`],
    ],
    [
      'says what it drops where a template adds more',
      'net-raw',
      deployment(
        '        - name: b\n          securityContext:\n            capabilities:\n              drop: [CAP_ALL]\n              add: {{ .Values.add }}\n',
      ),
      [`${SPEC}.containers[0].securityContext.capabilities.drop[0]`],
    ],
    [
      'says that it may gain privileges',
      'privilege-escalation',
      deployment('        - { name: b, securityContext: { allowPrivilegeEscalation: true } }\n', '', ''),
      [`${SPEC}.containers[0].securityContext.allowPrivilegeEscalation`],
    ],
    ['does not hide a policy', 'host-network-dns', onHost('      dnsPolicy: ClusterFirst\n'), [`${SPEC}.dnsPolicy`]],
    ['hides that there is none', 'host-network-dns', onHost(''), []],
    [
      'does not hide a runtime of a sandbox',
      'weak-agent-sandbox',
      'apiVersion: agents.x-k8s.io/v1alpha1\nkind: Sandbox\nmetadata: { name: s }\nspec:\n  podTemplate:\n    spec: { runtimeClassName: runc, containers: [{ name: b }] }\n',
      ['spec.podTemplate.spec.runtimeClassName'],
    ],
    [
      'hides that a sandbox names no runtime',
      'weak-agent-sandbox',
      'apiVersion: agents.x-k8s.io/v1alpha1\nkind: Sandbox\nmetadata: { name: s }\nspec:\n  podTemplate:\n    spec: { containers: [{ name: b }] }\n',
      [],
    ],
  ];
  for (const [name, rule, text, expected] of cases)
    it(`${name} (${rule})`, () => assert.deepEqual(found(rule, text), expected));
});

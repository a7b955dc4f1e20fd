import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';

/** How the message about the host's network begins, and that about the privileged container. */
function namesIn(path: string, text: string): string[] {
  const { findings } = lint(path, text, { ...DEFAULT_SETTINGS, profile: 'recommended' });
  return findings.flatMap(({ rule, message }) => {
    if (rule === 'host-network') return message.split(' shares ')[0] ?? [];
    return rule === 'privileged' ? (message.split(' is privileged')[0] ?? []) : [];
  });
}

const SPEC = '{ hostNetwork: true, containers: [{ name: c, image: i, securityContext: { privileged: true } }] }';

describe('what a message calls a workload', () => {
  const cases: [string, string, string, string[]][] = [
    [
      'its name',
      'a.yaml',
      `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: ${SPEC}\n`,
      ['Pod web', 'of Pod web'],
    ],
    [
      'what its name will begin with',
      'a.yaml',
      `apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: { generateName: build- }\nspec:\n  hostNetwork: true\n  templates: [{ name: t, container: { name: c, image: i, securityContext: { privileged: true } } }]\n`,
      ['Workflow build-*', 'of Workflow build-*'],
    ],
    [
      'its name where both are written',
      'a.yaml',
      `apiVersion: v1\nkind: Pod\nmetadata: { name: web, generateName: w- }\nspec: ${SPEC}\n`,
      ['Pod web', 'of Pod web'],
    ],
    [
      'an item of a list',
      'a.yaml',
      `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    metadata: { generateName: w- }\n    spec: ${SPEC}\n`,
      ['Pod w-*', 'of Pod w-*'],
    ],
    [
      'its kind where a template makes up the name',
      'templates/a.yaml',
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\nspec: ${SPEC}\n`,
      ['This Pod', 'of this Pod'],
    ],
    [
      'the same for a beginning',
      'templates/a.yaml',
      `apiVersion: v1\nkind: Pod\nmetadata:\n  generateName: {{ .Release.Name }}-\nspec: ${SPEC}\n`,
      ['This Pod', 'of this Pod'],
    ],
    [
      'a definition without a kind',
      'templates/_pod.tpl',
      `{{- define "pod" -}}\nhostNetwork: true\ncontainers:\n  - name: c\n    image: i\n    securityContext: { privileged: true }\n{{- end }}\n`,
      ['This workload', 'of this workload'],
    ],
    [
      'a container without a name',
      'a.sh',
      'docker run --net=host --privileged "$IMAGE"\n',
      ['This container', 'A container'],
    ],
    [
      'a service',
      'compose.yaml',
      'services: { web: { image: i, network_mode: host, privileged: true } }\n',
      ['Service web', 'Service web'],
    ],
  ];
  for (const [name, path, text, [network, privileged]] of cases)
    it(name, () => {
      const found = namesIn(path, text);
      assert.equal(found.length, 2);
      assert.ok(found.includes(network as string), found.join(', '));
      assert.ok(
        found.some((one) => one.endsWith(privileged as string)),
        found.join(', '),
      );
    });
});

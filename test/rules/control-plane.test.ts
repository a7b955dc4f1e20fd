import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';

const ANONYMOUS = ['api-server-anonymous-auth'];
const MODE = ['api-server-authorization-mode'];

/** Which of two rules about the API server report a container with some command, or with some more fields. */
function reported(container: string, kubernetesVersion = '', spec = ''): string[] {
  const image = spec === 'patch' ? '' : 'image: a, ';
  const text = `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers: [{ name: a, ${image}${container} }]\n`;
  const settings = { ...DEFAULT_SETTINGS, profile: 'all', kubernetesVersion } as const;
  const { findings } = lint('pod.yaml', text, settings);
  return findings.map(({ rule }) => rule).filter((rule) => [...ANONYMOUS, ...MODE].includes(rule));
}

describe('a container is the API server', () => {
  const cases: [string, string, boolean][] = [
    ['by the first word', 'command: [kube-apiserver]', true],
    ['behind a path', 'command: [/usr/local/bin/kube-apiserver]', true],
    ['by the first argument', 'args: [kube-apiserver]', true],
    ['behind hyperkube', 'command: [/hyperkube, kube-apiserver]', true],
    ['behind go-runner and its flags', 'command: [/go-runner, --log-file=/a, kube-apiserver]', true],
    ['in a script', 'command: [sh, -c, "set -e; exec kube-apiserver"]', true],
    ['in a script in args', 'command: [/bin/sh, -ec], args: ["kube-apiserver >/log 2>&1"]', true],
    ['not by another word', 'command: [wait-for, kube-apiserver]', false],
    ['not by its image', 'args: [--secure-port=6443]', false],
    ['not as a part of a name', 'command: [kube-apiserver-proxy]', false],
  ];
  for (const [name, container, isOne] of cases)
    it(name, () => assert.deepEqual(reported(container), isOne ? MODE : []));
});

describe('a flag of a program', () => {
  const cases: [string, string, string[]][] = [
    ['has its value behind =', '--authorization-mode=RBAC', ANONYMOUS],
    ['has its value in the next word', '--authorization-mode, RBAC', ANONYMOUS],
    ['may be written with underscores', '--authorization_mode=RBAC', ANONYMOUS],
    ['adds up where it is a list', '--authorization-mode=AlwaysAllow, --authorization-mode=RBAC', MODE],
    [
      'counts the last time where it is a boolean',
      '--authorization-mode=RBAC, --anonymous-auth, --anonymous-auth=0',
      [],
    ],
    ['is true without a value, whatever comes next', '--authorization-mode=RBAC, --anonymous-auth, "false"', ANONYMOUS],
    ['with a value that the program refuses is left alone', '--authorization-mode=RBAC, --anonymous-auth=no', []],
    ['has no known value behind a variable', '--authorization-mode=$(MODE)', ANONYMOUS],
    ['may come from a variable', '$(FLAGS)', []],
    ['does not come from what only looks like a variable', '"--etcd-prefix=$$(A)"', MODE],
  ];
  for (const [name, flags, expected] of cases)
    it(name, () => assert.deepEqual(reported(`command: [kube-apiserver, ${flags}]`), expected));

  it('may be in the rest of what a patch changes', () => {
    assert.deepEqual(reported('command: [kube-apiserver]', '', 'patch'), []);
    assert.deepEqual(reported('command: [kube-apiserver, --authorization-mode=AlwaysAllow]', '', 'patch'), MODE);
  });

  it('is left to a file of configuration where the version reads it', () => {
    const container = 'command: [kube-apiserver, --authorization-mode=RBAC, --authentication-config=/a.yaml]';
    assert.deepEqual(reported(container, '1.30'), ANONYMOUS);
    assert.deepEqual(reported(container, '1.31'), []);
    assert.deepEqual(reported(container), []);
  });
});

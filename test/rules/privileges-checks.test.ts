import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aliasesOf, DEFAULT_SETTINGS, type Finding, lint, type RuleId } from '../../shared-rules/index.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;

function findingsOf(rule: RuleId, path: string, text: string): Finding[] {
  return lint(path, text, settings).findings.filter((finding) => finding.rule === rule);
}

function pod(context: string, rest = ''): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n${rest}  containers:\n    - { name: a, image: a, securityContext: ${context} }\n`;
}

function service(line: string): string {
  return `services:\n  a:\n    image: a\n    ${line}\n`;
}

describe('the ids of a finding in other tools are those of what they would report', () => {
  const SYS_ADMIN = '235236ee-ad78-4065-bd29-61b061f28ce0';
  const ADDED = '19ebaa28-fc86-4a58-bcfa-015c9e22fe40';
  const UNRESTRICTED = 'ce76b7d0-9e77-464d-b86f-c5c48e03e22d';
  const adding = (name: string) => pod(`{ capabilities: { add: [${name}] } }`);
  const cases: [string, RuleId, string, string, string[]][] = [
    ['SYS_ADMIN', 'added-capabilities', 'a.yaml', adding('SYS_ADMIN'), [SYS_ADMIN]],
    ['CAP_SYS_ADMIN', 'added-capabilities', 'a.yaml', adding('CAP_SYS_ADMIN'), [SYS_ADMIN]],
    ['NET_ADMIN', 'added-capabilities', 'a.yaml', adding('NET_ADMIN'), [ADDED]],
    ['ALL', 'added-capabilities', 'a.yaml', adding('ALL'), [ADDED]],
    ['SYS_TIME', 'added-capabilities', 'a.yaml', adding('SYS_TIME'), [ADDED]],
    ['SYS_ADMIN in Compose', 'added-capabilities', 'compose.yaml', service('cap_add: [SYS_ADMIN]'), [UNRESTRICTED]],
    [
      'escalation that is not switched off',
      'privilege-escalation',
      'a.yaml',
      pod('{ privileged: false }'),
      ['5572cc5e-1e4c-4113-92a6-7a8a3bd25e6d'],
    ],
    [
      'new privileges in Compose',
      'privilege-escalation',
      'compose.yaml',
      service('security_opt: [no-new-privileges:false]'),
      ['27fcc7d6-c49b-46e0-98f1-6c082a6a2750'],
    ],
    [
      'the host processes of a pod',
      'host-pid',
      'a.yaml',
      pod('{}', '  hostPID: true\n'),
      ['302736f4-b16c-41b8-befe-c0baffa0bd9d'],
    ],
    [
      'the host processes of a service',
      'host-pid',
      'compose.yaml',
      service('pid: host'),
      ['4f31dd9f-2cc3-4751-9b53-67e4af83dac0'],
    ],
    ['seccomp that is off in Kubernetes', 'unconfined', 'a.yaml', pod('{ seccompProfile: { type: Unconfined } }'), []],
    [
      'seccomp that is off in Compose',
      'unconfined',
      'compose.yaml',
      service('security_opt: ["seccomp:unconfined"]'),
      ['404fde2c-bc4b-4371-9747-7054132ac953'],
    ],
    [
      'AppArmor that is off in Compose',
      'unconfined',
      'compose.yaml',
      service('security_opt: ["apparmor:unconfined"]'),
      [],
    ],
    [
      'a sysctl on no list',
      'unsafe-sysctl',
      'a.yaml',
      pod('{}', '  securityContext: { sysctls: [{ name: kernel.msgmax, value: "1" }] }\n'),
      ['9127f0d9-2310-42e7-866f-5fd9d20dcbad'],
    ],
    [
      'a safe sysctl on the network of the node',
      'unsafe-sysctl',
      'a.yaml',
      pod(
        '{}',
        '  hostNetwork: true\n  securityContext: { sysctls: [{ name: net.ipv4.tcp_syncookies, value: "1" }] }\n',
      ),
      [],
    ],
    ['the cgroup namespace of the host', 'host-cgroup-namespace', 'compose.yaml', service('cgroup: host'), []],
    ['all of /proc', 'unmasked-proc', 'a.yaml', pod('{ procMount: Unmasked }'), []],
  ];
  for (const [name, rule, path, text, ids] of cases)
    it(name, () => {
      const findings = findingsOf(rule, path, text);
      assert.equal(findings.length, 1);
      const { kics, datadog } = aliasesOf(findings[0] as Finding);
      assert.deepEqual(kics, ids);
      assert.deepEqual(
        datadog.filter((id) => /^[\da-f]{8}-/.test(id)),
        ids,
      );
    });
});

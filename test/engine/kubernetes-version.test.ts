import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';
import { isAtLeast } from '../../shared-rules/model/kubernetes/version.ts';

describe('a version of Kubernetes', () => {
  const cases: [string | undefined, boolean][] = [
    ['1.31', true],
    ['v1.31.2', true],
    ['1.31.4-gke.100', true],
    ['1.9', false],
    ['1.30', false],
    ['1.30.14+rke2r1', false],
    ['1.310', true],
    [undefined, true],
    ['', true],
    ['latest', true],
    ['2.0', true],
  ];
  for (const [version, expected] of cases)
    it(`${version} ${expected ? 'has' : 'has not'} what came with 1.31`, () =>
      assert.equal(isAtLeast(version, 31), expected));
});

/** The rules and severities of what is found for a version. */
function found(text: string, kubernetesVersion: string | undefined): string[] {
  const settings = { ...DEFAULT_SETTINGS, profile: 'strict', kubernetesVersion } as const;
  return lint('a.yaml', text, settings).findings.map(({ rule, severity }) => `${rule} ${severity}`);
}

describe('a rule that goes by the version of Kubernetes', () => {
  const pod = (context: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  hostUsers: false\n  ${context}\n`;
  const sysctl = pod('securityContext: { sysctls: [{ name: net.ipv4.tcp_rmem, value: "1 2 3" }] }');
  const selinux = pod('securityContext: { seLinuxOptions: { type: container_engine_t } }');
  const proc = pod('containers: [{ name: a, securityContext: { procMount: Unmasked } }]');
  const cronJob = 'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: { name: a }\n';
  const cases: [string, string, string | undefined, string[]][] = [
    ['unsafe-sysctl before the sysctl was safe', sysctl, '1.31', ['unsafe-sysctl high']],
    ['unsafe-sysctl since then', sysctl, '1.32', []],
    ['unsafe-sysctl without a version', sysctl, undefined, []],
    ['custom-selinux before the type was ordinary', selinux, '1.30', ['custom-selinux medium']],
    ['custom-selinux since then', selinux, '1.31', []],
    ['unmasked-proc before the baseline allowed it', proc, '1.34', ['unmasked-proc medium']],
    ['unmasked-proc since then', proc, '1.35', ['unmasked-proc low']],
    ['removed-api before the removal', cronJob, '1.24', []],
    ['removed-api since then', cronJob, 'v1.25.3', ['removed-api low']],
    ['removed-api for a version that is none', cronJob, 'stable', ['removed-api low']],
  ];
  for (const [name, text, version, expected] of cases) it(name, () => assert.deepEqual(found(text, version), expected));
});

describe('profiles of seccomp and AppArmor in the version that reads them', () => {
  /** @param annotations the name and value of each, the parts of a name being `pod` or a container */
  const pod = (annotations: string[], ofPod = '{}', ofContainer = '{}') =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations:\n${annotations.map((one) => `    ${one}\n`).join('')}    x: y\nspec:\n  securityContext: ${ofPod}\n  containers:\n    - { name: c, image: i, securityContext: ${ofContainer} }\n`;
  const of = (text: string, kubernetesVersion: string | undefined) => {
    const settings = { ...DEFAULT_SETTINGS, profile: 'all', kubernetesVersion } as const;
    const { findings } = lint('a.yaml', text, settings);
    const own = findings.filter(({ rule }) => rule === 'unconfined' || rule === 'seccomp-missing');
    return own.map(({ rule, severity, range }) => `${rule} ${severity} ${text.slice(range.start, range.end)}`);
  };
  const POD = 'seccomp.security.alpha.kubernetes.io/pod';
  const CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/c';
  const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/c';
  const MISSING = 'seccomp-missing low securityContext';
  const filtered = '{ seccompProfile: { type: RuntimeDefault } }';
  const unfiltered = '{ seccompProfile: { type: Unconfined } }';
  const noAppArmor = '{ seccompProfile: { type: RuntimeDefault }, appArmorProfile: { type: Unconfined } }';
  const cases: [string, string, string | undefined, string[]][] = [
    ['seccomp of the pod that is off', pod([`${POD}: unconfined`]), '1.26', ['unconfined high unconfined']],
    ['the same where it is ignored', pod([`${POD}: unconfined`]), '1.27', [MISSING]],
    ['the same for the newest version', pod([`${POD}: unconfined`]), undefined, [MISSING]],
    ['seccomp of the pod that is on', pod([`${POD}: runtime/default`]), '1.26', []],
    ['the same where it is ignored', pod([`${POD}: docker/default`]), '1.27', [MISSING]],
    ['seccomp of a container that is on', pod([`${CONTAINER}: runtime/default`]), '1.22', []],
    ['seccomp of a container that is off', pod([`${CONTAINER}: unconfined`]), '1.26', ['unconfined high unconfined']],
    ['seccomp of another container', pod([`${CONTAINER}d: runtime/default`]), '1.26', [MISSING]],
    ['a field of the pod before its annotation', pod([`${POD}: unconfined`], filtered), '1.26', []],
    [
      'an annotation of a container before the field of its pod',
      pod([`${CONTAINER}: runtime/default`], unfiltered),
      '1.26',
      ['unconfined low Unconfined'],
    ],
    [
      'the same where it is ignored',
      pod([`${CONTAINER}: runtime/default`], unfiltered),
      '1.27',
      ['unconfined high Unconfined'],
    ],
    [
      'an annotation of the pod that its container overrides',
      pod([`${POD}: unconfined`], '{}', filtered),
      '1.26',
      ['unconfined low unconfined'],
    ],
    ['a field of AppArmor before there was one', pod([], noAppArmor), '1.29', []],
    ['a field of AppArmor', pod([], noAppArmor), '1.30', ['unconfined medium Unconfined']],
    ['AppArmor in an annotation', pod([`${APPARMOR}: unconfined`], filtered), '1.29', ['unconfined medium unconfined']],
    ['AppArmor in an annotation', pod([`${APPARMOR}: unconfined`], filtered), '1.34', ['unconfined medium unconfined']],
    [
      'AppArmor in an annotation beside a field that the version drops',
      pod([`${APPARMOR}: unconfined`], filtered, '{ appArmorProfile: { type: RuntimeDefault } }'),
      '1.29',
      ['unconfined medium unconfined'],
    ],
    [
      'AppArmor in an annotation beside a field',
      pod([`${APPARMOR}: unconfined`], filtered, '{ appArmorProfile: { type: RuntimeDefault } }'),
      '1.30',
      [],
    ],
    [
      'AppArmor of the pod that an annotation overrides',
      pod([`${APPARMOR}: runtime/default`], noAppArmor),
      undefined,
      ['unconfined low Unconfined'],
    ],
  ];
  for (const [name, text, version, expected] of cases)
    it(`${name} (${version ?? 'the newest'})`, () => assert.deepEqual(of(text, version), expected));
});

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

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aliasesOf, DEFAULT_SETTINGS, lint, type RuleId } from '../../shared-rules/index.ts';

/** Ids of other tools that a finding has, beside those of weaknesses and attacks. */
function idsOf(rule: RuleId, path: string, text: string): string[] {
  const { findings, failures } = lint(path, text, { ...DEFAULT_SETTINGS, profile: 'all' });
  assert.deepEqual(failures, []);
  const finding = findings.find((one) => one.rule === rule);
  assert.ok(finding, `${rule} is not reported`);
  const { cwe, attack, ...others } = aliasesOf(finding);
  return Object.values(others).flat();
}

function podWith(path: string, more = ''): string {
  return `apiVersion: v1
kind: Pod
metadata: { name: a${more} }
spec:
  containers: [{ name: a, image: a, volumeMounts: [{ name: host, mountPath: /host }] }]
  volumes: [{ name: host, hostPath: { path: ${path} } }]
`;
}

const composeWith = (path: string) => `services: { a: { image: a, volumes: ["${path}:/host"] } }\n`;

/** An id, and whether the finding about a path has it. */
type Case = readonly [rule: RuleId, id: string, has: readonly string[], hasNot: readonly string[]];

const IN_PODS: readonly Case[] = [
  [
    'runtime-socket',
    'CKV_K8S_27',
    ['/var/run/docker.sock', '/run/docker.sock'],
    ['/run/containerd/containerd.sock', '/var/run', '/run/podman/podman.sock', '/var/lib/kubelet/device-plugins'],
  ],
  [
    'runtime-socket',
    'C-0074',
    ['/var/run/docker.sock', '/run/containerd/containerd.sock', '/run/crio/crio.sock'],
    ['/run/dbus/system_bus_socket', '/var/lib/kubelet/device-plugins'],
  ],
  ['runtime-socket', 'docker_socket_mounted_in_container', [], ['/var/run/docker.sock']],
  ['runtime-socket', 'baseline', ['/var/run/docker.sock', '/var/lib/kubelet/device-plugins'], []],
  ['sensitive-host-path', 'sensitive-host-mounts', ['/etc', '/proc', '/etc/ssh'], ['/var/lib/etcd', '/opt/cni/bin']],
  [
    'sensitive-host-path',
    'workload_mounting_with_sensitive_os_directory',
    ['/etc', '/var/lib/etcd', '/root/.ssh'],
    ['/opt/cni/bin', '/data/.aws'],
  ],
];

const IN_COMPOSE: readonly Case[] = [
  ['runtime-socket', 'docker_socket_mounted_in_container', ['/var/run/docker.sock'], ['/run/podman/podman.sock']],
  ['runtime-socket', 'CKV_K8S_27', [], ['/var/run/docker.sock']],
  ['sensitive-host-path', 'volume_has_sensitive_host_directory', ['/etc', '/var/lib/docker'], ['~/.aws']],
  ['sensitive-host-path', '5.6', ['/usr'], ['/var/lib/docker', '~/.aws']],
];

describe('ids of other tools', () => {
  const suites = [
    ['pod.yaml', podWith, IN_PODS],
    ['compose.yaml', composeWith, IN_COMPOSE],
  ] as const;
  for (const [file, textWith, cases] of suites)
    for (const [rule, id, has, hasNot] of cases)
      it(`${id} is that of ${has.join(', ') || 'no path'} in ${file}, and not of ${hasNot.join(', ') || 'none'}`, () => {
        const own = (path: string) => idsOf(rule, file, textWith(path)).includes(id);
        assert.deepEqual([...has, ...hasNot].filter(own), has);
      });

  it('leave out findings that they do not mean', () => {
    const datadog = 'non_kube_system_pod_with_host_mount';
    assert.ok(idsOf('host-path', 'pod.yaml', podWith('/data')).includes(datadog));
    assert.ok(!idsOf('host-path', 'pod.yaml', podWith('/data', ', namespace: kube-system')).includes(datadog));
    const volume = (source: string) =>
      `apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: a }\nspec: { ${source}: { path: /data } }\n`;
    assert.ok(idsOf('host-path', 'volume.yaml', volume('hostPath')).includes(datadog));
    assert.deepEqual(idsOf('host-path', 'volume.yaml', volume('local')), []);
  });

  it('silence no other danger', () => {
    const annotated = (path: string) =>
      lint('pod.yaml', podWith(path, ', annotations: { ignore-check.kube-linter.io/docker-sock: reads events }'), {
        ...DEFAULT_SETTINGS,
        profile: 'all',
      }).findings.some(({ rule }) => rule === 'runtime-socket');
    assert.equal(annotated('/var/run/docker.sock'), false);
    assert.equal(annotated('/run/containerd/containerd.sock'), true);
  });
});

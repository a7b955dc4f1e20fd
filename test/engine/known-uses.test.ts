import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KNOWN_HOST_USERS } from '../../shared-rules/engine/known-host-users/catalogue.ts';
import { DEFAULT_SETTINGS, type Finding, type LintSettings, lint } from '../../shared-rules/index.ts';
import { classify } from '../../shared-rules/model/ai/classify.ts';

interface Container {
  image: string;
  privileged?: boolean;
  mounts?: string[];
}

/** An object of a kind with a pod spec, as JSON. */
function workload(kind: string, containers: Container[], spec: object = {}): string {
  const pod = {
    ...spec,
    volumes: [
      { name: 'logs', hostPath: { path: '/var/log' } },
      { name: 'socket', hostPath: { path: '/var/run/docker.sock' } },
    ],
    containers: containers.map(({ image, privileged = false, mounts = [] }, index) => ({
      name: `c${index}`,
      image,
      securityContext: { privileged },
      volumeMounts: mounts.map((name) => ({ name, mountPath: `/${name}` })),
    })),
  };
  const apiVersion = kind === 'Pod' ? 'v1' : 'apps/v1';
  const template = kind === 'Pod' ? pod : { template: { spec: pod } };
  return JSON.stringify({ apiVersion, kind, metadata: { name: 'node-exporter' }, spec: template });
}

function found(text: string, settings: Partial<LintSettings> = {}, path = 'a.json'): Finding[] {
  const { findings, failures } = lint(path, text, { ...DEFAULT_SETTINGS, ...settings });
  assert.deepEqual(failures, []);
  return [...findings];
}

/** The rules that report, with `low` where the finding was eased. */
function levels(text: string, settings: Partial<LintSettings> = {}, path?: string): string[] {
  const socketOrLogs = (finding: Finding) => !['sensitive-host-path', 'runtime-socket'].includes(finding.rule);
  return found(text, settings, path)
    .filter(socketOrLogs)
    .map(({ rule, severity }) => `${rule} ${severity}`);
}

const network = { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' };
const exporter = 'quay.io/prometheus/node-exporter:v1.9.0';

describe('a known host user', () => {
  it('is told of mildly, with who it is, and without fixes that would break it', () => {
    const [finding] = found(workload('DaemonSet', [{ image: exporter }], network));
    assert.equal(finding?.severity, 'low');
    assert.match(
      finding.message,
      /Here it may stay: quay\.io\/prometheus\/node-exporter is Prometheus' node exporter, which needs this\. Accept it and write down the reason\.$/,
    );
    assert.deepEqual(finding.fixes(), []);
  });

  const cases: [string, string, string[]][] = [
    [
      'may come from a mirror',
      workload('DaemonSet', [{ image: 'mirror.local/quay/prom/node-exporter@sha256:a' }], network),
      ['host-network low'],
    ],
    ['is not known by its name', workload('DaemonSet', [{ image: 'acme/agent' }], network), ['host-network medium']],
    [
      'is not known by a part of its name',
      workload('DaemonSet', [{ image: 'acme/not-prometheus-node-exporter' }], network),
      ['host-network medium'],
    ],
    ['is not known in another kind', workload('Deployment', [{ image: exporter }], network), ['host-network medium']],
    [
      'needs no more than it needs',
      workload('DaemonSet', [{ image: exporter, privileged: true }]),
      ['privileged high'],
    ],
    [
      'may have sidecars for what the whole pod has',
      workload('DaemonSet', [{ image: 'acme/proxy' }, { image: exporter }], { hostPID: true }),
      ['host-pid low'],
    ],
    [
      'does not speak for its sidecars',
      workload('DaemonSet', [
        { image: 'acme/proxy', privileged: true },
        { image: 'calico/node', privileged: true },
      ]),
      ['privileged high', 'privileged low'],
    ],
    [
      'may be a static pod',
      workload('Pod', [{ image: 'registry.k8s.io/kube-apiserver:v1.33.0' }], network),
      ['host-network low'],
    ],
    [
      'is no AI workload',
      workload('DaemonSet', [{ image: exporter }, { image: 'vllm/vllm-openai' }], { hostPID: true, hostNetwork: true }),
      ['host-pid high', 'ai-host-network high'].sort(),
    ],
  ];
  for (const [name, text, expected] of cases)
    it(name, () => assert.deepEqual(levels(text).sort(), [...expected].sort()));

  it('has to be known for a volume by all that mount it', () => {
    const logs = (...images: string[]) =>
      found(
        workload(
          'DaemonSet',
          images.map((image) => ({ image, mounts: ['logs', 'socket'] })),
        ),
      ).map(({ rule, severity }) => `${rule} ${severity}`);
    assert.deepEqual(logs('fluent/fluent-bit'), ['sensitive-host-path low', 'runtime-socket high']);
    assert.deepEqual(logs('fluent/fluent-bit', 'acme/shell'), ['sensitive-host-path medium', 'runtime-socket high']);
  });

  it('is known in Compose, by its image', () => {
    const file = (image: string) => `services:\n  node-exporter:\n    image: ${image}\n    pid: host\n`;
    assert.deepEqual(levels(file('prom/node-exporter:latest'), {}, 'compose.yaml'), ['host-pid low']);
    assert.deepEqual(levels(file('nginx'), {}, 'compose.yaml'), ['host-pid high']);
    assert.deepEqual(levels(file('$' + '{IMAGE}'), {}, 'compose.yaml'), ['host-pid high']);
  });

  it('hides nothing of a service that shares its settings', () => {
    const text =
      'x-host: &host\n  pid: host\nservices:\n  a: { <<: *host, image: prom/node-exporter }\n  b: { <<: *host, image: nginx }\n';
    assert.deepEqual(levels(text, {}, 'compose.yaml'), ['host-pid high']);
  });

  it('keeps the severity that the user gave', () => {
    const text = workload('DaemonSet', [{ image: exporter }], network);
    assert.deepEqual(levels(text, { severity: { 'host-network': 'high' } }), ['host-network high']);
  });
});

describe('a host user of the settings', () => {
  const text = (kind: string) => workload(kind, [{ image: 'ghcr.io/acme/agent:v2', privileged: true }], network);
  const entry = { image: 'Acme/*', reason: 'It counts packets' };
  const cases: [string, LintSettings['knownHostUsers'][number], string, string[]][] = [
    ['counts for any kind and danger', entry, 'Deployment', ['host-network low', 'privileged low']],
    [
      'counts for some kinds',
      { ...entry, kinds: ['DaemonSet'] },
      'Deployment',
      ['host-network medium', 'privileged high'],
    ],
    ['counts for some rules', { ...entry, rules: ['host-network'] }, 'Pod', ['host-network low', 'privileged high']],
    ['counts for its image', { ...entry, image: 'other/*' }, 'Pod', ['host-network medium', 'privileged high']],
  ];
  for (const [name, one, kind, expected] of cases)
    it(name, () => assert.deepEqual(levels(text(kind), { knownHostUsers: [one] }).sort(), expected));

  it('is told of with its reason', () => {
    const [finding] = found(text('Pod'), { knownHostUsers: [entry] });
    assert.match(
      finding?.message ?? '',
      /ghcr\.io\/acme\/agent is listed as a known host user \(It counts packets\)\.$/,
    );
  });

  it('may be an AI workload where its rule says so', () => {
    const ai = workload('Pod', [{ image: 'vllm/vllm-openai' }], network);
    const listed = (rules?: ['ai-host-network']) =>
      levels(ai, { knownHostUsers: [{ image: 'vllm/*', reason: 'measured', ...(rules && { rules }) }] });
    assert.deepEqual(listed(), ['ai-host-network high']);
    assert.deepEqual(listed(['ai-host-network']), ['ai-host-network low']);
  });
});

/** What a program's own manifest asks for, in short. */
interface Asked {
  readonly spec?: object;
  readonly securityContext?: object;
  readonly paths?: readonly string[];
}

/** The rules that report above `low`. */
function notEased(image: string, { spec = {}, securityContext = {}, paths = [] }: Asked): string[] {
  const names = paths.map((_, index) => `v${index}`);
  const pod = {
    ...spec,
    volumes: paths.map((path, index) => ({ name: names[index], hostPath: { path } })),
    containers: [
      { name: 'c', image, securityContext, volumeMounts: names.map((name) => ({ name, mountPath: `/${name}` })) },
    ],
  };
  const metadata = { name: 'x' };
  const text = JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: { template: { spec: pod } },
  });
  return found(text)
    .filter(({ severity }) => severity !== 'low')
    .map(({ rule }) => rule)
    .sort();
}

const privileged = { privileged: true };
const added = (...add: string[]) => ({ capabilities: { drop: ['ALL'], add } });
const kubelet = ['/var/lib/kubelet', '/var/lib/kubelet/plugins_registry', '/dev'];

describe('what a node agent asks for in its own manifest', () => {
  const agents: [string, Asked][] = [
    ['docker.io/istio/ztunnel:1.27.0', { securityContext: added('NET_ADMIN', 'SYS_ADMIN', 'NET_RAW') }],
    [
      'docker.io/istio/install-cni:1.27.0',
      {
        spec: network,
        securityContext: { ...added('NET_ADMIN', 'SYS_PTRACE', 'SYS_ADMIN'), appArmorProfile: { type: 'Unconfined' } },
        paths: ['/opt/cni/bin', '/proc', '/etc/cni/net.d', '/var/run/ztunnel'],
      },
    ],
    ['docker.io/kumahq/kuma-cni:2.11.0', { spec: network, paths: ['/opt/cni/bin', '/etc/cni/net.d'] }],
    [
      'ghcr.io/k8snetworkplumbingwg/multus-cni:snapshot-thick',
      { spec: { ...network, hostPID: true }, securityContext: privileged, paths: ['/', '/run', '/opt/cni/bin'] },
    ],
    ['quay.io/kubeovn/kube-ovn:v1.14.0', { spec: { ...network, hostPID: true }, paths: ['/run/containerd'] }],
    [
      'quay.io/cephcsi/cephcsi:v3.14.0',
      { spec: { ...network, hostPID: true }, securityContext: privileged, paths: kubelet },
    ],
    ['public.ecr.aws/ebs-csi-driver/aws-ebs-csi-driver:v1.40.0', { securityContext: privileged, paths: kubelet }],
    ['openebs/mayastor-io-engine:v2.8.0', { spec: network, securityContext: privileged, paths: ['/dev', '/run/udev'] }],
    [
      'ghcr.io/topolvm/topolvm-with-sidecar:0.36.0',
      { spec: { hostPID: true }, securityContext: privileged, paths: kubelet },
    ],
    ['quay.io/piraeusdatastore/drbd9-noble:v9.2', { securityContext: added('SYS_MODULE'), paths: ['/lib/modules'] }],
    ['quay.io/cilium/tetragon:v1.4.0', { spec: network, securityContext: privileged, paths: ['/proc', '/sys/fs/bpf'] }],
    ['docker.io/aquasec/tracee:0.23.0', { spec: { hostPID: true }, paths: ['/var/run/docker.sock'] }],
    ['kubearmor/kubearmor:stable', { spec: { ...network, hostPID: true }, securityContext: added('SYS_ADMIN') }],
    [
      'ghcr.io/parca-dev/parca-agent:v0.39.0',
      { spec: { hostPID: true }, securityContext: privileged, paths: ['/run'] },
    ],
    ['otel/opentelemetry-collector-contrib:0.130.0', { paths: ['/', '/var/log/pods'] }],
    ['ghcr.io/spegel-org/spegel:v0.3.0', { paths: ['/run/containerd/containerd.sock'] }],
    [
      'quay.io/kata-containers/kata-deploy:3.19.0',
      { spec: { hostPID: true }, securityContext: privileged, paths: ['/'] },
    ],
    ['intel/intel-gpu-plugin:0.32.0', { paths: ['/dev/dri', '/var/lib/kubelet/device-plugins'] }],
  ];
  for (const [image, asked] of agents) it(`is eased for ${image}`, () => assert.deepEqual(notEased(image, asked), []));

  const others: [string, Asked, string[]][] = [
    [
      'istio/ztunnel',
      { spec: { hostPID: true }, securityContext: privileged, paths: ['/'] },
      ['host-pid', 'privileged', 'runtime-socket'],
    ],
    ['linkerd/cni-plugin', { spec: { hostPID: true, hostIPC: true } }, ['host-ipc', 'host-pid']],
    ['kumahq/kuma-cni', { securityContext: privileged }, ['privileged']],
    ['k8snetworkplumbingwg/whereabouts', { paths: ['/var/run/docker.sock'] }, ['runtime-socket']],
    ['ebs-csi-driver/aws-ebs-csi-driver', { spec: { hostPID: true } }, ['host-pid']],
    ['openebs/lvm-driver', { spec: network }, ['host-network']],
    ['aws-secrets-manager/secrets-store-csi-driver-provider-aws', { securityContext: privileged }, ['privileged']],
    ['spegel-org/spegel', { securityContext: privileged }, ['privileged']],
    ['intel/intel-gpu-plugin', { spec: network }, ['host-network']],
    ['acme/ztunnel', { securityContext: added('SYS_ADMIN') }, ['added-capabilities']],
  ];
  for (const [image, asked, expected] of others)
    it(`is all that is eased for ${image}`, () => assert.deepEqual(notEased(image, asked), expected));
});

describe('the catalogue of known host users', () => {
  for (const { what, images, kinds, needs, source } of Object.values(KNOWN_HOST_USERS).flat())
    it(`says where ${what} asks, tells it from AI workloads, and eases no AI rule`, () => {
      assert.match(source, /^[\w.-]+\/[\w.-]+ \S/);
      assert.ok(kinds.length > 0 && needs.length > 0);
      assert.deepEqual(
        needs.filter((rule) => rule.startsWith('ai-')),
        [],
      );
      for (const image of images) {
        assert.match(image, /^[a-z0-9*]([a-z0-9*._/-]*[a-z0-9*])?$/);
        const traits = [
          {
            aspect: 'image',
            text: image.replaceAll('*', 'x'),
            at: { range: { start: 0, end: 0 }, path: '', file: undefined },
          },
        ] as const;
        assert.notEqual(
          classify({ kind: `apps/${kinds[0]}`, namespace: undefined, traits, override: undefined }).class,
          'ai',
        );
      }
    });
});

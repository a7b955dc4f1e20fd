import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Audit, audit, DEFAULT_SETTINGS, type Finding, lint, type Profile } from '../../shared-rules/index.ts';

function audited(text: string | object, profile: Profile = 'strict'): Audit {
  const found = audit(typeof text === 'string' ? text : JSON.stringify(text, undefined, 4), {
    ...DEFAULT_SETTINGS,
    profile,
  });
  assert.deepEqual(found.result.failures, []);
  return found;
}

function findingsOf(text: string | object): readonly Finding[] {
  return audited(text).result.findings;
}

/** A container as Docker 28 describes one that was created with no options, as far as the rules look. */
function docker(hostConfig: object, other: object = {}) {
  return {
    Id: '7c4a8d09ca3762af61e59520943dc26494f8941b7c4a8d09ca3762af61e59520',
    Name: '/web',
    Image: 'sha256:9bdd',
    AppArmorProfile: 'docker-default',
    Mounts: [],
    HostConfig: {
      Binds: null,
      NetworkMode: 'bridge',
      PortBindings: {},
      CapAdd: null,
      CgroupnsMode: 'private',
      IpcMode: 'private',
      PidMode: '',
      Privileged: false,
      PublishAllPorts: false,
      SecurityOpt: null,
      UTSMode: '',
      UsernsMode: '',
      Devices: [],
      DeviceRequests: null,
      MaskedPaths: ['/proc/asound', '/proc/kcore'],
      ReadonlyPaths: ['/proc/sys'],
      ...hostConfig,
    },
    Config: { Env: ['PATH=/bin'], Cmd: ['nginx'], Image: 'nginx:1.27', Entrypoint: null, Labels: {} },
    NetworkSettings: { Ports: {} },
    ...other,
  };
}

/** The same by Podman 4.3. */
function podman(hostConfig: object, other: object = {}) {
  return {
    Id: '14ffe7a91c50866f7641a98744d976c3b43b8fa064c0c058524e88e35c3e60af',
    Name: 'web',
    ImageName: 'docker.io/library/nginx:1.27',
    EffectiveCaps: ['CAP_CHOWN', 'CAP_KILL'],
    Mounts: [],
    Config: { Env: ['container=podman'], Cmd: ['nginx'], Image: 'nginx:1.27', Entrypoint: '', Labels: null },
    HostConfig: {
      Binds: [],
      CgroupMode: 'private',
      NetworkMode: 'bridge',
      PortBindings: {},
      CapAdd: [],
      CapDrop: ['CAP_AUDIT_WRITE', 'CAP_MKNOD', 'CAP_NET_RAW'],
      IpcMode: 'shareable',
      PidMode: 'private',
      Privileged: false,
      PublishAllPorts: false,
      SecurityOpt: [],
      UTSMode: 'private',
      UsernsMode: '',
      ...hostConfig,
    },
    ...other,
  };
}

const bind = (Source: string, RW: boolean) => ({ Type: 'bind', Source, Destination: '/x', Mode: '', RW });

/** What is found, as rule, severity and the text it points at. */
const cases: [name: string, container: object, found: string[]][] = [
  ['an ordinary container of Docker', docker({}), []],
  ['an ordinary container of Podman', podman({}), []],
  ['the host network', docker({ NetworkMode: 'host' }), ['host-network medium "host"']],
  [
    'ports that the host network discards',
    docker({ NetworkMode: 'host', PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } }),
    ['host-network medium "host"', 'published-ports-ignored medium "PortBindings"'],
  ],
  ['a network that is only called so', docker({ NetworkMode: 'hosted' }), []],
  [
    'every namespace, in the words of Docker',
    docker({ PidMode: 'host', IpcMode: 'host', UTSMode: 'host', UsernsMode: 'host', CgroupnsMode: 'host' }),
    [
      'host-cgroup-namespace low "host"',
      'host-ipc medium "host"',
      'host-pid high "host"',
      'host-user-namespace medium "host"',
      'host-uts-namespace low "host"',
    ],
  ],
  [
    'the cgroup namespace, in the words of Podman',
    podman({ CgroupMode: 'host' }),
    ['host-cgroup-namespace low "host"'],
  ],
  [
    'a privileged container of Docker',
    docker({ Privileged: true, MaskedPaths: null, SecurityOpt: ['label=disable'] }),
    ['privileged high true'],
  ],
  ['a privileged container of Podman', podman({ Privileged: true, CapDrop: [] }), ['privileged high true']],
  [
    'capabilities with and without their prefix',
    docker({ CapAdd: ['CAP_SYS_ADMIN', 'NET_ADMIN', 'CAP_CHOWN'] }),
    ['added-capabilities high "CAP_SYS_ADMIN"', 'added-capabilities medium "NET_ADMIN"'],
  ],
  [
    'a capability over the network of the host',
    docker({ NetworkMode: 'host', CapAdd: ['NET_ADMIN'] }),
    ['host-network medium "host"', 'added-capabilities high "NET_ADMIN"'],
  ],
  [
    'all capabilities, as Podman spells them out',
    podman({ CapAdd: allCapabilities() }),
    ['added-capabilities high "CAP_AUDIT_CONTROL"'],
  ],
  [
    'filters switched off',
    podman({ SecurityOpt: ['no-new-privileges', 'label=disable', 'seccomp=unconfined', 'apparmor=unconfined'] }),
    [
      'custom-selinux medium "label=disable"',
      'unconfined high "seccomp=unconfined"',
      'unconfined medium "apparmor=unconfined"',
    ],
  ],
  ['an own seccomp profile', docker({ SecurityOpt: ['seccomp={"defaultAction":"SCMP_ACT_ERRNO"}'] }), []],
  ['a /proc without masks', docker({ MaskedPaths: [], ReadonlyPaths: [] }), ['unmasked-proc high []']],
  [
    'a path that Docker says twice',
    docker({ Binds: ['/etc:/x:ro'] }, { Mounts: [bind('/etc', false)] }),
    ['sensitive-host-path high "/etc"'],
  ],
  [
    'a path in another spelling',
    docker({ Binds: ['/etc/:/x'] }, { Mounts: [bind('/etc', true)] }),
    ['sensitive-host-path high "/etc"'],
  ],
  [
    'a socket',
    podman({}, { Mounts: [bind('/run/podman/podman.sock', false)] }),
    ['runtime-socket high "/run/podman/podman.sock"'],
  ],
  [
    'a socket that the engine mounts from elsewhere',
    docker({ Binds: ['/var/run/docker.sock:/s'] }, { Mounts: [bind('/run/host/proxy.sock', true)] }),
    ['runtime-socket high "/var/run/docker.sock:/s"'],
  ],
  [
    'a bind asked for as a mount',
    docker({ Mounts: [{ Type: 'bind', Source: '/proc', Target: '/p', ReadOnly: true }] }),
    ['sensitive-host-path medium "/proc"'],
  ],
  ['a read-only bind', docker({ Binds: ['/proc:/p:z,ro'] }), ['sensitive-host-path medium "/proc:/p:z,ro"']],
  [
    'named volumes',
    docker(
      { Binds: ['data:/etc'] },
      { Mounts: [{ Type: 'volume', Name: 'data', Source: '/etc', Destination: '/etc', RW: true }] },
    ),
    [],
  ],
  [
    'ports by address',
    docker({
      PortBindings: {
        '80/tcp': [{ HostIp: '', HostPort: '8080' }],
        '81/tcp': [{ HostIp: '127.0.0.1', HostPort: '8081' }],
        '82/udp': [
          { HostIp: '0.0.0.0', HostPort: '8082' },
          { HostIp: '::', HostPort: '8082' },
        ],
        '83/tcp': null,
      },
    }),
    ['port-on-all-interfaces low "8080"', 'port-on-all-interfaces low "8082"'],
  ],
  [
    'ports that the engine chose',
    docker(
      { PublishAllPorts: true },
      { NetworkSettings: { Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '49153' }], '81/tcp': null } } },
    ),
    ['port-on-all-interfaces low "49153"'],
  ],
  [
    'ports that are only told again',
    docker({}, { NetworkSettings: { Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '80' }] } } }),
    [],
  ],
  [
    'an AI workload by its image',
    docker({ NetworkMode: 'host' }, { Config: { Image: 'vllm/vllm-openai:v0.9', Cmd: ['--model', 'a/b'] } }),
    ['ai-host-network high "host"'],
  ],
  [
    'an AI workload by its GPU and its environment',
    docker(
      { NetworkMode: 'host', DeviceRequests: [{ Driver: '', Count: -1, Capabilities: [['gpu']] }] },
      { Config: { Image: 'example.com/x', Env: ['HF_TOKEN=secret'] } },
    ),
    ['ai-host-network high "host"'],
  ],
];

function allCapabilities(): string[] {
  const names =
    'AUDIT_CONTROL AUDIT_READ BLOCK_SUSPEND BPF CHECKPOINT_RESTORE DAC_READ_SEARCH IPC_LOCK IPC_OWNER LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE NET_ADMIN NET_BROADCAST PERFMON SYSLOG SYS_ADMIN SYS_BOOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_TIME SYS_TTY_CONFIG WAKE_ALARM';
  return names.split(' ').map((name) => `CAP_${name}`);
}

describe('a container as its engine describes it', () => {
  for (const [name, container, expected] of cases) {
    it(`shows ${name}`, () => {
      const text = JSON.stringify([container], undefined, 4);
      const found = findingsOf(text).map(
        ({ rule, severity, range }) => `${rule} ${severity} ${text.slice(range.start, range.end)}`,
      );
      assert.deepEqual(found.sort(), [...expected].sort());
    });
  }

  it('is one of a list, one alone, or one a line', () => {
    const [a, b] = [docker({ NetworkMode: 'host' }), podman({ Privileged: true })];
    const lines = `${JSON.stringify(a)}\n${JSON.stringify(b)}\n`;
    const texts = [
      JSON.stringify([a, b]),
      lines,
      `[\n${lines.trim().replace('\n', ',\n')}\n]`,
      `\uFEFF${JSON.stringify([a, b], undefined, 4)}\r\n`,
    ];
    for (const text of texts) {
      const found = audited(text);
      assert.deepEqual(
        found.result.findings.map(({ rule }) => rule),
        ['host-network', 'privileged'],
        text,
      );
      assert.deepEqual(found.result.problems, []);
      assert.equal(found.count, 2);
    }
    assert.deepEqual(
      findingsOf(a).map(({ path }) => path),
      ['HostConfig.NetworkMode'],
    );
  });

  it('is named without the slash of the API, and by its id where it has no name', () => {
    const [finding] = findingsOf([docker({ NetworkMode: 'host' })]);
    assert.deepEqual([finding?.subject.kind, finding?.subject.name], ['container', 'web']);
    assert.match(finding?.message ?? '', /^Container web shares the host's network \(NetworkMode: host\)\. /);
    assert.equal(findingsOf([docker({ PidMode: 'host' }, { Name: '' })])[0]?.subject.name, '7c4a8d09ca37');
  });

  it('shares what the container shares whose namespace it joins', () => {
    const host = docker({ NetworkMode: 'host' }, { Id: 'aa', Name: '/proxy' });
    const joins = (mode: string, id: string) => docker({ NetworkMode: mode }, { Id: id, Name: `/${id}` });
    const found = findingsOf([
      host,
      joins('container:aa', 'b'),
      joins('container:proxy', 'c'),
      joins('container:b', 'd'),
    ]);
    assert.deepEqual(
      found.map(({ subject }) => subject.name),
      ['proxy', 'b', 'c', 'd'],
    );
    assert.match(found[1]?.message ?? '', /\(NetworkMode: container:proxy, which is in the host's\)/);
    const circle = [joins('container:f', 'e'), joins('container:e', 'f'), joins('container:gone', 'g')];
    assert.deepEqual(findingsOf(circle), []);
  });

  it('has nothing to repair, since it is not edited', () => {
    const everything = docker({
      NetworkMode: 'host',
      PidMode: 'host',
      Privileged: true,
      CapAdd: ['ALL'],
      Binds: ['/:/h'],
    });
    assert.ok(findingsOf([everything]).length >= 5);
    assert.ok(findingsOf([everything]).every(({ fixes }) => fixes().length === 0));
  });

  it('is data, whatever its texts hold', () => {
    const odd = docker({ NetworkMode: 'host', LogConfig: { Config: { tag: '{{ if .Name }}{{ .ID }}' } } });
    const [finding] = findingsOf([odd]);
    assert.equal(finding?.severity, 'medium');
    assert.doesNotMatch(finding?.message ?? '', /branch/);
  });

  it('is nothing else that an engine describes', () => {
    const image = { Id: 'sha256:1', RepoTags: ['a'], Config: { Env: [] } };
    const volume = { Name: 'a', Driver: 'local', Mountpoint: '/etc' };
    assert.equal(audited([image, volume]).isRecognised, false);
    assert.equal(audited([image, docker({})]).count, 1);
    for (const text of ['', 'CONTAINER ID   IMAGE\n', '{}', '[1, 2]', '{"HostConfig": {}}', 'null', '[[]]', '{'])
      assert.equal(audited(text).isRecognised, false, text);
    assert.equal(audited('[]').isRecognised, true);
  });

  it('is no manifest when it lies in a workspace', () => {
    for (const saved of [docker({ NetworkMode: 'host' }), [docker({ NetworkMode: 'host' })]])
      assert.deepEqual(lint('inspect.json', JSON.stringify(saved), DEFAULT_SETTINGS).findings, []);
  });
});

/** An object as a cluster keeps it. */
function live(kind: string, name: string, spec: object, owner?: { kind: string; name: string }, metadata: object = {}) {
  const apiVersion = kind === 'Pod' ? 'v1' : 'apps/v1';
  const ownerReferences = owner && {
    ownerReferences: [{ apiVersion: 'apps/v1', ...owner, uid: '1', controller: true }],
  };
  const managedFields = [{ manager: 'kubectl', fieldsV1: { 'f:spec': { 'f:hostNetwork': {}, 'f:containers': {} } } }];
  return {
    apiVersion,
    kind,
    metadata: { name, namespace: 'shop', managedFields, ...ownerReferences, ...metadata },
    spec,
    status: { phase: 'Running', hostIP: '10.0.0.1' },
  };
}

function list(...items: object[]) {
  return { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items };
}

describe('objects of a cluster', () => {
  const pod = {
    hostNetwork: true,
    dnsPolicy: 'ClusterFirstWithHostNet',
    containers: [{ name: 'a', image: 'nginx' }],
  };
  const template = { template: { metadata: {}, spec: pod } };
  const titles = (...items: object[]) => audited(list(...items), 'recommended').workloads.map(({ title }) => title);

  it('are reported at the highest owner in the list', () => {
    const deployment = live('Deployment', 'web', template);
    const replicaSet = live('ReplicaSet', 'web-5d4', template, { kind: 'Deployment', name: 'web' });
    const hash = { labels: { 'pod-template-hash': '5d4' } };
    const first = live('Pod', 'web-5d4-x', pod, { kind: 'ReplicaSet', name: 'web-5d4' }, hash);
    assert.deepEqual(titles(first, replicaSet, deployment), ['Deployment web in namespace shop']);
    assert.deepEqual(titles(first, deployment), ['Deployment web in namespace shop'], 'by the hash of its ReplicaSet');
    assert.deepEqual(titles(first, replicaSet), ['ReplicaSet web-5d4 in namespace shop']);
    assert.deepEqual(titles(first), ['Pod web-5d4-x in namespace shop']);
    const daemonSet = live('DaemonSet', 'agent', template);
    assert.deepEqual(titles(daemonSet, live('Pod', 'agent-x', pod, { kind: 'DaemonSet', name: 'agent' })), [
      'DaemonSet agent in namespace shop',
    ]);
  });

  it('have no owner of another namespace', () => {
    const daemonSet = live('DaemonSet', 'agent', template, undefined, { namespace: 'other' });
    const own = live('Pod', 'agent-x', pod, { kind: 'DaemonSet', name: 'agent' });
    assert.deepEqual(titles(daemonSet, own), ['DaemonSet agent in namespace other', 'Pod agent-x in namespace shop']);
  });

  it('stand for those that the same controller made alike', () => {
    const owner = { kind: 'DaemonSet', name: 'agent' };
    const [a, b, c] = ['a', 'b', 'c'].map((name) => live('Pod', `agent-${name}`, pod, owner)) as [
      object,
      object,
      object,
    ];
    const other = live('Pod', 'agent-d', { ...pod, hostPID: true }, owner);
    const found = audited(list(a, b, other, c), 'recommended');
    assert.deepEqual(
      found.workloads.map(({ title, findings }) => [title, findings.map(({ rule }) => rule)]),
      [
        ['Pod agent-d in namespace shop', ['host-pid', 'host-network']],
        ['Pod agent-a in namespace shop, and 2 more of DaemonSet agent', ['host-network']],
      ],
    );
    assert.equal(found.count, 4);
    const ofNode = (name: string) => live('Pod', name, pod, { kind: 'Node', name: 'n1' });
    assert.equal(
      titles(ofNode('etcd'), ofNode('proxy')).length,
      2,
      'what a kubelet runs from its own files is not alike',
    );
  });

  it('are read from YAML, whatever their texts hold', () => {
    const text = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  metadata:
    name: a
    annotations:
      summary: '{{ if .Values.x }}'
      kubectl.kubernetes.io/last-applied-configuration: |
        {"apiVersion":"v1","kind":"Pod","spec":{"hostPID":true}}
  spec:
    hostNetwork: true
    containers: []
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: c
  data:
    pod.yaml: |
      apiVersion: v1
      kind: Pod
      spec: { hostNetwork: true }
`;
    assert.deepEqual(
      findingsOf(text).map(({ rule, severity }) => [rule, severity]),
      [['host-network', 'medium']],
    );
  });

  it('keep the exceptions that stand in their annotations', () => {
    const annotations = { 'bulkhead.dev/ignore.host-network': 'it is a router' };
    assert.deepEqual(titles(live('Pod', 'a', pod, undefined, { annotations })), []);
  });

  it('may be none', () => {
    assert.deepEqual(
      { ...audited(list()), result: undefined },
      { result: undefined, isRecognised: true, count: 0, workloads: [] },
    );
  });
});

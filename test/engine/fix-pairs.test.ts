import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import {
  applyEdits,
  CATALOGUE,
  DEFAULT_SETTINGS,
  type Finding,
  fixText,
  type Linted,
  lint,
  PROFILES,
  type ProvenFix,
  preferredFix,
  provenFixes,
  SEVERITIES,
} from '../../shared-rules/index.ts';
import { objectsOf } from '../../shared-rules/model/manifest.ts';
import { rules } from '../../shared-rules/rules/index.generated.ts';
import { examplesOf, readMarks, readRulePage } from '../rules/rule-pages.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'all', today: '2027-07-01' } as const;

function lintText(path: string, text: string): Linted {
  return { path, settings, result: lint(path, text, settings) };
}

/** Exceptions are decisions about findings, and no repairs. */
function isRepair({ rule }: Finding): boolean {
  return CATALOGUE[rule].category !== 'exceptions';
}

/** The fixes of all findings of a text, by the workload that they repair. */
function fixesByWorkload(linted: Linted): Map<string, { finding: Finding; fix: ProvenFix }[]> {
  const found = new Map<string, { finding: Finding; fix: ProvenFix }[]>();
  for (const finding of linted.result.findings.filter(isRepair)) {
    const { kind, name, range } = finding.subject;
    const key = `${kind} ${name} ${range.start}`;
    for (const fix of provenFixes(linted, finding)) {
      if (fix.placeholder === undefined) found.set(key, [...(found.get(key) ?? []), { finding, fix }]);
    }
  }
  return found;
}

/** Mounts without a volume and volumes without a mount, by pod. */
function looseEnds({ result }: Linted): { mounts: string[]; volumes: string[] } {
  const pods = result.parts.flatMap(({ manifest }) => objectsOf(manifest)).flatMap((object) => object.pods);
  const mounts = pods.flatMap(({ spec, containers }) => {
    const volumes = new Set((spec.get('volumes')?.items() ?? []).map((volume) => volume.get('name')?.text));
    return containers.flatMap(({ volumeMounts }) =>
      volumeMounts.map((mount) => mount.get('name')?.text).filter((name) => !volumes.has(name)),
    );
  });
  const volumes = pods.flatMap(({ spec, containers }) => {
    const mounted = new Set(containers.flatMap((one) => one.volumeMounts).map((mount) => mount.get('name')?.text));
    return (spec.get('volumes')?.items() ?? [])
      .map((one) => one.get('name')?.text)
      .filter((name) => !mounted.has(name));
  });
  return { mounts: mounts.map(String), volumes: volumes.map(String) };
}

/** An empty volume of its own that no container may write to: it stays empty. */
function emptyForEver({ result }: Linted): string[] {
  const pods = result.parts.flatMap(({ manifest }) => objectsOf(manifest)).flatMap((object) => object.pods);
  return pods.flatMap(({ spec, containers }) =>
    (spec.get('volumes')?.items() ?? [])
      .filter((volume) => volume.field('emptyDir'))
      .flatMap((volume) => {
        const name = volume.get('name')?.text;
        const mounts = containers.flatMap((one) => one.volumeMounts).filter((one) => one.get('name')?.text === name);
        const isReadOnly = mounts.length > 0 && mounts.every((mount) => mount.get('readOnly')?.boolean === true);
        return isReadOnly && name !== undefined ? [name] : [];
      }),
  );
}

function added(before: readonly string[], after: readonly string[]): string[] {
  const left = [...before];
  return after.filter((one) => {
    const index = left.indexOf(one);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

type Data = Readonly<Record<string, unknown>>;

/** A part of a pod spec, and of its one container, that some rule has a fix for. */
const POD_PARTS: readonly { readonly pod?: Data; readonly container?: Data; readonly workload?: Data }[] = [
  { pod: { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' } },
  { pod: { hostNetwork: true }, container: { ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 82 }] } },
  { pod: { hostPID: true, shareProcessNamespace: true } },
  { pod: { hostIPC: true } },
  { pod: { hostUsers: false } },
  { pod: { securityContext: { runAsUser: 0, runAsNonRoot: true } } },
  { pod: { securityContext: { seccompProfile: { type: 'Unconfined' } } } },
  { pod: { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } } },
  { container: { securityContext: { privileged: true } } },
  { container: { securityContext: { allowPrivilegeEscalation: true, procMount: 'Unmasked' } } },
  { container: { securityContext: { capabilities: { add: ['SYS_ADMIN', 'NET_RAW'], drop: ['CAP_ALL'] } } } },
  { container: { securityContext: { seLinuxOptions: { type: 'spc_t' }, runAsUser: 0 } } },
  {
    container: { ports: [{ containerPort: 80, hostPort: 80 }] },
    workload: { strategy: { rollingUpdate: { maxUnavailable: 0 } } },
  },
  { container: { readinessProbe: { httpGet: { port: 80, host: 'localhost' } } } },
  {
    pod: { volumes: [{ name: 's', hostPath: { path: '/run/docker.sock' } }] },
    container: { volumeMounts: [{ name: 's', mountPath: '/s' }] },
  },
  {
    pod: { volumes: [{ name: 'd', hostPath: { path: '/srv', type: 'DirectoryOrCreate' } }] },
    container: {
      volumeMounts: [
        { name: 'd', mountPath: '/d' },
        { name: 'd', mountPath: '/e', subPath: 'e' },
      ],
    },
  },
  {
    pod: { volumes: [{ name: 'e', hostPath: { path: '/etc' } }] },
    container: { volumeMounts: [{ name: 'e', mountPath: '/e', readOnly: true, mountPropagation: 'Bidirectional' }] },
  },
];
const SERVICE_PARTS: readonly Data[] = [
  { network_mode: 'host' },
  { ports: ['80:80', '127.0.0.1:81:81'] },
  { ports: [{ target: 90, published: '90', mode: 'host' }] },
  { networks: ['n'] },
  { pid: 'host', ipc: 'host' },
  { privileged: true },
  { cap_add: ['SYS_ADMIN', 'NET_ADMIN'], devices: ['/dev/sda:/dev/sda'] },
  { security_opt: ['seccomp=unconfined', 'label=disable', 'no-new-privileges:false'] },
  { volumes: ['/run/docker.sock:/run/docker.sock', '/etc:/host/etc:ro'] },
  { volumes: [{ type: 'bind', source: '/', target: '/host', bind: { propagation: 'shared' } }] },
  { userns_mode: 'host', uts: 'host', cgroup: 'host' },
  { sysctls: { 'net.core.somaxconn': 1, 'kernel.msgmax': 2 } },
];

function merged(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other];
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return other ?? one;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...keys].map((key) => [key, merged((one as Data)[key], (other as Data)[key])]));
}

/** Files of three parts each, the same every time. */
function combinations<Part>(
  seed: number,
  write: (parts: readonly Part[]) => Written,
  parts: readonly Part[],
  count: number,
) {
  const some = fc.subarray([...parts], { minLength: 3, maxLength: 3 });
  return fc.sample(some, { seed, numRuns: count }).map(write);
}

interface Written {
  readonly path: string;
  readonly text: string;
}

const DEPLOYMENT = (parts: readonly (typeof POD_PARTS)[number][]): Written => {
  const [pod, container, workload] = (['pod', 'container', 'workload'] as const).map((name) =>
    parts.map((part) => part[name]).reduce<unknown>(merged, {}),
  ) as [Data, Data, Data];
  const spec = { ...pod, containers: [{ name: 'a', image: 'example.com/a', ...container }] };
  const template = { metadata: { labels: { app: 'a' } }, spec };
  const data = { ...workload, selector: { matchLabels: { app: 'a' } }, template };
  const text = stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: data });
  return { path: 'manifest.yaml', text };
};
const COMPOSE = (parts: readonly Data[]): Written => {
  const service = parts.reduce<unknown>(merged, { image: 'example.com/a' });
  return { path: 'compose.yaml', text: stringify({ services: { a: service }, networks: { n: {} } }) };
};

/** Checks a text after repairs against what it was. */
function assertSound(before: Linted, after: Linted, repaired: readonly Finding[], how: string): void {
  assert.deepEqual(after.result.failures, [], how);
  assert.ok(after.result.problems.length <= before.result.problems.length, `${how}\n${after.result.text}`);
  const [was, is] = [looseEnds(before), looseEnds(after)];
  assert.deepEqual(added(was.mounts, is.mounts), [], `mounts without a volume: ${how}\n${after.result.text}`);
  assert.deepEqual(added(was.volumes, is.volumes), [], `volumes without a mount: ${how}\n${after.result.text}`);
  assert.deepEqual(added(emptyForEver(before), emptyForEver(after)), [], `${how}\n${after.result.text}`);
  const weight = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  const strictness = ({ rule }: Finding) => PROFILES.indexOf(CATALOGUE[rule].profile);
  const [mildest, strictest] = [Math.max(...repaired.map(weight)), Math.max(...repaired.map(strictness))];
  const known = new Set(before.result.findings.map(({ rule }) => rule));
  const worse = after.result.findings.filter(
    (one) => weight(one) <= mildest && strictness(one) <= strictest && !known.has(one.rule),
  );
  assert.deepEqual(
    worse.map(({ rule, message }) => `${rule}: ${message}`),
    [],
    `${how}\n${after.result.text}`,
  );
}

const examples = rules.flatMap(({ id }) =>
  examplesOf(readRulePage(id))
    .filter(({ role }) => role === 'reported')
    .map(({ text, argument, line }) => ({ id, line, path: argument || 'manifest.yaml', text: readMarks(text).text })),
);

/**
 * Two fixes of each workload of a text, one after the other.
 * @param chosen the fixes that come first, of those that are offered
 */
function assertPairsSound(path: string, text: string, where: string, chosen = <T>(all: T[]): T[] => all): void {
  const before = lintText(path, text);
  for (const fixes of fixesByWorkload(before).values())
    for (const first of chosen(fixes)) {
      const between = lintText(path, applyEdits(text, first.fix.edits));
      assertSound(before, between, [first.finding], `${where}: ${first.fix.title}`);
      const wanted = new Set(fixes.map(({ fix }) => fix.title));
      for (const second of [...fixesByWorkload(between).values()].flat()) {
        if (!wanted.has(second.fix.title)) continue;
        const after = lintText(path, applyEdits(between.result.text, second.fix.edits));
        const how = `${where}: ${first.fix.title}, then ${second.fix.title}`;
        // What a problem made needless to say is said once it is gone, by advice of stricter profiles.
        assertSound(between, after, [second.finding], how);
        assertSound(before, after, [], how);
      }
    }
}

/** Two of what is offered, others for each file: all of them take a minute. */
function someOf(index: number) {
  return <T>(all: T[]): T[] =>
    all.filter((_, number) => number === index % all.length || number === (index * 7 + 3) % all.length);
}

describe('two repairs of one workload, in either order', () => {
  for (const id of new Set(examples.map((example) => example.id))) {
    it(`leave a sound text of the examples of ${id}`, () => {
      for (const { path, text, line } of examples.filter((example) => example.id === id))
        assertPairsSound(path, text, `line ${line}`);
    });
  }

  it('leave a sound text of made-up Kubernetes workloads', () => {
    for (const [index, { path, text }] of combinations(41, DEPLOYMENT, POD_PARTS, 40).entries())
      assertPairsSound(path, text, text, someOf(index));
  });
  it('leave a sound text of made-up services', () => {
    for (const [index, { path, text }] of combinations(42, COMPOSE, SERVICE_PARTS, 20).entries())
      assertPairsSound(path, text, text, someOf(index));
  });
});

describe('the repair of everything', () => {
  for (const id of new Set(examples.map((example) => example.id))) {
    it(`brings no other sort of finding into the examples of ${id}`, () => {
      for (const { path, text, line } of examples.filter((example) => example.id === id)) {
        const before = lintText(path, text);
        const fixed = fixText(before, preferredFix);
        if (fixed.titles.length === 0) continue;
        const after = lintText(path, fixed.text);
        assertSound(before, after, before.result.findings, `line ${line}: ${fixed.titles.join(', ')}`);
      }
    });
  }
});

describe('repairs of a volume and its mounts', () => {
  const pod = (mounts: string, volume: string, more = '') =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: w }\nspec:\n  containers:\n    - name: c\n      image: x\n      volumeMounts:\n${mounts}${more}  volumes:\n    - name: d\n      hostPath: ${volume}\n`;
  const mount = '        - { name: d, mountPath: /models }\n';
  const readOnly = '        - { name: d, mountPath: /models, readOnly: true }\n';
  const init =
    '  initContainers:\n    - name: i\n      image: x\n      volumeMounts:\n        - { name: d, mountPath: /m, subPath: a }\n';
  const folder = '{ path: /models, type: DirectoryOrCreate }';
  const titles = (text: string) => {
    const linted = lintText('pod.yaml', text);
    const found = linted.result.findings.filter(({ rule }) => /host-path|socket/.test(rule));
    return found.flatMap((finding) => provenFixes(linted, finding)).map(({ title }) => title);
  };

  it('leave no empty volume that is read-only', () => {
    const before = lintText('pod.yaml', pod(mount, folder));
    const { text } = fixText(before, ({ rule }) => rule === 'host-path' || rule === 'writable-host-path');
    assert.equal(text, pod('        - { name: d, mountPath: /models, readOnly: true }\n', folder));
  });
  it('take nothing away from a program that only reads the files of its node', () =>
    assert.deepEqual(titles(pod(readOnly, folder)), []));
  it('take the mounts of every container away with the volume', () => {
    const before = lintText('pod.yaml', pod(mount, '{ path: /etc }', init));
    const { text, titles } = fixText(before, ({ rule }) => rule === 'sensitive-host-path');
    assert.deepEqual(titles, ['Remove volume d and its 2 mounts']);
    assert.deepEqual(looseEnds(lintText('pod.yaml', text)), { mounts: [], volumes: [] });
  });

  const refused: [string, string][] = [
    ['a template may print a mount', pod(`${mount}        {{- toYaml .x | nindent 8 }}\n`, '{ path: /etc }')],
    ['a template may print a container', pod(mount, '{ path: /etc }', '    {{- toYaml .x | nindent 4 }}\n')],
    ['a template may print init containers', pod(mount, '{ path: /etc }', '  {{- include "i" . | nindent 2 }}\n')],
    ['a template names a mount', pod('        - { name: "{{ .x }}", mountPath: /m }\n', '{ path: /etc }')],
    ['the pod is a patch', pod(mount, '{ path: /etc }').replace('      image: x\n', '')],
    [
      'the mounts stand in a field of an operator',
      'apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { name: p }\nspec:\n  volumes: [{ name: d, hostPath: { path: /etc } }]\n  volumeMounts: [{ name: d, mountPath: /e }]\n',
    ],
  ];
  for (const [name, text] of refused)
    it(`do not remove a volume where ${name}`, () => {
      const linted = lintText('pod.yaml', text);
      const finding = linted.result.findings.find(({ rule }) => rule === 'sensitive-host-path');
      assert.ok(finding);
      assert.deepEqual(
        provenFixes(linted, finding).map(({ title }) => title),
        [],
      );
    });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stringify } from 'yaml';
import { DEFAULT_SETTINGS, type Finding, lint } from '../../shared-rules/index.ts';
import type { FieldNames } from '../../shared-rules/language/yaml/renamed.ts';
import { POD_KINDS } from '../../shared-rules/model/kubernetes/pod-positions/index.ts';
import type { ContainerPosition, PodPosition } from '../../shared-rules/model/kubernetes/pod-positions/position.ts';

function findingsOf(text: string): readonly Finding[] {
  const { findings, failures } = lint('manifest.yaml', text, DEFAULT_SETTINGS);
  assert.deepEqual(failures, []);
  return findings;
}

/** A value at a path as `valuesAt` reads it, with one item in each list and `any` for what has no name. A text is JSON. */
function nested(path: string, value: unknown): unknown {
  return path === ''
    ? value
    : path.split('.').reduceRight<unknown>((inner, segment) => {
        const [name = '', ...lists] = segment.replace('!', '').split('[]');
        const held = segment.endsWith('!') ? JSON.stringify(inner) : inner;
        return { [name.replace('*', 'any')]: lists.reduce<unknown>((item) => [item], held) };
      }, value);
}

function written(...paths: readonly string[]): string {
  return paths
    .filter((path) => path !== '')
    .join('.')
    .replaceAll('[]', '[0]')
    .replaceAll('*', 'any')
    .replaceAll('!', '');
}

/** The object in both styles: of one in block style it is decided without a parser whether it may hold anything. */
function texts(group: string, kind: string, path: string, value: unknown): string[] {
  const object = {
    apiVersion: group ? `${group}/v1` : 'v1',
    kind,
    metadata: { name: 'x' },
    ...(nested(path, value) as object),
  };
  return [JSON.stringify(object), stringify(object)];
}

/** Where a kind has a field, and what it writes there for true; undefined where it has none. */
function writtenAs(names: FieldNames | undefined, name: string): { at: string; yes: unknown } | undefined {
  const as = names?.[name];
  if (as === null) return undefined;
  if (as === undefined || typeof as === 'string') return { at: as ?? name, yes: true };
  return { at: as.at, yes: as.meansTrue ?? true };
}

const PRIVILEGED = { securityContext: { privileged: true } };

interface Row {
  readonly group: string;
  readonly kind: string;
  readonly position: PodPosition;
}

const ROWS: readonly Row[] = POD_KINDS.flatMap(({ group, kinds }) =>
  Object.entries(kinds).flatMap(([kind, positions]) =>
    positions.map((position) => ({
      group,
      kind,
      position: typeof position === 'string' ? { at: position } : position,
    })),
  ),
);

describe('every place where a kind keeps the fields of a pod', () => {
  for (const { group, kind, position } of ROWS.filter((row) => !row.position.object)) {
    const field = writtenAs(position.names, 'hostNetwork');
    if (field)
      it(`${group}/${kind} ${position.at} ${field.at}`, () => {
        for (const text of texts(group, kind, position.at, nested(field.at, field.yes))) {
          const [finding, ...others] = findingsOf(text);
          assert.deepEqual(others, []);
          assert.equal(finding?.path, written(position.at, field.at));
          assert.deepEqual([finding.subject.kind, finding.subject.name], [kind, 'x']);
          assert.equal(text.slice(finding.range.start, finding.range.end).replaceAll('"', ''), String(field.yes));
        }
      });
  }
});

describe('every place where a kind keeps another object', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'inner' }, spec: { hostPID: true } };
  for (const { group, kind, position } of ROWS.filter((row) => row.position.object))
    it(`${group}/${kind} ${position.at}`, () => {
      for (const text of texts(group, kind, position.at, pod)) {
        const [finding, ...others] = findingsOf(text);
        assert.deepEqual(others, []);
        assert.equal(finding?.path, `${written(position.at)}.spec.hostPID`);
        assert.deepEqual([finding.subject.kind, finding.subject.name], ['Pod', 'inner']);
      }
    });

  it('knows what it is if it does not say so', () => {
    const defaults = { spec: { podSpecPatch: 'hostPID: true', templateDefaults: { script: PRIVILEGED } } };
    for (const path of ['data.workflowDefaults!', 'data.config!.workflowDefaults'])
      for (const text of texts('', 'ConfigMap', path, defaults)) {
        const found = findingsOf(text).map(({ rule, path, subject }) => [rule, path, subject.kind]);
        assert.deepEqual(found.sort(), [
          ['host-pid', `${written(path)}.spec.podSpecPatch.hostPID`, 'Workflow'],
          ['privileged', `${written(path)}.spec.templateDefaults.script.securityContext.privileged`, 'Workflow'],
        ]);
      }
  });
});

describe('every place where a kind keeps a container', () => {
  for (const { group, kind, position } of ROWS.filter(({ position }) => !position.object && !position.at.endsWith('!')))
    for (const container of ['initContainers[]', 'containers[]', ...(position.containers ?? [])]) {
      const { at, names }: ContainerPosition = typeof container === 'string' ? { at: container } : container;
      const context = writtenAs(names, 'securityContext')?.at;
      if (context !== undefined && !at.startsWith('/'))
        it(`${group}/${kind} ${position.at} ${at}`, () => {
          const value = { image: 'x', ...(nested(context, { privileged: true }) as object) };
          for (const text of texts(group, kind, position.at, nested(at, value))) {
            const found = findingsOf(text).filter(({ rule }) => rule === 'privileged');
            assert.deepEqual(
              found.map(({ path, subject }) => [path, subject.kind]),
              [[`${written(position.at, at)}.${context}.privileged`, kind]],
            );
          }
        });
    }
});

describe('the table of kinds with pods', () => {
  it('says for each group where its fields are declared', () => {
    for (const { group, source } of POD_KINDS) assert.match(source, /^(?:[\w.-]+\/[\w.-]+|documentation of) ./, group);
  });

  it('says everything about a kind in one row', () => {
    const names = POD_KINDS.flatMap(({ group, kinds }) => Object.keys(kinds).map((kind) => `${group}/${kind}`));
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it('says nothing of a kind of the same name in another API group', () => {
    const step = { name: 'a', image: 'x', securityContext: { privileged: true } };
    for (const [kind, spec] of [
      ['Task', { steps: [step], sidecars: [step] }],
      ['Workflow', { templates: [{ container: step, sidecars: [step], podSpecPatch: 'hostPID: true' }] }],
      ['Kafka', { kafka: { template: { kafkaContainer: step } } }],
      ['Prometheus', { hostNetwork: true, securityContext: { privileged: true } }],
    ])
      for (const text of texts('example.com', kind as string, 'spec', spec)) assert.deepEqual(findingsOf(text), []);
  });

  it('leaves alone what a kind does not run', () => {
    const spec = {
      templates: [{ http: { url: 'x' } }, { data: {} }, { plugin: {} }, { suspend: {} }],
      podSpecPatch: '{{workflow.parameters.patch}}',
    };
    for (const text of texts('argoproj.io', 'Workflow', 'spec', spec)) assert.deepEqual(findingsOf(text), []);
  });

  it('knows what mounts a volume that stands apart from its containers', () => {
    const step = { image: 'x', volumeMounts: [{ name: 'socket', mountPath: '/s' }] };
    const spec = {
      podTemplate: { volumes: [{ name: 'socket', hostPath: { path: '/run/docker.sock' } }] },
      taskSpec: { steps: [{ name: 'build', ...step }], sidecars: [step] },
    };
    for (const text of texts('tekton.dev', 'TaskRun', 'spec', spec)) {
      const [finding, ...others] = findingsOf(text);
      assert.deepEqual(others, []);
      assert.equal(finding?.path, 'spec.podTemplate.volumes[0].hostPath.path');
      assert.deepEqual(
        finding.related.map(({ message }) => message),
        ['Mounted by container build', 'Mounted by a container'],
      );
    }
  });

  it('knows volumes whose source or list has a name of its own', () => {
    const hostPath = { path: '/run/docker.sock' };
    const cases: [string, string, object, string][] = [
      [
        'acid.zalan.do',
        'postgresql',
        { additionalVolumes: [{ name: 'a', mountPath: '/a', volumeSource: { hostPath } }] },
        'additionalVolumes[0].volumeSource.hostPath.path',
      ],
      [
        'solr.apache.org',
        'SolrCloud',
        { customSolrKubeOptions: { podOptions: { volumes: [{ name: 'a', source: { hostPath } }] } } },
        'customSolrKubeOptions.podOptions.volumes[0].source.hostPath.path',
      ],
      [
        'opensearch.opster.io',
        'OpenSearchCluster',
        { general: { additionalVolumes: [{ name: 'a', path: '/a', hostPath }] } },
        'general.additionalVolumes[0].hostPath.path',
      ],
      [
        'opensearch.opster.io',
        'OpenSearchCluster',
        { nodePools: [{ component: 'a', persistence: { hostPath } }] },
        'nodePools[0].persistence.hostPath.path',
      ],
      [
        'pingcap.com',
        'TidbCluster',
        { tikv: { additionalVolumes: [{ name: 'a', hostPath }] } },
        'tikv.additionalVolumes[0].hostPath.path',
      ],
    ];
    for (const [group, kind, spec, path] of cases)
      for (const text of texts(group, kind, 'spec', spec))
        assert.deepEqual(
          findingsOf(text).map((finding) => [finding.rule, finding.path]),
          [['runtime-socket', `spec.${path}`]],
        );
  });

  it('knows words that mean the network of the node, which no edit of a boolean fits', () => {
    const ceph = (provider: string) => texts('ceph.rook.io', 'CephCluster', 'spec', { network: { provider } });
    for (const text of ceph('host')) {
      const [finding, ...others] = findingsOf(text);
      assert.deepEqual(others, []);
      assert.match(
        finding?.message ?? '',
        /shares the node's network \(provider: host\)\..* Use the network of pods and expose its ports through a Service\.$/,
      );
      assert.deepEqual(finding?.fixes(), []);
    }
    for (const provider of ['multus', '', 'Host'])
      for (const text of ceph(provider)) assert.deepEqual(findingsOf(text), []);
  });

  it('reports nothing that is missing from a part of a pod', () => {
    const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;
    for (const { group, kind, position } of ROWS.filter(
      ({ position: { containers, at } }) => containers && !at.endsWith('!'),
    )) {
      const value = nested(written(String(named(position))).replaceAll('[0]', '[]'), { name: 'a', image: 'x:1' });
      for (const text of texts(group, kind, position.at, value))
        assert.deepEqual(lint('manifest.yaml', text, settings).findings, [], `${group}/${kind} ${position.at}`);
    }
  });
});

/** The first container of a position that has a path of its own. */
function named({ containers = [] }: PodPosition): string {
  const paths = containers.map((container) => (typeof container === 'string' ? container : container.at));
  return paths.find((path) => path !== '' && !path.startsWith('/')) ?? 'initContainers[]';
}

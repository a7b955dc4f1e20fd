import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';
import { classesIn, deployment, object, POD, running, signalsIn, workloadsIn } from '../ai-manifests.ts';

describe('people say what is an AI workload', () => {
  const pod = (head: string, above: string, beside: string, image = 'example.com/a') =>
    `${head}apiVersion: v1\nkind: Pod\nmetadata:\n${above}  name: x${beside}\nspec:\n  containers:\n    - name: a\n      image: ${image}\n`;
  const IS = '# bulkhead: ai-workload';
  const IS_NOT = '# bulkhead: not-ai-workload';

  it('by a comment at its name or at the head of its document', () => {
    for (const text of [pod(`${IS}\n`, '', ''), pod('', `  ${IS}\n`, ''), pod('', '', ` ${IS} since it calls a model`)])
      assert.deepEqual(classesIn(text), ['ai'], text);
    for (const text of [pod(`${IS_NOT}\n`, '', '', 'ollama/ollama'), pod('', '', ` ${IS_NOT}`, 'ollama/ollama')])
      assert.deepEqual(classesIn(text), ['not-ai'], text);
    assert.deepEqual(classesIn(`${pod(`${IS}\n`, '', '')}---\n${pod('', '', '')}`), ['ai', 'not-ai']);
    assert.deepEqual(
      classesIn(pod('', '', '').replace('spec:', `spec: ${IS}`)),
      ['not-ai'],
      'elsewhere it says nothing',
    );
  });

  it('by a comment at a Compose service', () => {
    const text = `services:\n  ${IS}\n  a:\n    image: example.com/a\n  b: ${IS_NOT}\n    image: ollama/ollama\n  c:\n    image: example.com/c\n`;
    assert.deepEqual(classesIn(text, 'compose.yaml'), ['ai', 'not-ai', 'not-ai']);
  });

  it('by an annotation or label, of the object or of its pods', () => {
    const said = { 'bulkhead.dev/ai-workload': 'true' };
    assert.deepEqual(classesIn(deployment(POD, { annotations: said })), ['ai']);
    assert.deepEqual(classesIn(deployment(POD, { labels: said })), ['ai']);
    const inTemplate = object('apps/v1', 'Deployment', { template: { metadata: { annotations: said }, spec: POD } });
    assert.deepEqual(classesIn(inTemplate), ['ai']);
    const ollama = { containers: [{ name: 'a', image: 'ollama/ollama' }] };
    assert.deepEqual(classesIn(deployment(ollama, { annotations: { 'bulkhead.dev/ai-workload': 'false' } })), [
      'not-ai',
    ]);
    assert.deepEqual(classesIn(deployment(ollama, { annotations: { 'bulkhead.dev/ai-workload': 'maybe' } })), [
      'ai inference',
    ]);
    const service = (labels: string) => `services:\n  a:\n    image: example.com/a\n    labels: ${labels}\n`;
    for (const labels of ['{ bulkhead.dev/ai-workload: "true" }', '["bulkhead.dev/ai-workload=true"]'])
      assert.deepEqual(classesIn(service(labels), 'compose.yaml'), ['ai'], labels);
  });

  it('by a setting that names images, where the file says nothing', () => {
    const settings = { ...DEFAULT_SETTINGS, ai: { include: ['team/llm-*'], exclude: ['ollama/*'] } };
    assert.deepEqual(classesIn(running({ image: 'registry.example.com/team/llm-chat:2' }), undefined, settings), [
      'ai',
    ]);
    assert.deepEqual(classesIn(running({ image: 'team/other' }), undefined, settings), ['not-ai']);
    assert.deepEqual(classesIn(running({ image: 'ollama/ollama' }), undefined, settings), ['not-ai']);
    assert.deepEqual(classesIn(pod('', '', ` ${IS}`, 'ollama/ollama'), undefined, settings), ['ai inference']);
  });

  it('and it is the first of the signs, with its place', () => {
    const text = pod('', '', ` ${IS}`, 'ollama/ollama');
    const [workload] = workloadsIn(text);
    assert.ok(workload);
    const [first] = workload.classification.signals;
    assert.equal(first?.text, `comment ${IS}`);
    assert.equal(text.slice(first?.at.range.start, first?.at.range.end), IS);
    const annotated = deployment(POD, { annotations: { 'bulkhead.dev/ai-workload': 'true' } });
    assert.deepEqual(signalsIn(annotated), ['annotation bulkhead.dev/ai-workload']);
  });

  it('and the rules follow', () => {
    const rules = (text: string) => lint('pod.yaml', text, DEFAULT_SETTINGS).findings.map(({ rule }) => rule);
    const onHost = (beside: string, image?: string) =>
      pod('', '', beside, image).replace('spec:\n', 'spec:\n  hostNetwork: true\n  dnsPolicy: Default\n');
    assert.deepEqual(rules(onHost(` ${IS}`)), ['ai-host-network']);
    assert.deepEqual(rules(onHost(` ${IS_NOT}`, 'ollama/ollama')), ['host-network']);
  });
});

describe('the workloads of a file', () => {
  it('are named where their names are written', () => {
    const text = 'services:\n  web:\n    image: nginx\n  llm:\n    image: ollama/ollama\n    network_mode: host\n';
    const found = workloadsIn(text, 'compose.yaml');
    assert.deepEqual(
      found.map(({ name }) => text.slice(name.range.start, name.range.end)),
      ['web', 'llm'],
    );
    assert.deepEqual(
      found.map(({ need }) => need !== undefined),
      [false, true],
    );
  });

  it("count once, by the clearest of their pods and of a template's branches", () => {
    const groups = { headGroupSpec: { template: { spec: POD } }, workerGroupSpecs: [{ template: { spec: POD } }] };
    assert.deepEqual(classesIn(object('ray.io/v1', 'RayCluster', groups)), ['ai training']);
    const chart =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  containers:\n    - name: a\n      {{- if .Values.cpu }}\n      image: example.com/a\n      {{- else }}\n      image: ollama/ollama\n      {{- end }}\n';
    assert.deepEqual(classesIn(chart), ['ai inference']);
  });

  it('show each sign at its own place', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspec:\n  containers:\n    - name: a\n      command: [sh, -c]\n      args:\n        - --port=80\n        - --max-model-len=4096\n';
    const [workload] = workloadsIn(text);
    const places = workload?.classification.signals.map(({ at }) => text.slice(at.range.start, at.range.end));
    assert.deepEqual(places, ['--max-model-len']);
  });

  it("need the host's network when several signs say so", () => {
    const job = (spec: object) =>
      workloadsIn(
        object('jobset.x-k8s.io/v1alpha2', 'JobSet', {
          replicatedJobs: [{ replicas: 2, template: { spec: { template: { spec } } } }],
        }),
      )[0]?.need?.signs.map(({ text }) => text);
    const container = (...variables: object[]) => [{ name: 'a', image: 'pytorch/pytorch', env: variables }];
    const ifname = (value: string) => ({ name: 'NCCL_SOCKET_IFNAME', value });
    assert.deepEqual(job({ hostNetwork: true, containers: container(ifname('=ens5')) }), [
      'NCCL_SOCKET_IFNAME',
      'runs on several nodes',
    ]);
    assert.deepEqual(job({ hostNetwork: true, containers: container(ifname('eth0')) }), ['runs on several nodes']);
    assert.deepEqual(job({ hostNetwork: true, containers: container(ifname('^ens5')) }), ['runs on several nodes']);
    assert.equal(job({ containers: container(ifname('ens5')) }), undefined);
  });
});

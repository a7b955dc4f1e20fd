import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayConcern } from '../../shared-rules/engine/views.ts';
import { DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';
import type { Pod } from '../../shared-rules/model/kubernetes/objects.ts';
import { isAtLeast } from '../../shared-rules/model/kubernetes/version.ts';
import { readManifest } from '../../shared-rules/model/manifest.ts';
import { needForHostNetwork } from '../../shared-rules/rules/host-network/need.ts';

describe('versions of Kubernetes', () => {
  const cases: [string | undefined, boolean][] = [
    [undefined, true],
    ['1.33', true],
    ['1.34', true],
    ['1.32', false],
    ['1.9', false],
  ];
  for (const [version, expected] of cases)
    it(`${version ?? 'the newest'} is ${expected ? 'at least' : 'older than'} 1.33`, () =>
      assert.equal(isAtLeast(version, 33), expected));

  it('without user namespaces have no finding about them', () => {
    const text = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: nginx\n';
    const rulesFor = (kubernetesVersion: string) =>
      lint('pod.yaml', text, { ...DEFAULT_SETTINGS, profile: 'all', kubernetesVersion })
        .findings.map(({ rule }) => rule)
        .filter((rule) => rule === 'no-user-namespace');
    assert.deepEqual(rulesFor('1.33'), ['no-user-namespace']);
    assert.deepEqual(rulesFor('1.32'), []);
  });
});

describe('networks of its own', () => {
  const pod = (annotation: readonly string[], hostNetwork: readonly string[]) => {
    const lines = ['apiVersion: v1', 'kind: Pod', 'metadata:', '  annotations:', '    a: b', ...annotation, 'spec:'];
    const text = [...lines, ...hostNetwork, '  containers: [{ name: a, image: nginx }]', ''].join('\n');
    const [content] = readManifest('templates/pod.yaml', text, mayConcern).contents;
    return (content?.dialect === 'kubernetes' ? content.objects[0]?.pods[0] : undefined) as Pod;
  };
  const networks = '    k8s.v1.cni.cncf.io/networks: rdma';
  const host = '  hostNetwork: true';

  it('speak against a need of hostNetwork beside it', () => {
    assert.equal(needForHostNetwork(pod([networks], [host])).counterSign?.text, 'k8s.v1.cni.cncf.io/networks');
  });
  it('do not where a chart prints one or the other', () => {
    const chart = pod(['    {{- if not .h }}', networks, '    {{- end }}'], ['  {{- if .h }}', host, '  {{- end }}']);
    assert.equal(needForHostNetwork(chart).counterSign, undefined);
  });
});

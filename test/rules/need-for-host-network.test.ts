import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayConcern } from '../../shared-rules/engine/views.ts';
import type { Pod } from '../../shared-rules/model/kubernetes/objects.ts';
import { readManifest } from '../../shared-rules/model/manifest.ts';
import { needForHostNetwork } from '../../shared-rules/rules/host-network/need.ts';

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

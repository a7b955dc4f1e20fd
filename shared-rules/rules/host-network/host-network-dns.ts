import { put } from '../../language/yaml/change.ts';
import { isSureBeside, lookUp } from '../../language/yaml/presence.ts';
import { type Field, keyPlace, type Value } from '../../language/yaml/value.ts';
import { isForWindows } from '../../model/kubernetes/host-process.ts';
import { isNodeComponent } from '../../model/kubernetes/node-components.ts';
import { type Container, type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { isComplete } from '../../model/kubernetes/pod-completeness.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { pod } from '../base-views.ts';

export const hostNetworkDns = defineRule({
  id: 'host-network-dns',
  on: pod,
  *detect({ subject, pod }) {
    const hostNetwork = trueField(pod.spec, 'hostNetwork');
    if (!hostNetwork || isForWindows(pod) || !asksForClusterDns(pod, hostNetwork)) return;
    const name = clusterName(pod.containers);
    // Agents of a node and what starts before the cluster's DNS seldom need its names.
    if (!name && (isNodeComponent(pod) || subject.kind === 'DaemonSet')) return;
    const policy = pod.spec.field('dnsPolicy');
    yield {
      at: policy ? (policy.value.isNull ? keyPlace(policy) : policy.value) : keyPlace(hostNetwork),
      message: `${workloadName(subject)} is on the node's network with the DNS policy ClusterFirst${policy ? '' : ', the default'}. There the kubelet gives it the node's resolver instead, which knows no Service of the cluster. Set dnsPolicy to ClusterFirstWithHostNet.`,
      related: name ? [{ message: 'A name that only the DNS of the cluster knows', at: name }] : [],
      fixes: [
        {
          title: 'Set dnsPolicy to ClusterFirstWithHostNet',
          safety: 'review',
          changes: [put(pod.spec, ['dnsPolicy'], 'ClusterFirstWithHostNet')],
        },
      ],
    };
  },
});

/**
 * Whether a pod has the DNS policy ClusterFirst, which is the default, wherever it is on its node's network, and names no
 * servers itself.
 */
function asksForClusterDns(pod: Pod, hostNetwork: Field): boolean {
  const { spec } = pod;
  const field = spec.field('dnsPolicy');
  if (lookUp(spec, 'dnsConfig', 'nameservers') !== 'absent' || (field && !isSureBeside(field, hostNetwork)))
    return false;
  const policy = lookUp(spec, 'dnsPolicy');
  if (policy === 'absent') return isComplete(pod);
  if (policy === 'unknown') return false;
  return policy.text === 'ClusterFirst' || (policy.text === '' && isComplete(pod));
}

/** `web.shop.svc` and longer, also inside a URL. */
const CLUSTER_NAME = /[\w-]\.svc(?![\w-])/;

/** Where containers are told the name of a service in the cluster. */
function clusterName(containers: readonly Container[]): Value | undefined {
  const texts = containers.flatMap(({ value, env }) => [
    ...['command', 'args'].flatMap((name) => value.get(name)?.items() ?? []),
    ...env.flatMap((variable) => variable.get('value') ?? []),
  ]);
  return texts.find((text) => CLUSTER_NAME.test(text.rawText ?? ''));
}

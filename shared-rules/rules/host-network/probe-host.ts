import { remove } from '../../language/yaml/change.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podNamespaces } from './views.ts';

export const probeHost = defineRule({
  id: 'probe-host',
  on: podNamespaces,
  *detect({ subject, hostNetwork, probeHosts }) {
    for (const { handler, host, field, isLoopback } of probeHosts()) {
      const isAstray = isLoopback && hostNetwork.isOn === false;
      yield {
        at: field.value,
        ...(isAstray && { severity: 'medium' }),
        message: `The ${handler} of ${workloadName(subject)} goes to ${host}. ${consequence(isLoopback, hostNetwork.isOn)} Pod Security Baseline forbids it from Kubernetes 1.34. Remove host.`,
        fixes: [{ title: 'Remove host', safety: 'review', changes: [remove(field)] }],
      };
    }
  },
});

function consequence(isLoopback: boolean, isOnHostNetwork: boolean | undefined): string {
  if (!isLoopback)
    return 'The kubelet sends it from the node, past any NetworkPolicy, and it says nothing about this pod.';
  if (isOnHostNetwork === false)
    return 'The kubelet sends it, so that is the loopback of the node and not of the pod: it tests whatever listens there.';
  return 'That is the loopback of the node, where any process of the node may answer.';
}

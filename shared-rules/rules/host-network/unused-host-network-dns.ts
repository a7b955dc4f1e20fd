import { remove } from '../../language/yaml/change.ts';
import { isOnHostNetwork } from '../../model/kubernetes/pod-switches.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { pod } from '../base-views.ts';

export const unusedHostNetworkDns = defineRule({
  id: 'unused-host-network-dns',
  on: pod,
  *detect({ subject, pod }) {
    const policy = pod.spec.field('dnsPolicy');
    if (policy?.value.text !== 'ClusterFirstWithHostNet' || isOnHostNetwork(pod) !== false) return;
    yield {
      at: policy.value,
      message: `${workloadName(subject)} has the DNS policy for host networking and is not on the node's network. It gets the DNS of the cluster either way; the line only suggests something that is not so. Remove it.`,
      fixes: [{ title: 'Remove dnsPolicy', safety: 'safe', changes: [remove(policy)] }],
    };
  },
});

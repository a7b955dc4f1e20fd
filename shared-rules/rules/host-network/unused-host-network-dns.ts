import { remove } from '../../language/yaml/change.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podNamespaces } from './views.ts';

export const unusedHostNetworkDns = defineRule({
  id: 'unused-host-network-dns',
  on: podNamespaces,
  *detect({ subject, hostNetwork, dns }) {
    if (!dns.field || dns.policy !== 'ClusterFirstWithHostNet' || hostNetwork.isOn !== false) return;
    yield {
      at: dns.field.value,
      message: `${workloadName(subject)} has the DNS policy for host networking and is not on the node's network. It gets the DNS of the cluster either way; the line only suggests something that is not so. Remove it.`,
      fixes: [{ title: 'Remove dnsPolicy', safety: 'safe', changes: [remove(dns.field)] }],
    };
  },
});

import { defineRule } from '../engine/rule.ts';
import { workloadName } from '../source/subject.ts';
import { remove } from '../source/yaml-edit.ts';

export const unusedHostNetworkDns = defineRule({
  id: 'unused-host-network-dns',
  detect: {
    *pod({ subject, hostNetwork, dns }) {
      if (!dns.field || dns.policy !== 'ClusterFirstWithHostNet' || hostNetwork.isOn !== false) return;
      yield {
        at: dns.field.value,
        message: `${workloadName(subject)} has the DNS policy for host networking and is not on the node's network. It gets the DNS of the cluster either way; the line only suggests something that is not so. Remove it.`,
        fixes: [{ title: 'Remove dnsPolicy', safety: 'safe', changes: [remove(dns.field)] }],
      };
    },
  },
});

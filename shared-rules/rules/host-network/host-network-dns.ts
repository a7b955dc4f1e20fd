import { put } from '../../language/yaml/change.ts';
import { isSureBeside } from '../../language/yaml/presence.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podNamespaces } from './views.ts';

export const hostNetworkDns = defineRule({
  id: 'host-network-dns',
  on: podNamespaces,
  *detect({ subject, spec, hostNetwork, dns, clusterName, isNodeComponent, isForWindows }) {
    const { field } = hostNetwork;
    if (!field || !hostNetwork.isOn || dns.policy !== 'ClusterFirst' || dns.hasOwnServers || isForWindows) return;
    if (dns.field && !isSureBeside(dns.field, field)) return;
    const name = clusterName();
    // Agents of a node and what starts before the cluster's DNS seldom need its names.
    if (!name && (isNodeComponent || subject.kind === 'DaemonSet')) return;
    yield {
      at: dns.field ? (dns.field.value.isNull ? keyPlace(dns.field) : dns.field.value) : keyPlace(field),
      message: `${workloadName(subject)} is on the node's network with the DNS policy ClusterFirst${dns.field ? '' : ', the default'}. There the kubelet gives it the node's resolver instead, which knows no Service of the cluster. Set dnsPolicy to ClusterFirstWithHostNet.`,
      related: name ? [{ message: 'A name that only the DNS of the cluster knows', at: name }] : [],
      fixes: [
        {
          title: 'Set dnsPolicy to ClusterFirstWithHostNet',
          safety: 'review',
          changes: [put(spec, ['dnsPolicy'], 'ClusterFirstWithHostNet')],
        },
      ],
    };
  },
});

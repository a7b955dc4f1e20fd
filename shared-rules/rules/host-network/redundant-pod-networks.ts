import { remove } from '../../language/yaml/change.ts';
import { isSureBeside } from '../../language/yaml/presence.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import { trueField } from '../../model/kubernetes/objects.ts';
import { furtherNetworks } from '../../model/kubernetes/pod-networks.ts';
import { listed, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { pod } from '../base-views.ts';
import { leavingHostNetwork } from './leaving-host-network.ts';

export const redundantPodNetworks = defineRule({
  id: 'redundant-pod-networks',
  on: pod,
  *detect({ subject, pod }) {
    const hostNetwork = trueField(pod.spec, 'hostNetwork');
    const annotation = furtherNetworks(pod);
    const leave = leavingHostNetwork(pod);
    if (!hostNetwork || !annotation || !leave || !isSureBeside(annotation, hostNetwork)) return;
    yield {
      at: keyPlace(annotation),
      message: `${workloadName(subject)} asks for networks of its own (${annotation.name}) and is on the node's network. It has no network namespace to attach them to. Remove hostNetwork to get them, or remove the annotation.`,
      related: [{ message: "Joins the node's network here", at: hostNetwork.value }],
      fixes: [
        {
          title: `Remove ${listed(['hostNetwork', ...leave.companions])}`,
          safety: 'review',
          changes: leave.changes,
        },
        { title: 'Remove the annotation', safety: 'review', changes: [remove(annotation)] },
      ],
    };
  },
});

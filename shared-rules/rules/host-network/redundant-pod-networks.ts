import { remove } from '../../language/yaml/change.ts';
import { isSureBeside } from '../../language/yaml/presence.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import { listed, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podNamespaces } from './views.ts';

export const redundantPodNetworks = defineRule({
  id: 'redundant-pod-networks',
  on: podNamespaces,
  *detect({ subject, hostNetwork, furtherNetworks, leavingHostNetwork }) {
    const leave = leavingHostNetwork();
    if (!furtherNetworks || !hostNetwork.field || !leave) return;
    if (!isSureBeside(furtherNetworks, hostNetwork.field)) return;
    yield {
      at: keyPlace(furtherNetworks),
      message: `${workloadName(subject)} asks for networks of its own (${furtherNetworks.name}) and is on the node's network. It has no network namespace to attach them to. Remove hostNetwork to get them, or remove the annotation.`,
      related: [{ message: "Joins the node's network here", at: hostNetwork.field.value }],
      fixes: [
        {
          title: `Remove ${listed(['hostNetwork', ...leave.companions])}`,
          safety: 'review',
          changes: leave.changes,
        },
        { title: 'Remove the annotation', safety: 'review', changes: [remove(furtherNetworks)] },
      ],
    };
  },
});

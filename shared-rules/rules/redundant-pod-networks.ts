import { defineRule } from '../engine/rule.ts';
import { isSureBeside } from '../source/known.ts';
import { listed, workloadName } from '../source/subject.ts';
import { keyPlace } from '../source/value.ts';
import { remove } from '../source/yaml-edit.ts';

export const redundantPodNetworks = defineRule({
  id: 'redundant-pod-networks',
  detect: {
    *pod({ subject, hostNetwork, furtherNetworks, leavingHostNetwork }) {
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
  },
});

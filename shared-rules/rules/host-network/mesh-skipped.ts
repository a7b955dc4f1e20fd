import { remove } from '../../language/yaml/change.ts';
import { workloadName } from '../../model/wording.ts';
import { placedPod } from '../admission/views.ts';
import { defineRule } from '../api.ts';

export const meshSkipped = defineRule({
  id: 'mesh-skipped',
  on: placedPod,
  *detect({ subject, hostNetwork, meshRequests }) {
    if (!hostNetwork) return;
    for (const { mesh, spelling, at, field, file } of meshRequests()) {
      const onHost = { message: "On the node's network here", at: hostNetwork.value };
      const who = field ? 'asks' : 'is in a namespace that asks';
      yield {
        at: field ? field.value : hostNetwork.value,
        message: `${workloadName(subject)} ${who} for the proxy of ${mesh} (${spelling}) and is on the node's network, where ${mesh} injects none: the rules that redirect traffic would be the node's. Nothing of the mesh applies to it, neither encryption nor authorization. Leave the node's network${field ? ', or stop asking for the proxy' : ''}.`,
        related: field ? [onHost] : [{ message: `Asks for the proxy of ${mesh}`, at, file }],
        fixes: field ? [{ title: `Remove ${field.name}`, safety: 'review', changes: [remove(field)] }] : [],
      };
    }
  },
});

import { remove } from '../../language/yaml/change.ts';
import { isSureBeside } from '../../language/yaml/presence.ts';
import { trueField } from '../../model/kubernetes/objects.ts';
import { listed, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { pod } from '../base-views.ts';
import { leavingHostNetwork } from '../host-network/leaving-host-network.ts';

export const userNamespaceConflict = defineRule({
  id: 'user-namespace-conflict',
  on: pod,
  *detect({ subject, pod }) {
    const field = pod.spec.field('hostUsers');
    if (field?.value.boolean !== false) return;
    const others = ['hostPID', 'hostIPC', 'hostNetwork']
      .flatMap((name) => trueField(pod.spec, name) ?? [])
      .filter((other) => isSureBeside(field, other));
    if (others.length === 0) return;
    const names = others.map(({ name }) => name);
    const leave = names.includes('hostNetwork') ? leavingHostNetwork(pod) : undefined;
    const changes = others.flatMap((other) => (leave && other.name === 'hostNetwork' ? leave.changes : remove(other)));
    yield {
      at: field.value,
      message: `${workloadName(subject)} asks for a user namespace of its own (hostUsers: false) and for namespaces of the node (${listed(names)}). The API server refuses them together${names.includes('hostNetwork') ? ', hostNetwork unless the alpha gate UserNamespacesHostNetworkSupport is on' : ''}. Keep the user namespace and remove ${listed(names)}.`,
      related: others.map((other) => ({ message: 'Asks for a namespace of the node', at: other.value })),
      fixes: [
        { title: `Remove ${listed([...names, ...(leave?.companions ?? [])])}`, safety: 'review', changes },
        { title: 'Remove hostUsers', safety: 'review', changes: [remove(field)] },
      ],
    };
  },
});

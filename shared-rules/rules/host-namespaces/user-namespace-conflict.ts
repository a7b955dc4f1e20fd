import { remove } from '../../language/yaml/change.ts';
import { isSureBeside } from '../../language/yaml/presence.ts';
import { listed, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podNamespaces } from '../host-network/views.ts';

export const userNamespaceConflict = defineRule({
  id: 'user-namespace-conflict',
  on: podNamespaces,
  *detect({ subject, hostUsers, hostNetwork, hostPid, hostIpc, leavingHostNetwork }) {
    const { field } = hostUsers;
    if (hostUsers.isOn !== false || !field) return;
    const others = [hostPid, hostIpc, hostNetwork].flatMap((other) =>
      other.isOn && other.field && isSureBeside(field, other.field) ? other.field : [],
    );
    if (others.length === 0) return;
    const names = others.map(({ name }) => name);
    const leave = others.some((other) => other === hostNetwork.field) ? leavingHostNetwork() : undefined;
    const changes = others.flatMap((other) => (leave && other === hostNetwork.field ? leave.changes : remove(other)));
    yield {
      at: field.value,
      message: `${workloadName(subject)} asks for a user namespace of its own (hostUsers: false) and for namespaces of the host (${listed(names)}). The API server refuses them together${names.includes('hostNetwork') ? ', hostNetwork unless the alpha gate UserNamespacesHostNetworkSupport is on' : ''}. Keep the user namespace and remove ${listed(names)}.`,
      related: others.map((other) => ({ message: 'Asks for a namespace of the host', at: other.value })),
      fixes: [
        { title: `Remove ${listed([...names, ...(leave?.companions ?? [])])}`, safety: 'review', changes },
        { title: 'Remove hostUsers', safety: 'review', changes: [remove(field)] },
      ],
    };
  },
});

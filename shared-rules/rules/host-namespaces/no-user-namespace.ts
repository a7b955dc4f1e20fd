import { put } from '../../language/yaml/change.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podNamespaces } from '../host-network/views.ts';

export const noUserNamespace = defineRule({
  id: 'no-user-namespace',
  on: podNamespaces,
  *detect({ subject, spec, specKey, hostUsers, hostNetwork, hostPid, hostIpc, couldHaveOwnUsers }) {
    const hasOwnNamespaces = [hostNetwork, hostPid, hostIpc].every(({ isOn }) => isOn === false);
    if (!hostUsers.isOn || !hasOwnNamespaces || !couldHaveOwnUsers()) return;
    yield {
      at: hostUsers.field?.value ?? specKey,
      message: `${workloadName(subject)} may run as root, and root in it is root on the node: it has no user namespace of its own. Set hostUsers to false, which makes it an unprivileged user there, or runAsNonRoot to true.`,
      fixes: [{ title: 'Set hostUsers to false', safety: 'review', changes: [put(spec, ['hostUsers'], false)] }],
    };
  },
});

import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostNamespaceUse } from './views.ts';

export const hostUserNamespace = defineRule({
  id: 'host-user-namespace',
  on: hostNamespaceUse,
  *detect({ subject, namespace, at, spelling, fromDefault, fixes }) {
    if (namespace !== 'user') return;
    yield {
      at,
      message: `${workloadName(subject)} turns off user-namespace remapping for itself (${spelling})${unlessSet(fromDefault)}. Where the engine remaps users, root in this container is root on the host. Remove it.`,
      fixes,
    };
  },
});

import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostNamespaceView } from './host-namespace-view.ts';

export const hostUserNamespace = defineRule({
  id: 'host-user-namespace',
  on: hostNamespaceView({ compose: 'userns_mode', flag: 'userns', inspect: ['UsernsMode'] }),
  *detect({ subject, at, spelling, fromDefault, fixes }) {
    yield {
      at,
      message: `${workloadName(subject)} turns off user-namespace remapping for itself (${spelling})${unlessSet(fromDefault)}. Where the engine remaps users, root in this container is root on the host. Remove it.`,
      fixes,
    };
  },
});

import { defineRule } from '../engine/rule.ts';
import { workloadName } from '../source/subject.ts';

export const hostUserNamespace = defineRule({
  id: 'host-user-namespace',
  detect: {
    *hostNamespace({ subject, namespace, at, spelling, fromDefault, fixes }) {
      if (namespace !== 'user') return;
      const condition = fromDefault ? ', unless the variable says otherwise' : '';
      yield {
        at,
        message: `${workloadName(subject)} turns off user-namespace remapping for itself (${spelling})${condition}. Where the engine remaps users, root in this container is root on the host. Remove it.`,
        fixes,
      };
    },
  },
});

import { defineRule } from '../engine/rule.ts';
import { unlessSet, workloadName } from '../source/subject.ts';

export const hostUserNamespace = defineRule({
  id: 'host-user-namespace',
  detect: {
    *hostNamespace({ subject, namespace, at, spelling, fromDefault, fixes }) {
      if (namespace !== 'user') return;
      yield {
        at,
        message: `${workloadName(subject)} turns off user-namespace remapping for itself (${spelling})${unlessSet(fromDefault)}. Where the engine remaps users, root in this container is root on the host. Remove it.`,
        fixes,
      };
    },
  },
});

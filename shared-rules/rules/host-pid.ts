import { defineRule } from '../engine/rule.ts';
import { unlessSet, workloadName } from '../source/subject.ts';

export const hostPid = defineRule({
  id: 'host-pid',
  detect: {
    *hostNamespace({ subject, namespace, at, spelling, fromDefault, fixes }) {
      if (namespace !== 'process') return;
      yield {
        at,
        message: `${workloadName(subject)} shares the host's process namespace (${spelling})${unlessSet(fromDefault)}. It sees every process on the host, with its arguments and environment, can signal those of its own user, and reaches the files of other containers through /proc. Remove it.`,
        fixes,
      };
    },
  },
});

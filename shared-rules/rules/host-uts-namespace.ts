import { defineRule } from '../engine/rule.ts';
import { unlessSet, workloadName } from '../source/subject.ts';

export const hostUtsNamespace = defineRule({
  id: 'host-uts-namespace',
  detect: {
    *hostNamespace({ subject, namespace, at, spelling, fromDefault, fixes }) {
      if (namespace !== 'UTS') return;
      yield {
        at,
        message: `${workloadName(subject)} shares the host's UTS namespace (${spelling})${unlessSet(fromDefault)}. It learns the host's name, and with the right capability changes it. Remove it.`,
        fixes,
      };
    },
  },
});

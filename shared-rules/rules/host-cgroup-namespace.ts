import { defineRule } from '../engine/rule.ts';
import { unlessSet, workloadName } from '../source/subject.ts';

export const hostCgroupNamespace = defineRule({
  id: 'host-cgroup-namespace',
  detect: {
    *hostNamespace({ subject, namespace, at, spelling, fromDefault, fixes }) {
      if (namespace !== 'cgroup') return;
      yield {
        at,
        message: `${workloadName(subject)} shares the host's cgroup namespace (${spelling})${unlessSet(fromDefault)}. It sees which containers and units run on the host, and when it is privileged can steer them. Remove it.`,
        fixes,
      };
    },
  },
});

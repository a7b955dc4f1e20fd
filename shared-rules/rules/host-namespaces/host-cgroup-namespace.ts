import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostNamespaceUse } from './views.ts';

export const hostCgroupNamespace = defineRule({
  id: 'host-cgroup-namespace',
  on: hostNamespaceUse,
  *detect({ subject, namespace, at, spelling, fromDefault, fixes }) {
    if (namespace !== 'cgroup') return;
    yield {
      at,
      message: `${workloadName(subject)} shares the host's cgroup namespace (${spelling})${unlessSet(fromDefault)}. It sees which containers and units run on the host, and when it is privileged can steer them. Remove it.`,
      fixes,
    };
  },
});

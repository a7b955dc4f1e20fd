import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostNamespaceView } from './host-namespace-view.ts';

export const hostCgroupNamespace = defineRule({
  id: 'host-cgroup-namespace',
  on: hostNamespaceView({ compose: 'cgroup', flag: 'cgroupns', inspect: ['CgroupnsMode', 'CgroupMode'] }),
  *detect({ subject, at, spelling, fromDefault, fixes }) {
    yield {
      at,
      message: `${workloadName(subject)} shares the host's cgroup namespace (${spelling})${unlessSet(fromDefault)}. It sees which containers and units run on the host, and when it is privileged can steer them. Remove it.`,
      fixes,
    };
  },
});

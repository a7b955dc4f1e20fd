import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostWord } from '../platform.ts';
import { hostNamespaceView } from './host-namespace-view.ts';

export const hostPid = defineRule({
  id: 'host-pid',
  on: hostNamespaceView({ pod: 'hostPID', compose: 'pid', flag: 'pid', inspect: ['PidMode'] }),
  *detect({ subject, platform, at, spelling, fromDefault, fixes }) {
    yield {
      at,
      check: platform,
      message: `${workloadName(subject)} shares the ${hostWord(platform)}'s process namespace (${spelling})${unlessSet(fromDefault)}. It sees every process on the ${hostWord(platform)}, with its arguments and environment, can signal those of its own user, and reaches the files of other containers through /proc. Remove it.`,
      fixes,
    };
  },
});

import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostNamespaceUse } from './views.ts';

export const hostPid = defineRule({
  id: 'host-pid',
  on: hostNamespaceUse,
  *detect({ subject, namespace, at, spelling, fromDefault, fixes }) {
    if (namespace !== 'process') return;
    yield {
      at,
      message: `${workloadName(subject)} shares the host's process namespace (${spelling})${unlessSet(fromDefault)}. It sees every process on the host, with its arguments and environment, can signal those of its own user, and reaches the files of other containers through /proc. Remove it.`,
      fixes,
    };
  },
});

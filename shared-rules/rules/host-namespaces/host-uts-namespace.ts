import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostNamespaceUse } from './views.ts';

export const hostUtsNamespace = defineRule({
  id: 'host-uts-namespace',
  on: hostNamespaceUse,
  *detect({ subject, namespace, at, spelling, fromDefault, fixes }) {
    if (namespace !== 'UTS') return;
    yield {
      at,
      message: `${workloadName(subject)} shares the host's UTS namespace (${spelling})${unlessSet(fromDefault)}. It learns the host's name, and with the right capability changes it. Remove it.`,
      fixes,
    };
  },
});

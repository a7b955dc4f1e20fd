import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostNamespaceView } from './host-namespace-view.ts';

export const hostUtsNamespace = defineRule({
  id: 'host-uts-namespace',
  on: hostNamespaceView({ compose: 'uts', flag: 'uts', inspect: ['UTSMode'] }),
  *detect({ subject, at, spelling, fromDefault, fixes }) {
    yield {
      at,
      message: `${workloadName(subject)} shares the host's UTS namespace (${spelling})${unlessSet(fromDefault)}. It learns the host's name, and with the right capability changes it. Remove it.`,
      fixes,
    };
  },
});

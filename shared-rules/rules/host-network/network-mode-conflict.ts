import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { networkConflict } from './views.ts';

export const networkModeConflict = defineRule({
  id: 'network-mode-conflict',
  on: networkConflict,
  *detect({ subject, mode, spelling, fromDefault, other, refusedBy, refusal, fixes }) {
    const name = workloadName(subject);
    yield {
      at: (other ?? mode).at,
      message: other
        ? `${name} sets ${other.name} beside ${spelling}${unlessSet(fromDefault)}. ${refusedBy} refuses the two together ("${refusal}"), so it does not start. Remove one of them.`
        : `${name} is to join the host's network while it exists (${spelling}). ${refusedBy} refuses that ("${refusal}"). Connect it to a network of its own, or create it anew.`,
      related: other ? [{ message: 'The other one is here', at: mode.at }] : [],
      fixes,
    };
  },
});

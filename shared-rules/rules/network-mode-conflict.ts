import { defineRule } from '../engine/rule.ts';
import { unlessSet, workloadName } from '../source/subject.ts';

export const networkModeConflict = defineRule({
  id: 'network-mode-conflict',
  detect: {
    *networkConflict({ subject, mode, spelling, fromDefault, other, refusedBy, refusal, fixes }) {
      yield {
        at: other.at,
        message: `${workloadName(subject)} sets ${other.name} beside ${spelling}${unlessSet(fromDefault)}. ${refusedBy} refuses the two together ("${refusal}"), so it does not start. Remove one of them.`,
        related: [{ message: 'The other one is here', at: mode.at }],
        fixes,
      };
    },
  },
});

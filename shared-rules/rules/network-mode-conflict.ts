import { defineRule } from '../engine/rule.ts';
import { unlessSet, workloadName } from '../source/subject.ts';

export const networkModeConflict = defineRule({
  id: 'network-mode-conflict',
  detect: {
    *networkConflict({ subject, mode, modeText, fromDefault, other, refusedBy, refusal, fixes }) {
      yield {
        at: { range: other.range, path: other.value.path },
        message: `${workloadName(subject)} sets ${other.name} beside ${mode.name}: ${modeText}${unlessSet(fromDefault)}. ${refusedBy} refuses the two together ("${refusal}"), so it does not start. Remove one of them.`,
        related: [{ message: 'The other one is here', at: { range: mode.range, path: mode.value.path } }],
        fixes,
      };
    },
  },
});

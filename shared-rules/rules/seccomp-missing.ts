import { defineRule } from '../engine/rule.ts';
import { capitalized } from '../source/subject.ts';

export const seccompMissing = defineRule({
  id: 'seccomp-missing',
  detect: {
    *hardening({ right, name, at, fixes }) {
      if (right !== 'every system call') return;
      yield {
        at,
        message: `${capitalized(name)} has no seccomp profile, so it may make every system call unless the node says otherwise. Set seccompProfile to RuntimeDefault.`,
        fixes,
      };
    },
  },
});

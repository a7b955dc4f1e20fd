import { defineRule } from '../engine/rule.ts';
import { capitalized } from '../source/subject.ts';

export const unmaskedProc = defineRule({
  id: 'unmasked-proc',
  detect: {
    *containerSecurity({ name, platform, hasOwnUsers, unmaskedProc }) {
      const remedy =
        platform === 'kubernetes'
          ? 'Use the default, or give the pod a user namespace of its own (hostUsers: false).'
          : 'Remove it.';
      for (const { at, spelling, fixes } of unmaskedProc) {
        yield {
          at,
          ...(hasOwnUsers && { severity: 'low' }),
          message: `${capitalized(name)} sees all of /proc (${spelling}). It reads what the runtime hides and writes settings of the host's kernel. ${remedy}`,
          fixes,
        };
      }
    },
  },
});

import { defineRule } from '../engine/rule.ts';
import { capitalized } from '../source/subject.ts';

export const unmaskedProc = defineRule({
  id: 'unmasked-proc',
  detect: {
    *containerSecurity({ platform, name, hasOwnUsers, unmaskedProc }) {
      const [machine, way] =
        platform === 'kubernetes'
          ? ['node', ', or give the pod a user namespace of its own (hostUsers: false)']
          : ['host', ''];
      for (const { at, spelling, fixes } of unmaskedProc) {
        yield {
          at,
          ...(hasOwnUsers && { severity: 'low' }),
          message: `${capitalized(name)} sees all of /proc (${spelling}). It reads what the runtime hides and writes settings of the ${machine}'s kernel. Use the default${way}.`,
          fixes,
        };
      }
    },
  },
});

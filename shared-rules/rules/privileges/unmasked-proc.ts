import { capitalized } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { containerSecurity } from './views.ts';

export const unmaskedProc = defineRule({
  id: 'unmasked-proc',
  on: containerSecurity,
  *detect({ platform, name, hasOwnUsers, mayUnmaskProc, unmaskedProc }) {
    const isPod = platform === 'kubernetes';
    const plain = `It reads what the runtime hides and writes settings of the ${isPod ? 'node' : 'host'}'s kernel. Use the default${isPod ? ', or give the pod a user namespace of its own (hostUsers: false)' : ''}.`;
    const consequence = hasOwnUsers
      ? `It reads what the runtime hides, though with users of its own (hostUsers: false) it may change little of it${mayUnmaskProc ? '' : '; the baseline of the Pod Security Standards allows that from Kubernetes 1.35 on'}. Use the default unless it runs containers itself.`
      : plain;
    for (const { at, spelling, fixes } of unmaskedProc) {
      yield {
        at,
        ...(hasOwnUsers && { severity: mayUnmaskProc ? 'low' : 'medium' }),
        message: `${capitalized(name)} sees all of /proc (${spelling}). ${consequence}`,
        fixes,
      };
    }
  },
});

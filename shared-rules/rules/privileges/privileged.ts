import { capitalized } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { containerSecurity } from './views.ts';

export const privileged = defineRule({
  id: 'privileged',
  on: containerSecurity,
  *detect({ name, privileged }) {
    for (const { at, spelling, fixes } of privileged) {
      yield {
        at,
        message: `${capitalized(name)} is privileged (${spelling}). It has every capability, all devices of the host and no seccomp filter, so whoever controls it controls the host. Remove it, and give it the one capability or device it needs.`,
        fixes,
      };
    }
  },
});

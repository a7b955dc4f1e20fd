import { capitalized } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hardening } from './views.ts';

export const privilegeEscalation = defineRule({
  id: 'privilege-escalation',
  on: hardening,
  *detect({ right, name, at, spelling, fixes }) {
    if (right !== 'more privileges') return;
    yield {
      at,
      message: `${capitalized(name)} may gain more privileges than it starts with (${spelling ?? 'allowPrivilegeEscalation is not set, which means true'}). A program with the set-user-ID bit, such as sudo, makes a process root. Switch it off unless the container needs such a program.`,
      fixes,
    };
  },
});

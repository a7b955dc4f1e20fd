import { capitalized } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hardening } from './views.ts';

export const seccompMissing = defineRule({
  id: 'seccomp-missing',
  on: hardening,
  *detect({ right, name, at, fixes }) {
    if (right !== 'every system call') return;
    yield {
      at,
      message: `${capitalized(name)} has no seccomp profile, so it may make every system call unless the node says otherwise. Set seccompProfile to RuntimeDefault.`,
      fixes,
    };
  },
});

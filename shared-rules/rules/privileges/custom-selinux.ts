import { capitalized } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { containerSecurity } from './views.ts';

export const customSelinux = defineRule({
  id: 'custom-selinux',
  on: containerSecurity,
  *detect({ name, customSelinux }) {
    for (const { at, spelling, fixes } of customSelinux) {
      const isOff = /^label[=:]disable$/.test(spelling);
      yield {
        at,
        message: `${isOff ? `SELinux is switched off for ${name}` : `${capitalized(name)} has an SELinux label of its own`} (${spelling}). The label decides what a process may touch on the host, and the runtime's own keeps containers to their files. Remove it; to share files with the host, relabel these.`,
        fixes,
      };
    }
  },
});

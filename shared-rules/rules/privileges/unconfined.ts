import { defineRule } from '../api.ts';
import { containerSecurity } from './views.ts';

export const unconfined = defineRule({
  id: 'unconfined',
  on: containerSecurity,
  *detect({ name, unconfined }) {
    for (const { filter, at, spelling, fixes } of unconfined) {
      const what =
        filter === 'seccomp'
          ? 'It may make every system call of the kernel, also those that break out of containers'
          : "It may touch files and use rights that the runtime's profile denies to every other container";
      yield {
        at,
        severity: filter === 'seccomp' ? 'high' : 'medium',
        message: `${filter} is switched off for ${name} (${spelling}). ${what}. Use the runtime's default profile, or one made for the program.`,
        fixes,
      };
    }
  },
});

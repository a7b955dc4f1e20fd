import { defineRule } from '../engine/rule.ts';
import { unlessSet } from '../source/subject.ts';

export const insecureBuild = defineRule({
  id: 'insecure-build',
  detect: {
    *buildGrant({ right, name, at, spelling, fromDefault, fixes }) {
      if (right !== 'all privileges') return;
      yield {
        at,
        message: `The build of ${name} may run steps with all privileges (${spelling})${unlessSet(fromDefault)}. A step that does, or a package it installs, is root on the machine that builds. Remove it, and do what needs privileges when the container runs.`,
        fixes,
      };
    },
  },
});

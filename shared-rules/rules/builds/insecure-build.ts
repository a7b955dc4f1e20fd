import { unlessSet } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { buildGrant } from './views.ts';

export const insecureBuild = defineRule({
  id: 'insecure-build',
  on: buildGrant,
  *detect({ right, name, at, spelling, fromDefault, fixes }) {
    if (right !== 'all privileges') return;
    yield {
      at,
      message: `The build of ${name} may run steps with all privileges (${spelling})${unlessSet(fromDefault)}. A step that does, or a package it installs, is root on the machine that builds. Remove it, and do what needs privileges when the container runs.`,
      fixes,
    };
  },
});

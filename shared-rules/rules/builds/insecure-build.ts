import { composeTrueField } from '../../model/compose/booleans.ts';
import { unlessSet } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { buildRightView } from './build-right.ts';

const allPrivileges = buildRightView({
  entitlement: 'security.insecure',
  field: (build) => {
    const on = composeTrueField(build, 'privileged');
    return on && { ...on, spelling: 'privileged: true' };
  },
  isOption: ({ name, value }) => name === 'security' && value === 'insecure',
});

export const insecureBuild = defineRule({
  id: 'insecure-build',
  on: allPrivileges,
  *detect({ name, at, spelling, fromDefault, fixes }) {
    yield {
      at,
      message: `The build of ${name} may run steps with all privileges (${spelling})${unlessSet(fromDefault)}. A step that does, or a package it installs, is root on the machine that builds. Remove it, and do what needs privileges when the container runs.`,
      fixes,
    };
  },
});

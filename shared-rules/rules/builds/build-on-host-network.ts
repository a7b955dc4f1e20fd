import { unlessSet } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { buildGrant } from './views.ts';

export const buildOnHostNetwork = defineRule({
  id: 'build-on-host-network',
  on: buildGrant,
  *detect({ right, name, at, spelling, fromDefault, fixes }) {
    if (right !== 'host network') return;
    yield {
      at,
      message: `The build of ${name} may use the host's network (${spelling})${unlessSet(fromDefault)}. Every program that it runs, also the scripts of packages it installs, reaches services on the host's loopback and the cloud metadata address. Remove it.`,
      fixes,
    };
  },
});

import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostNetworkUse } from './views.ts';

export const hostNetworkOnDesktop = defineRule({
  id: 'host-network-on-desktop',
  on: hostNetworkUse,
  *detect({ subject, at, spelling, isDevContainer }) {
    if (!isDevContainer) return;
    yield {
      at,
      message: `${workloadName(subject)} is for development and shares the host's network (${spelling}). On Docker Desktop that needs version 4.34 or later with host networking switched on by a signed-in user; it carries TCP and UDP only, and does not work with Enhanced Container Isolation. Forward or publish the ports instead, so that it works on every machine.`,
    };
  },
});

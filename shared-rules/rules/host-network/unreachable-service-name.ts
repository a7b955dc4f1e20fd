import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import type { UnreachableReference } from './service-references.ts';
import { unreachableReference } from './views.ts';

export const unreachableServiceName = defineRule({
  id: 'unreachable-service-name',
  on: unreachableReference,
  *detect({ subject, at, target, spelling, onHost, fromDefault, related, fixes }) {
    yield {
      at,
      message: `${workloadName(subject)} looks for service ${target} by name (${spelling}), but ${reason(onHost, target)}${unlessSet(fromDefault)}. ${advice(onHost)}`,
      related,
      fixes,
    };
  },
});

function reason(onHost: UnreachableReference['onHost'], target: string): string {
  if (onHost === 'the one that looks') return "it is on the host's network, where names of services do not resolve";
  const who = onHost === 'both' ? 'both are' : `${target} is`;
  return `${who} on the host's network, where a service has no name`;
}

function advice(onHost: UnreachableReference['onHost']): string {
  if (onHost === 'the one that looks')
    return "Leave the host's network, or publish the other's port on 127.0.0.1 and use that.";
  return "Leave the host's network, or map the name to the host in extra_hosts.";
}

import { composeText } from '../../model/compose/interpolation.ts';
import { unlessSet } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { buildRightView } from './build-right.ts';

const hostNetwork = buildRightView({
  entitlement: 'network.host',
  field: (build) => {
    const field = build.field('network');
    const text = composeText(field?.value);
    return field && text?.text === 'host'
      ? { field, spelling: 'network: host', fromDefault: text.fromDefault }
      : undefined;
  },
  isOption: ({ name, value = '' }) =>
    (name === 'network' && value === 'host') || (name === 'driver-opt' && /(?:^|[\s,"])network=host\b/.test(value)),
});

export const buildOnHostNetwork = defineRule({
  id: 'build-on-host-network',
  on: hostNetwork,
  *detect({ name, at, spelling, fromDefault, fixes }) {
    yield {
      at,
      message: `The build of ${name} may use the host's network (${spelling})${unlessSet(fromDefault)}. Every program that it runs, also the scripts of packages it installs, reaches services on the host's loopback and the cloud metadata address. Remove it.`,
      fixes,
    };
  },
});

import { classify, describeSignals } from '../../model/ai/classify.ts';
import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { withOffers } from './offers.ts';
import { hostNetworkUse } from './views.ts';

export const hostNetwork = defineRule({
  id: 'host-network',
  on: hostNetworkUse,
  *detect({ subject, at, spelling, check, fromDefault, related, fixes, offers, workload }) {
    const { class: aiClass, signals } = classify(workload());
    const hint = aiClass === 'likely-ai' ? ` It looks like an AI workload (${describeSignals(signals)}).` : '';
    const name = workloadName(subject);
    const remedy = spelling.startsWith('hostNetwork:') ? 'Remove hostNetwork' : 'Use the network of pods';
    const message =
      check === 'kubernetes'
        ? `${name} shares the node's network (${spelling}). It can bind the node's ports, reach services on the node's loopback and the cloud metadata address, and NetworkPolicy does not protect it.${hint} ${remedy} and expose its ports through a Service.`
        : `${name} shares the host's network (${spelling})${unlessSet(fromDefault)}. Its ports open directly on the host, it can reach services on the host's loopback, and published ports are discarded.${hint} Use a network of its own and publish only the ports it needs.`;
    yield { check, at, message, related, fixes: () => [...fixes, ...withOffers(fixes[0], [offers().service])] };
  },
});

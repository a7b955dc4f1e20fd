import { inFile } from '../../facts/fact.ts';
import { listed, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podSelector } from './views.ts';

export const serviceOnHostNetwork = defineRule({
  id: 'service-on-host-network',
  on: podSelector,
  *detect({ subject, kind, at, onHostNetwork, maySelectOthers }) {
    if (kind !== 'Service' || maySelectOthers) return;
    const names = listed(onHostNetwork.map((pod) => workloadName(pod.fact.holder) + inFile(pod)));
    yield {
      at,
      message: `${workloadName(subject)} leads to nothing but pods on their node's network (${names}). Its endpoints are addresses of nodes: clients can go past the Service, and policies that allow pods by their labels do not apply to this traffic. Take the pods off the node's network.`,
      related: onHostNetwork.map(({ fact, file }) => ({ message: "On its node's network", at: fact.at, file })),
    };
  },
});

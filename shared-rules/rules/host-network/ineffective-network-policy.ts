import { inFile } from '../../facts/fact.ts';
import { listed, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podSelector } from './views.ts';

export const ineffectiveNetworkPolicy = defineRule({
  id: 'ineffective-network-policy',
  on: podSelector,
  *detect({ subject, kind, at, onHostNetwork, maySelectOthers }) {
    if (kind !== 'NetworkPolicy') return;
    const names = listed(onHostNetwork.map((pod) => workloadName(pod.fact.holder) + inFile(pod)));
    yield {
      at,
      ...(maySelectOthers && { severity: 'low' }),
      message: `${workloadName(subject)} selects the pods of ${names}, which are on their node's network. Kubernetes leaves undefined what a policy does there, and most network plugins ignore it, so these pods stay open. Take them off the node's network, or filter their ports on the node.`,
      related: onHostNetwork.map(({ fact, file }) => ({ message: "On its node's network", at: fact.at, file })),
    };
  },
});

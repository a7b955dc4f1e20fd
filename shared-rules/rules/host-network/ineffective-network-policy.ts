import { policyFact } from '../../facts/pod-facts.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule, type View } from '../api.ts';
import { namesOf, type PodSelection, placesOf, podSelection } from './pod-selection.ts';

const policySelection: View<PodSelection> = {
  name: 'policySelection',
  kinds: ['NetworkPolicy'],
  object: (object, { known }) => {
    const selector = policyFact(object)?.selector;
    const spec = object.root.field('spec');
    const field = spec?.value.field('podSelector') ?? spec;
    return selector && field ? podSelection(object, selector, field, known) : [];
  },
};

export const ineffectiveNetworkPolicy = defineRule({
  id: 'ineffective-network-policy',
  on: policySelection,
  *detect(selection) {
    const { subject, at, maySelectOthers } = selection;
    yield {
      at,
      ...(maySelectOthers && { severity: 'low' }),
      message: `${workloadName(subject)} selects the pods of ${namesOf(selection)}, which are on their node's network. Kubernetes leaves undefined what a policy does there, and most network plugins ignore it, so these pods stay open. Take them off the node's network, or filter their ports on the node.`,
      related: placesOf(selection),
    };
  },
});

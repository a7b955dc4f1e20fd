import { isUnconditional, knownTexts, lookUp } from '../../language/yaml/presence.ts';
import { isDeployed } from '../../model/kubernetes/deployed.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule, type View } from '../api.ts';
import { namesOf, type PodSelection, placesOf, podSelection } from './pod-selection.ts';

const serviceSelection: View<PodSelection> = {
  name: 'serviceSelection',
  kinds: ['Service'],
  object: (object, { known }) => {
    const { kind, group, root } = object;
    const field = root.get('spec')?.field('selector');
    if (kind !== 'Service' || group !== '' || !field || !isDeployed(object) || !isUnconditional(root)) return [];
    const labels = knownTexts(lookUp(root, 'spec', 'selector'));
    if (!labels || Object.keys(labels).length === 0) return [];
    return podSelection(object, { labels, expressions: [] }, field, known);
  },
};

export const serviceOnHostNetwork = defineRule({
  id: 'service-on-host-network',
  on: serviceSelection,
  *detect(selection) {
    const { subject, at, maySelectOthers } = selection;
    if (maySelectOthers) return;
    yield {
      at,
      message: `${workloadName(subject)} leads to nothing but pods on their node's network (${namesOf(selection)}). Its endpoints are addresses of nodes: clients can go past the Service, and policies that allow pods by their labels do not apply to this traffic. Take the pods off the node's network.`,
      related: placesOf(selection),
    };
  },
});

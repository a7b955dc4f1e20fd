import { keyPlace } from '../../language/yaml/value.ts';
import { classify } from '../../model/ai/classify.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podNamespaces } from './views.ts';

export const metadataReachable = defineRule({
  id: 'metadata-reachable',
  on: podNamespaces,
  *detect({ subject, hostNetwork, isNodeComponent, workload }) {
    if (!hostNetwork.isOn || !hostNetwork.field || isNodeComponent) return;
    const isAi = classify(workload()).class === 'ai';
    yield {
      at: keyPlace(hostNetwork.field),
      ...(isAi && { severity: 'medium' }),
      message: `${workloadName(subject)} reaches the metadata service of a cloud instance (169.254.169.254) as the node itself does. There it may fetch the credentials of the node, and neither a hop limit of 1 nor a NetworkPolicy stops it. Leave the node's network, or give the node no more rights than this workload may have.`,
    };
  },
});

import { keyPlace } from '../../language/yaml/value.ts';
import { readHostProcess } from '../../model/kubernetes/host-process.ts';
import { isNodeComponent } from '../../model/kubernetes/node-components.ts';
import { trueField } from '../../model/kubernetes/objects.ts';
import { workloadName } from '../../model/wording.ts';
import { classifiedPod } from '../ai/views.ts';
import { defineRule } from '../api.ts';

export const metadataReachable = defineRule({
  id: 'metadata-reachable',
  on: classifiedPod,
  *detect({ subject, pod, classification }) {
    const hostNetwork = trueField(pod.spec, 'hostNetwork');
    if (!hostNetwork || isNodeComponent(pod)) return;
    // The API server wants HostProcess pods on the node's network.
    const advice =
      readHostProcess(pod).on.length > 0
        ? "As a HostProcess pod it cannot leave the node's network: give"
        : "Leave the node's network, or give";
    yield {
      at: keyPlace(hostNetwork),
      ...(classification().class === 'ai' && { severity: 'medium' }),
      message: `${workloadName(subject)} reaches the metadata service of a cloud instance (169.254.169.254) as the node itself does. There it may fetch the credentials of the node, and neither a hop limit of 1 nor a NetworkPolicy stops it. ${advice} the node no more rights than this workload may have.`,
    };
  },
});

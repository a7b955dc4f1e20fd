import { replace } from '../../language/yaml/change.ts';
import { isBooleanText } from '../../language/yaml/renamed.ts';
import type { Field } from '../../language/yaml/value.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import { readHostProcess } from '../../model/kubernetes/host-process.ts';
import { type KubernetesObject, type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { podSubject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';
import type { HostNetworkUse } from './host-network-use.ts';
import { leavingHostNetwork } from './leaving-host-network.ts';
import { needForHostNetwork } from './need.ts';
import { networkPolicyOffer, serviceOffer } from './offers.ts';

/** @param ai knows the other objects of the file too, so that nothing is offered which is there already */
export function podHostNetworkUses(object: KubernetesObject, ai: AiContext): HostNetworkUse[] {
  return object.pods.flatMap((pod) => {
    const field = trueField(pod.spec, 'hostNetwork');
    // A HostProcess pod must be on the node's network; windows-host-process reports it.
    if (!field || readHostProcess(pod).on.length > 0) return [];
    return {
      subject: podSubject(pod),
      at: field.value,
      spelling: field.name === 'hostNetwork' ? 'hostNetwork: true' : `${field.name}: ${field.value.text}`,
      check: 'kubernetes',
      fromDefault: false,
      related: [],
      fixes: podFixes(pod, field),
      offers: () => ({ service: serviceOffer(pod, ai.objects), networkPolicy: networkPolicyOffer(pod, ai.objects) }),
      ignoredPorts: undefined,
      isDevContainer: false,
      workload: () => podWorkload(pod, ai),
      need: () => needForHostNetwork(pod),
    };
  });
}

function podFixes(pod: Pod, field: Field): Fix[] {
  const leave = leavingHostNetwork(pod);
  if (!leave || isBooleanText(field.value)) return [];
  const names = leave.companions.join(' and ');
  const [, ...companions] = leave.changes;
  return [
    {
      title: names ? `Remove hostNetwork, ${names}` : 'Remove hostNetwork',
      safety: 'review',
      changes: leave.changes,
    },
    {
      title: `Set hostNetwork to false${names ? ` and remove ${names}` : ''}`,
      safety: 'review',
      changes: [replace(field.value, 'false'), ...companions],
    },
  ];
}

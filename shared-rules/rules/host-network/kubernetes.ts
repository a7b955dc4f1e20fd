import type { Change } from '../../language/change.ts';
import { addDocument, remove, replace } from '../../language/yaml/change.ts';
import type { Field } from '../../language/yaml/value.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import { readHostProcess } from '../../model/kubernetes/host-process.ts';
import { type KubernetesObject, type ObjectsOf, type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { podSubject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';
import { needForHostNetwork } from './need.ts';
import { networkPolicyFor, serviceFor } from './pod-offers.ts';
import type { HostNetworkUse } from './use.ts';

/** @param ai tells the other objects of the file too, so that nothing is offered which is there already */
export function podHostNetworkUses(object: KubernetesObject, ai: AiContext): HostNetworkUse[] {
  return object.pods.flatMap((pod) => {
    const field = trueField(pod.spec, 'hostNetwork');
    if (!field) return [];
    return {
      subject: podSubject(pod),
      at: field.value,
      spelling: 'hostNetwork: true',
      platform: 'kubernetes',
      fromDefault: false,
      related: [],
      fixes: podFixes(pod, field),
      offers: () => offersFor(pod, ai.objects),
      ignoredPorts: undefined,
      isDevContainer: false,
      workload: () => podWorkload(pod, ai),
      need: () => needForHostNetwork(pod),
    };
  });
}

/** A removal of `hostNetwork` with what only makes sense beside it. */
export interface HostNetworkLeave {
  /** What goes with the field, such as `its dnsPolicy`. */
  readonly companions: readonly string[];
  readonly changes: readonly Change[];
}

/**
 * Leaving the host's network takes with it what only made sense there: the DNS policy for host networking, and
 * host ports equal to their container port, which the API server fills in for host-network pods.
 * Undefined where the pod does not share it, and for Windows HostProcess pods, which must.
 */
export function leavingHostNetwork(pod: Pod): HostNetworkLeave | undefined {
  const field = trueField(pod.spec, 'hostNetwork');
  if (!field || readHostProcess(pod).on.length > 0) return undefined;
  const dnsPolicy = pod.spec.field('dnsPolicy');
  const hasHostDns = dnsPolicy?.value.text === 'ClusterFirstWithHostNet';
  const hostPorts = pod.containers
    .flatMap((container) => container.ports)
    .filter(
      (port) =>
        port.get('hostPort')?.text !== undefined && port.get('hostPort')?.text === port.get('containerPort')?.text,
    )
    .map((port) => port.field('hostPort') as Field);
  return {
    companions: [hasHostDns ? 'its dnsPolicy' : '', hostPorts.length > 0 ? 'its host ports' : ''].filter(Boolean),
    changes: [remove(field), ...(hasHostDns ? [remove(dnsPolicy as Field)] : []), ...hostPorts.map(remove)],
  };
}

function podFixes(pod: Pod, field: Field): Fix[] {
  const leave = leavingHostNetwork(pod);
  if (!leave) return [];
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

function offersFor(pod: Pod, objects: ObjectsOf): ReturnType<HostNetworkUse['offers']> {
  const service = serviceFor(pod, objects);
  const policy = networkPolicyFor(pod, objects);
  const behind = pod.object.root;
  return {
    ...(service && { service: { name: 'a Service for its ports', change: addDocument(service, behind) } }),
    ...(policy && { networkPolicy: { name: 'a NetworkPolicy', change: addDocument(policy, behind) } }),
  };
}

import type { Field, Value } from '../../language/yaml/value.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import type { WorkloadTraits } from '../../model/ai/traits.ts';
import { type KubernetesObject, type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { podSubject } from '../../model/workload.ts';
import type { Viewed } from '../api.ts';

/** A container port that asks for a port of its node. */
export interface HostPort extends Viewed {
  /** `hostPort`, whose value is a number above 0. */
  readonly field: Field;
  readonly hostPort: number;
  /** The entry of the container's `ports`. */
  readonly entry: Value;
  /** What the AI classifier looks at. */
  readonly workload: () => WorkloadTraits;
}

/** The host ports that are open to others than their node, by pods on a network of their own. */
export function openHostPorts(object: KubernetesObject, ai: AiContext): HostPort[] {
  return object.pods
    .filter((pod) => !isOnHostNetwork(pod))
    .flatMap((pod) => hostPortsOf(pod, ai))
    .filter(({ entry }) => !/^(?:127\.|::1$)/.test(entry.get('hostIP')?.text ?? ''));
}

/** The host ports of pods on the node's network, where the API server fills in those that are missing. */
export function hostNetworkPorts(object: KubernetesObject, ai: AiContext): HostPort[] {
  return object.pods.filter(isOnHostNetwork).flatMap((pod) => hostPortsOf(pod, ai));
}

function isOnHostNetwork({ spec }: Pod): boolean {
  return trueField(spec, 'hostNetwork') !== undefined;
}

function hostPortsOf(pod: Pod, ai: AiContext): HostPort[] {
  return pod.containers
    .flatMap(({ ports }) => ports)
    .flatMap((entry) => {
      const field = entry.field('hostPort');
      const hostPort = field?.value.integer;
      const common = { subject: podSubject(pod), workload: () => podWorkload(pod, ai) };
      return field && hostPort ? [{ ...common, field, hostPort, entry }] : [];
    });
}

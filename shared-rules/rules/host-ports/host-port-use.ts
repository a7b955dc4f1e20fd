import type { Place } from '../../language/place.ts';
import { put, remove, replace } from '../../language/yaml/change.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import type { WorkloadTraits } from '../../model/ai/traits.ts';
import { type KubernetesObject, trueField } from '../../model/kubernetes/objects.ts';
import { podSubject, type Subject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';

/** A container port that asks for a port of its node. */
export interface HostPortUse {
  readonly subject: Subject;
  readonly at: Place;
  /** The port's own name. */
  readonly name: string | undefined;
  readonly hostPort: number;
  readonly containerPort: number | undefined;
  /** Whether the pod is on the node's network anyway. */
  readonly isOnHostNetwork: boolean;
  /** Whether it listens on an address of the node that only the node itself reaches. */
  readonly isLoopback: boolean;
  readonly removal: Fix;
  /** Listens on the node's loopback only. */
  readonly toLoopback: Fix;
  /** Makes it the same as the container's port; undefined where that is not known. */
  readonly toContainerPort: Fix | undefined;
  /** What the AI classifier looks at. */
  readonly workload: () => WorkloadTraits;
}

export function podHostPortUses(object: KubernetesObject, ai: AiContext): HostPortUse[] {
  return object.pods.flatMap((pod) => {
    const isOnHostNetwork = trueField(pod.spec, 'hostNetwork') !== undefined;
    return pod.containers
      .flatMap((container) => container.ports)
      .flatMap((port) =>
        toUse(port, { subject: podSubject(pod), isOnHostNetwork, workload: () => podWorkload(pod, ai) }),
      );
  });
}

function toUse(port: Value, common: Pick<HostPortUse, 'subject' | 'isOnHostNetwork' | 'workload'>): HostPortUse[] {
  const field = port.field('hostPort');
  const hostPort = field?.value.integer;
  if (!field || !hostPort) return [];
  const containerPort = port.get('containerPort')?.integer;
  return [
    {
      ...common,
      at: field.value,
      name: port.get('name')?.text,
      hostPort,
      containerPort,
      isLoopback: /^(?:127\.|::1$)/.test(port.get('hostIP')?.text ?? ''),
      removal: { title: 'Remove hostPort', safety: 'review', changes: [remove(field)] },
      toLoopback: { title: 'Set hostIP to 127.0.0.1', safety: 'review', changes: [put(port, ['hostIP'], '127.0.0.1')] },
      toContainerPort:
        containerPort === undefined
          ? undefined
          : {
              title: `Set hostPort to ${containerPort}`,
              safety: 'review',
              changes: [replace(field.value, String(containerPort))],
            },
    },
  ];
}

import type { Change } from '../../language/change.ts';
import { remove } from '../../language/yaml/change.ts';
import type { Field } from '../../language/yaml/value.ts';
import { readHostProcess } from '../../model/kubernetes/host-process.ts';
import { type Pod, trueField } from '../../model/kubernetes/objects.ts';

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

import type { Field, Value } from '../../language/yaml/value.ts';
import type { Container, Pod } from '../../model/kubernetes/objects.ts';

/** A probe or lifecycle hook that the kubelet sends to a host of the manifest's choosing. */
export interface ProbeHost {
  /** Such as `livenessProbe` or `lifecycle.preStop`. */
  readonly handler: string;
  readonly host: string;
  readonly field: Field;
  /** Whether it is an address by which the node means itself. */
  readonly isLoopback: boolean;
}

/** A port that a container listens on, as a probe tells. */
export interface ProbedPort {
  readonly container: Value;
  readonly port: number;
  readonly at: Value;
}

const PROBES = [['startupProbe'], ['readinessProbe'], ['livenessProbe']] as const;
const HOOKS = [
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;
/** The actions that have a `host` in core/v1; it defaults to the pod's address. */
const ACTIONS = ['httpGet', 'tcpSocket'] as const;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/i;

export function probeHosts({ containers }: Pod): ProbeHost[] {
  return containers.flatMap(({ value }) =>
    [...PROBES, ...HOOKS].flatMap((path) =>
      ACTIONS.flatMap((action) => {
        const field = value.at(...path, action)?.field('host');
        // An empty host means the pod's own address.
        const host = field?.value.isNull ? '' : field?.value.text;
        return field && host ? { handler: path.join('.'), host, field, isLoopback: LOOPBACK.test(host) } : [];
      }),
    ),
  );
}

/** The ports that probes of containers find open, each once. */
export function probedPorts(containers: readonly Container[]): ProbedPort[] {
  const found = new Map<number, ProbedPort>();
  for (const { value } of containers)
    for (const path of PROBES)
      for (const action of [...ACTIONS, 'grpc']) {
        const at = value.at(...path, action, 'port');
        if (at?.integer && !found.has(at.integer)) found.set(at.integer, { container: value, port: at.integer, at });
      }
  return [...found.values()];
}

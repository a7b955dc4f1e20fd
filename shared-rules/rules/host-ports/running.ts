import type { Value } from '../../language/yaml/value.ts';
import { containerWorkload } from '../../model/ai/container-traits.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { containerSubject, hostMode, type InspectedContainer } from '../../model/running/inspect.ts';
import type { PublishedPort } from './published-ports.ts';

/**
 * What a container was told to publish, and what the engine chose to: with `PublishAllPorts` that stands in the network
 * settings alone. The ports of a container on the host's network are discarded and not listed.
 */
export function containerPublishedPorts(container: InspectedContainer, ai: AiContext): PublishedPort[] {
  if (hostMode(container, 'NetworkMode')) return [];
  const { hostConfig, value } = container;
  const chosen = hostConfig.get('PublishAllPorts')?.boolean ? value.at('NetworkSettings', 'Ports') : undefined;
  const ports = new Map([chosen, hostConfig.get('PortBindings')].flatMap(portsIn));
  return [...ports].flatMap(([port, bindings]) =>
    withoutTwins(bindings.items()).map((binding) => {
      const host = binding.get('HostPort');
      return {
        subject: containerSubject(container),
        at: host ?? binding,
        spelling: [host?.text, port].filter(Boolean).join(':'),
        address: binding.get('HostIp')?.text || undefined,
        toLoopback: [],
        workload: () => containerWorkload(container, ai),
      };
    }),
  );
}

/** Docker binds a port without an address twice, by IPv4 and IPv6. */
function withoutTwins(bindings: readonly Value[]): Value[] {
  const isOn = (binding: Value, address: string, port: string | undefined) =>
    binding.get('HostIp')?.text === address && binding.get('HostPort')?.text === port;
  return bindings.filter((binding) => {
    const port = binding.get('HostPort')?.text;
    return !isOn(binding, '::', port) || !bindings.some((other) => isOn(other, '0.0.0.0', port));
  });
}

/** The bindings of each port of the container, such as `80/tcp`. */
function portsIn(map: Value | undefined): [string, Value][] {
  return (map?.fields() ?? []).map(({ name, value }) => [name, value]);
}

import type { Change } from '../../language/change.ts';
import type { Place } from '../../language/place.ts';
import { put, replace } from '../../language/yaml/change.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { serviceWorkload } from '../../model/ai/service-traits.ts';
import type { WorkloadTraits } from '../../model/ai/traits.ts';
import type { ComposeFile, Service } from '../../model/compose/compose.ts';
import { hostNetworkUses } from '../../model/compose/host-network.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { isForStack } from '../../model/compose/stack.ts';
import { readPortMapping } from '../../model/ports.ts';
import { type Subject, serviceSubject } from '../../model/workload.ts';

/** A port that a Compose service or a container publishes on the host. */
export interface PublishedPort {
  readonly subject: Subject;
  readonly at: Place;
  /** As it is written, with variables read. */
  readonly spelling: string;
  /** The host's address it is bound to; undefined for all of them. */
  readonly address: string | undefined;
  /** Publishes it on the host's loopback; empty where that cannot be written. */
  readonly toLoopback: readonly Change[];
  /** Where a stack publishes it: on every node of the swarm, or on those that run it. Undefined outside of stacks. */
  readonly inStack?: 'ingress' | 'host' | undefined;
  /** What the AI classifier looks at. */
  readonly workload: () => WorkloadTraits;
}

/** The published ports of every service; those of a service on the host's network are discarded and not listed. */
export function publishedPorts(file: ComposeFile, ai: AiContext): PublishedPort[] {
  return file.services
    .filter((service) => hostNetworkUses(service).length === 0)
    .flatMap((service) =>
      (service.value.get('ports')?.items() ?? []).flatMap((port) => readPort(service, port, ai) ?? []),
    );
}

function readPort(service: Service, port: Value, ai: AiContext): PublishedPort | undefined {
  const common = { subject: serviceSubject(service), workload: () => serviceWorkload(service, ai) };
  if (port.isMapping) {
    const target = port.get('target');
    const published = port.get('published');
    if (!target || port.get('host_ip')?.isUnknown) return undefined;
    // Compose goes by no mode; the schema of stacks has no address in this form.
    const mode = port.get('mode')?.text === 'host' ? 'host' : 'ingress';
    return {
      ...common,
      at: published ?? target,
      spelling: [composeText(published)?.text, composeText(target)?.text].filter(Boolean).join(':'),
      address: composeText(port.get('host_ip'))?.text,
      ...(isForStack(service.file) && !port.get('host_ip')
        ? { inStack: mode, toLoopback: [] }
        : { toLoopback: [put(port, ['host_ip'], '127.0.0.1')] }),
    };
  }
  const text = composeText(port)?.text;
  const published = text === undefined ? undefined : readPortMapping(text);
  if (text === undefined || !published) return undefined;
  // `ConvertPortToPortConfig` of docker/cli warns that it leaves the address out.
  if (isForStack(service.file))
    return { ...common, at: port, spelling: text, address: undefined, toLoopback: [], inStack: 'ingress' };
  const prefix = text.includes(':') ? '127.0.0.1:' : '127.0.0.1::';
  return {
    ...common,
    at: port,
    spelling: text,
    address: published.address,
    toLoopback: [replace(port, prefix + (port.text ?? text))],
  };
}

/** Where a port is open, as a sentence goes on behind `on every interface of`. */
export function machinesOf({ inStack }: PublishedPort): string {
  if (inStack === undefined) return 'the host';
  return inStack === 'host' ? 'each node that runs it' : 'every node of the swarm';
}

const ANY_ADDRESS: ReadonlySet<string | undefined> = new Set([undefined, '0.0.0.0', '::']);

/** Whether everyone who reaches the host reaches the port. */
export function isOnAllInterfaces({ address }: PublishedPort): boolean {
  return ANY_ADDRESS.has(address);
}

import type { Value } from '../../language/yaml/value.ts';
import { type PortMapping, portsIn, readPortMapping } from '../ports.ts';
import type { Service } from './compose.ts';
import { composeText } from './interpolation.ts';

/** A published or exposed port of a service. */
export interface ServicePort extends PortMapping {
  /** Whether a variable's default stood in for one. */
  readonly fromDefault: boolean;
}

/** An entry of `ports` or `expose` in either form; undefined where a part of it is not known. */
export function readServicePort(entry: Value): ServicePort | undefined {
  if (!entry.isMapping) {
    const text = composeText(entry);
    const mapping = text && readPortMapping(text.text);
    return mapping && { ...mapping, fromDefault: text.fromDefault };
  }
  const parts = ['published', 'target', 'host_ip', 'protocol'].map((name) => entry.get(name));
  const texts = parts.map((part) => composeText(part));
  if (parts.some((part, index) => part && !texts[index])) return undefined;
  const [published = [], targets = []] = [texts[0], texts[1]].map((text) => portsIn(text?.text ?? ''));
  return {
    address: texts[2]?.text,
    published: published.length === targets.length ? published : [],
    targets,
    protocol: (texts[3]?.text ?? 'tcp').toUpperCase(),
    fromDefault: texts.some((text) => text?.fromDefault),
  };
}

/** The port of the host's loopback on which a service publishes a TCP port of its container. */
export function publishedOnHost(service: Service, containerPort: number): number | undefined {
  for (const entry of service.value.get('ports')?.items() ?? []) {
    const { address, published = [], targets = [], protocol } = readServicePort(entry) ?? {};
    const isOnLoopback = address === undefined || address === '0.0.0.0' || address === '127.0.0.1';
    const port = published[targets.indexOf(containerPort)];
    if (isOnLoopback && protocol === 'TCP' && port !== undefined) return port;
  }
  return undefined;
}

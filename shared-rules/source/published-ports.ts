import type { Fix, Subject } from '../engine/rule.ts';
import { type ComposeFile, composeText, hostNetworkUses, type Service } from './compose.ts';
import { readPortMapping } from './ports.ts';
import { serviceSubject } from './subject.ts';
import type { Place, Value } from './value.ts';
import { put, replace } from './yaml-edit.ts';

/** A port that a Compose service publishes on the host. */
export interface PublishedPort {
  readonly subject: Subject;
  readonly at: Place;
  /** As it is written, with variables read. */
  readonly spelling: string;
  /** The host's address it is bound to; undefined for all of them. */
  readonly address: string | undefined;
  readonly toLoopback: Fix | undefined;
}

/** The published ports of every service; those of a service on the host's network are discarded and not listed. */
export function publishedPorts(file: ComposeFile): PublishedPort[] {
  return file.services
    .filter((service) => hostNetworkUses(service).length === 0)
    .flatMap((service) => (service.value.get('ports')?.items() ?? []).flatMap((port) => readPort(service, port) ?? []));
}

function readPort(service: Service, port: Value): PublishedPort | undefined {
  const subject = serviceSubject(service);
  const title = 'Publish it on 127.0.0.1 only';
  if (port.isMapping) {
    const target = port.get('target');
    const published = port.get('published');
    if (!target || port.get('mode')?.text === 'host' || port.get('host_ip')?.isUnknown) return undefined;
    return {
      subject,
      at: published ?? target,
      spelling: [composeText(published)?.text, composeText(target)?.text].filter(Boolean).join(':'),
      address: composeText(port.get('host_ip'))?.text,
      toLoopback: { title, safety: 'review', changes: [put(port, ['host_ip'], '127.0.0.1')] },
    };
  }
  const text = composeText(port)?.text;
  const published = text === undefined ? undefined : readPortMapping(text);
  if (text === undefined || !published) return undefined;
  const prefix = text.includes(':') ? '127.0.0.1:' : '127.0.0.1::';
  return {
    subject,
    at: port,
    spelling: text,
    address: published.address,
    toLoopback: { title, safety: 'review', changes: [replace(port, prefix + (port.text ?? text))] },
  };
}

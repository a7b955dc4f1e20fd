/** Ports as Compose files and container engines write them. */

/** What the short form of a published port says. */
export interface PortMapping {
  /** The host's address it is bound to; undefined for all of them. */
  readonly address: string | undefined;
  /** Ports of the host; empty where the engine chooses, and where it chooses from a range. */
  readonly published: readonly number[];
  readonly targets: readonly number[];
  readonly protocol: string;
}

/** `[ADDRESS:][HOST PORT:]CONTAINER PORT[/PROTOCOL]`, with ranges; from the Compose specification. */
const SHORT = /^(?:(?:\[([^\]]+)\]|([\d.]\d*\.[\d.]+)):)?(?:([\d-]*):)?([\d-]+)(?:\/(\w+))?$/;

/** Reads the short form of a published or exposed port; undefined where it is not of that form. */
export function readPortMapping(text: string): PortMapping | undefined {
  const match = SHORT.exec(text);
  if (!match) return undefined;
  const [, bracketed, address, published = '', target = '', protocol = 'tcp'] = match;
  const targets = portsIn(target);
  const ports = portsIn(published);
  return {
    address: bracketed ?? address,
    published: ports.length === targets.length ? ports : [],
    targets,
    protocol: protocol.toUpperCase(),
  };
}

/** The container's port as the short form says it, also where a variable decides about what stands before it. */
export function targetPort(text: string): string | undefined {
  return /(?:^|:)([^:/]+)(?:\/\w+)?$/.exec(text)?.[1];
}

/** No stack publishes more ports than that by one entry. */
const MOST_PORTS = 1000;

/** The ports of `8080` or `8080-8090`; none for what is neither. */
export function portsIn(text: string): number[] {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!match) return [];
  const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
  const count = last - first + 1;
  return first > 0 && last < 65_536 && count > 0 && count <= MOST_PORTS
    ? Array.from({ length: count }, (_, index) => first + index)
    : [];
}

/** An address of a host, undefined where it stands for all of them. */
export function oneAddress(address: string | undefined): string | undefined {
  return address === undefined || /^(?:|0\.0\.0\.0|::|0:0:0:0:0:0:0:0)$/.test(address) ? undefined : address;
}

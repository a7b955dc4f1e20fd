import type { Place } from '../../language/place.ts';
import { put, replace } from '../../language/yaml/change.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { ComposeFile, Service } from '../../model/compose/compose.ts';
import { hostNetworkUses, type ServiceHostNetwork } from '../../model/compose/host-network.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { publishedOnHost } from '../../model/compose/ports.ts';
import { type Subject, serviceSubject } from '../../model/workload.ts';
import type { Fix, Related } from '../api.ts';

/**
 * A name by which a service looks for another and does not find it, because one of the two is on the host's network:
 * only the networks of a project know its services by name.
 */
export interface UnreachableReference {
  readonly subject: Subject;
  readonly at: Place;
  /** The service that is looked for. */
  readonly target: string;
  /** As it is written, such as `db:5432`. */
  readonly spelling: string;
  /** Which of the two is on the host's network. */
  readonly onHost: 'the one that looks' | 'the one that is looked for' | 'both';
  readonly fromDefault: boolean;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** Something a service is told that may name a host: a variable of its environment, or a part of its command line. */
interface Told {
  readonly at: Value;
  readonly text: string;
  /** Whether the default of one of Compose's variables stands in it. */
  readonly fromDefault: boolean;
  /** The variable's name; undefined in a command line. */
  readonly variable: string | undefined;
}

/** A host that is named in a text, with the port behind it. */
interface Named {
  readonly name: string;
  readonly port: number | undefined;
  /** `db` or `db:5432`. */
  readonly spelling: string;
}

export function unreachableReferences(file: ComposeFile): UnreachableReference[] {
  const hostModes = new Map(file.services.map((service) => [service, hostNetworkUses(service)[0]]));
  if (![...hostModes.values()].some((use) => use)) return [];
  return file.services.flatMap((caller) =>
    toldTo(caller).flatMap((told) =>
      namedIn(told).flatMap((named) => {
        const target = file.services.find((service) => service !== caller && namesOf(service).includes(named.name));
        const modes = { caller: hostModes.get(caller), target: target && hostModes.get(target) };
        if (!target || !(modes.caller ?? modes.target) || isMapped(named.name, caller)) return [];
        return toReference({ caller, target, told, named, modes });
      }),
    ),
  );
}

function toldTo({ value }: Service): Told[] {
  const environment = value.get('environment');
  const words = ['entrypoint', 'command'].flatMap((name) => {
    const line = value.get(name);
    return line?.isSequence ? line.items() : (line ?? []);
  });
  return [
    ...(environment?.fields() ?? []).map((field) => told(field.value, field.name)),
    ...(environment?.items() ?? []).map((item) => assigned(told(item, ''))),
    ...words.map((word) => told(word, undefined)),
  ];
}

/** A text after interpolation; where a variable has no default, as it is written. */
function told(at: Value, variable: string | undefined): Told {
  return { at, variable, ...(composeText(at) ?? { text: at.text ?? '', fromDefault: false }) };
}

/** `NAME=TEXT`, as the items of an environment are written. */
function assigned(item: Told): Told {
  const [, variable = '', text = ''] = /^([^=]*)=(.*)$/s.exec(item.text) ?? [];
  return { ...item, variable, text };
}

const URL_HOST = /\b[a-z][a-z0-9+.-]{0,30}:\/\/(?:[^\s/@"']*@)?([\w.-]+)(?::(\d{2,5}))?(?=[/?#,;"'\s)]|$)/gi;
const HOST_AND_PORT = /^([a-z][\w.-]*):(\d{2,5})$/i;
/** Variables that name a server, so that `redis:6379` in them is an address and not an image or a user. */
const ADDRESS_VARIABLE =
  /(?:HOST|HOSTNAME|ADDR|ADDRESS|URL|URI|SERVER|ENDPOINT|BROKER|NODE|CONNECT|TARGET|UPSTREAM|PEER)(?:E?S)?$/i;
/** Variables that hold a host's name alone; some proxies keep a public name in one that looks the same. */
const HOST_VARIABLE = /^(?!VIRTUAL_|LETSENCRYPT_).*HOST(?:NAME)?$/i;
/** Numbers below are rather the versions of images. */
const LOWEST_PORT = 50;

/** The hosts a text clearly names: in a URL, as `name:port`, or alone in a variable for a host. */
function namedIn({ text, variable }: Told): Named[] {
  const urls = [...text.matchAll(URL_HOST)].map((match) => toNamed(match));
  if (variable === undefined) {
    if (/\bchown\b/.test(text)) return urls;
    const words = text.split(/[\s=,;"'|&()]+/).map((word) => HOST_AND_PORT.exec(word));
    return [...urls, ...words.flatMap((match) => (match ? toNamed(match) : []))].filter(isPort);
  }
  const address = ADDRESS_VARIABLE.test(variable) ? HOST_AND_PORT.exec(text) : null;
  if (address) return [toNamed(address)].filter(isPort);
  if (urls.length > 0 || !HOST_VARIABLE.test(variable)) return urls;
  return [{ name: text, port: undefined, spelling: text }];
}

function toNamed([, name = '', port]: readonly (string | undefined)[]): Named {
  return { name, port: port === undefined ? undefined : Number(port), spelling: port ? `${name}:${port}` : name };
}

function isPort({ port }: Named): boolean {
  return port === undefined || (port >= LOWEST_PORT && port <= 65535);
}

/** What other containers may call a service by. */
function namesOf({ name, value }: Service): string[] {
  return [name, composeText(value.get('container_name'))?.text ?? name];
}

/** Whether something else gives the name a meaning: the service's own hosts and links, or an alias in a network. */
function isMapped(name: string, { value, file }: Service): boolean {
  const hosts = value.get('extra_hosts');
  const entries = [...(hosts?.items() ?? []), ...(value.get('links')?.items() ?? [])].map((item) => item.text ?? '');
  if (hosts?.field(name) || entries.some((entry) => entry.split(/[:=]/).includes(name))) return true;
  return file.services.some((service) =>
    (service.value.get('networks')?.fields() ?? []).some((network) =>
      network.value
        .get('aliases')
        ?.items()
        .some((alias) => alias.text === name),
    ),
  );
}

interface Found {
  readonly caller: Service;
  readonly target: Service;
  readonly told: Told;
  readonly named: Named;
  readonly modes: { readonly caller: ServiceHostNetwork | undefined; readonly target: ServiceHostNetwork | undefined };
}

function toReference(found: Found): UnreachableReference {
  const { caller, target, told, named, modes } = found;
  const mode = (modes.caller ?? modes.target) as ServiceHostNetwork;
  return {
    subject: serviceSubject(caller),
    at: told.at,
    target: target.name,
    spelling: named.spelling,
    onHost: !modes.target ? 'the one that looks' : modes.caller ? 'both' : 'the one that is looked for',
    fromDefault: mode.fromDefault || told.fromDefault,
    related: [{ message: "Joins the host's network here", at: mode.at }],
    fixes: modes.target ? [mapToHost(found)] : toPublishedPort(found),
  };
}

/** The name gets the host's address: as containers see it, or as programs on the host do. */
function mapToHost({ caller, named, modes }: Found): Fix {
  const address = modes.caller ? '127.0.0.1' : 'host-gateway';
  const hosts = caller.value.get('extra_hosts');
  const change = hosts?.isMapping
    ? put(caller.value, ['extra_hosts', named.name], address)
    : put(caller.value, ['extra_hosts'], [`${named.name}:${address}`]);
  return { title: `Map ${named.name} to the host in extra_hosts`, safety: 'review', changes: [change] };
}

/** On the host's network, what another service publishes is on the host's own address. */
function toPublishedPort({ target, told, named }: Found): Fix[] {
  const port = named.port === undefined ? undefined : publishedOnHost(target, named.port);
  const written = told.at.text ?? '';
  if (port === undefined || written.split(named.spelling).length !== 2) return [];
  const address = `127.0.0.1:${port}`;
  const changes = [replace(told.at, written.replace(named.spelling, address))];
  return [{ title: `Use ${address}, where service ${target.name} publishes the port`, safety: 'review', changes }];
}

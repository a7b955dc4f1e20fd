import type { Value } from '../../language/yaml/value.ts';
import type { Service } from '../../model/compose/compose.ts';
import { composeText } from '../../model/compose/interpolation.ts';

/** A text in which a service may be given the name of a host: a variable of its environment, or a part of its command line. */
export interface ServiceText {
  readonly at: Value;
  readonly text: string;
  /** Whether the default of one of Compose's variables stands in it. */
  readonly fromDefault: boolean;
  /** The variable's name; undefined in a command line. */
  readonly variable: string | undefined;
}

/** A host that is named in a text, with the port behind it. */
export interface NamedHost {
  readonly name: string;
  readonly port: number | undefined;
  /** `db` or `db:5432`. */
  readonly spelling: string;
}

export function serviceTexts({ value }: Service): ServiceText[] {
  const environment = value.get('environment');
  const words = ['entrypoint', 'command'].flatMap((name) => {
    const line = value.get(name);
    return line?.isSequence ? line.items() : (line ?? []);
  });
  return [
    ...(environment?.fields() ?? []).map((field) => serviceText(field.value, field.name)),
    ...(environment?.items() ?? []).map((item) => assignment(serviceText(item, ''))),
    ...words.map((word) => serviceText(word, undefined)),
  ];
}

/** A text after interpolation; where a variable has no default, as it is written. */
function serviceText(at: Value, variable: string | undefined): ServiceText {
  return { at, variable, ...(composeText(at) ?? { text: at.text ?? '', fromDefault: false }) };
}

/** `NAME=TEXT`, as the items of an environment are written. */
function assignment(item: ServiceText): ServiceText {
  const [, variable = '', text = ''] = /^([^=]*)=(.*)$/s.exec(item.text) ?? [];
  return { ...item, variable, text };
}

const URL_HOST = /(?<=\b[a-z][a-z0-9+.-]{0,30}):\/\/(?:[^\s/@"']*@)?([\w.-]+)(?::(\d{2,5}))?(?=[/?#,;"'\s)]|$)/gi;
const HOST_AND_PORT = /^([a-z][\w.-]*):(\d{2,5})$/i;
/** Variables that name a server, so that `redis:6379` in them is an address and not an image or a user. */
const ADDRESS_VARIABLE =
  /(?:HOST|HOSTNAME|ADDR|ADDRESS|URL|URI|SERVER|ENDPOINT|BROKER|NODE|CONNECT|TARGET|UPSTREAM|PEER)(?:E?S)?$/i;
/** Variables that hold a host's name alone; some proxies keep a public name in one that looks the same. */
const HOST_VARIABLE = /^(?!VIRTUAL_|LETSENCRYPT_).*HOST(?:NAME)?$/i;
/** Numbers below are rather the versions of images. */
const LOWEST_PORT = 50;

/** The hosts a text clearly names: in a URL, as `name:port`, or alone in a variable for a host. */
export function namedHosts({ text, variable }: ServiceText): NamedHost[] {
  const urls = [...text.matchAll(URL_HOST)].map((match) => toNamedHost(match));
  if (variable === undefined) {
    if (/\bchown\b/.test(text)) return urls;
    const words = text.split(/[\s=,;"'|&()]+/).map((word) => HOST_AND_PORT.exec(word));
    return [...urls, ...words.flatMap((match) => (match ? toNamedHost(match) : []))].filter(hasLikelyPort);
  }
  const address = ADDRESS_VARIABLE.test(variable) ? HOST_AND_PORT.exec(text) : null;
  if (address) return [toNamedHost(address)].filter(hasLikelyPort);
  if (urls.length > 0 || !HOST_VARIABLE.test(variable)) return urls;
  return [{ name: text, port: undefined, spelling: text }];
}

function toNamedHost([, name = '', port]: readonly (string | undefined)[]): NamedHost {
  return { name, port: port === undefined ? undefined : Number(port), spelling: port ? `${name}:${port}` : name };
}

function hasLikelyPort({ port }: NamedHost): boolean {
  return port === undefined || (port >= LOWEST_PORT && port <= 65535);
}

import type { Field, Place, Value } from './value.ts';

/** A Compose file. Facts: the Compose specification and compose-go, which reads it. */
export interface ComposeFile {
  /** As `readManifest` was given it: only its last segments matter. */
  readonly path: string;
  readonly root: Value;
  readonly services: readonly Service[];
}

export interface Service {
  readonly name: string;
  readonly value: Value;
  readonly file: ComposeFile;
}

/** A text of a Compose file after interpolation. */
export interface ComposeText {
  readonly text: string;
  /** Whether a default stood in for a variable, as in `${MODE:-host}`: then the environment may say otherwise. */
  readonly fromDefault: boolean;
}

const COMPOSE_NAME = /(?:^|[\\/])(?:docker-)?compose(?:[.-][^\\/]*)?\.ya?ml$/i;

/** Reads a document as a Compose file; undefined when it is none. */
export function readCompose(path: string, root: Value): ComposeFile | undefined {
  const services = root.get('services');
  if (!services?.isMapping) return undefined;
  const fields = services.fields();
  const isNamedSo = COMPOSE_NAME.test(path);
  if (!isNamedSo && !looksLikeServices(fields)) return undefined;
  const file: { path: string; root: Value; services: Service[] } = { path, root, services: [] };
  for (const { name, value } of fields) if (value.isMapping) file.services.push({ name, value, file });
  return file;
}

/** Other tools have `services` too; Compose's are mappings, and one of them at least says what it runs. */
function looksLikeServices(fields: readonly Field[]): boolean {
  return (
    fields.every(({ value }) => value.isMapping || value.isNull) &&
    fields.some(({ value }) => value.get('image')?.rawText !== undefined || value.field('build') !== undefined)
  );
}

/** Services extend each other in a chain; a longer one than this is taken for a circle, which Compose refuses. */
const LONGEST_CHAIN = 20;

/** A field of a service: its own, else the one of the service in this file that it `extends`. */
export function serviceField(service: Service, name: string): Field | undefined {
  let from: Service | undefined = service;
  for (let steps = 0; from && steps < LONGEST_CHAIN; steps++) {
    const field = from.value.field(name);
    if (field) return field;
    from = extendedService(from);
  }
  return undefined;
}

/** `extends: base` or `extends: { service: base }`; undefined where the base is in another file. */
function extendedService({ value, file }: Service): Service | undefined {
  const base = value.get('extends');
  if (base?.field('file')) return undefined;
  const name = base?.text ?? base?.get('service')?.text;
  return file.services.find((service) => service.name === name);
}

/**
 * A scalar after interpolation with no variables set: `${MODE:-host}` reads `host`. Undefined when a variable
 * has no default, when a template decides, and for anything but a scalar.
 */
export function composeText(value: Value | undefined): ComposeText | undefined {
  const raw = value?.text;
  return raw === undefined ? undefined : interpolate(raw);
}

function interpolate(raw: string): ComposeText | undefined {
  if (!raw.includes('$')) return { text: raw, fromDefault: false };
  let text = '';
  let fromDefault = false;
  for (let at = 0; at < raw.length; ) {
    if (raw[at] !== '$') text += raw[at++];
    else if (raw[at + 1] === '$') {
      text += '$';
      at += 2;
    } else {
      const end = raw[at + 1] === '{' ? closingBrace(raw, at + 2) : -1;
      const fallback = end < 0 ? undefined : /^\w+:?-(.*)$/s.exec(raw.slice(at + 2, end))?.[1];
      const resolved = fallback === undefined ? undefined : interpolate(fallback);
      if (!resolved) return undefined;
      text += resolved.text;
      fromDefault = true;
      at = end + 1;
    }
  }
  return { text, fromDefault };
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

/** A variable that a service sets for its program. */
export interface Variable {
  readonly name: string;
  /** Undefined where it comes from the environment. */
  readonly value: ComposeText | undefined;
  readonly at: Value;
}

/** What a service sets under `environment`, a mapping or a list of `NAME=VALUE`. */
export function environmentOf({ value }: Service): Variable[] {
  const environment = value.get('environment');
  return [
    ...(environment?.fields() ?? []).map(({ name, value }) => ({ name, value: composeText(value), at: value })),
    ...(environment?.items() ?? []).flatMap((item) => {
      const [, name, text] = /^([^=]+)(?:=(.*))?$/s.exec(item.rawText ?? '') ?? [];
      return name === undefined ? [] : { name, value: text === undefined ? undefined : interpolate(text), at: item };
    }),
  ];
}

/** A way in which a service joins the host's network. */
export interface HostNetworkUse {
  /** What says so: the value of `network_mode`, or the name of the network in the service's list. */
  readonly at: Place;
  /** The entry to remove in order to leave the host's network. */
  readonly entry: Field | Value;
  readonly fromDefault: boolean;
  /** The top-level network that is named `host`, where one is used. */
  readonly network: Field | undefined;
  /** Whether a service that this one extends says so. */
  readonly isInherited: boolean;
}

/** How the service joins the host's network: by `network_mode`, or by a network whose name is `host`. */
export function hostNetworkUses(service: Service): HostNetworkUse[] {
  const mode = serviceField(service, 'network_mode');
  const text = composeText(mode?.value);
  if (mode && text?.text === 'host') {
    const isInherited = mode.owner.node !== service.value.node;
    return [{ at: mode.value, entry: mode, fromDefault: text.fromDefault, network: undefined, isInherited }];
  }
  const networks = service.value.get('networks');
  const uses: HostNetworkUse[] = [];
  for (const item of networks?.items() ?? []) {
    const network = hostNamedNetwork(service.file, item.text);
    if (network) uses.push({ at: item, entry: item, fromDefault: false, network, isInherited: false });
  }
  for (const field of networks?.fields() ?? []) {
    const network = hostNamedNetwork(service.file, field.name);
    const at = { range: field.range, path: field.value.path };
    if (network) uses.push({ at, entry: field, fromDefault: false, network, isInherited: false });
  }
  return uses;
}

/** The top-level network of that key if its real name is `host`: an external network takes its key as its name. */
function hostNamedNetwork(file: ComposeFile, key: string | undefined): Field | undefined {
  const network = key === undefined ? undefined : file.root.at('networks')?.field(key);
  if (!network) return undefined;
  const external = network.value.get('external');
  const isExternal = external?.boolean === true || external?.isMapping === true;
  const name = composeText(network.value.get('name') ?? external?.get('name'))?.text ?? (isExternal ? key : undefined);
  return name === 'host' ? network : undefined;
}

import { remembered } from '../../language/remembered.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import { type ComposeText, composeText, interpolate } from './interpolation.ts';

/** A Compose file. Facts: the Compose specification and compose-go, which reads it. */
export interface ComposeFile {
  /** As `readManifest` was given it: only its last segments matter. */
  readonly path: string;
  readonly root: Value;
  readonly services: readonly Service[];
  /** Whether it is a whole project, so that services of other files are none of it. */
  readonly isProject?: boolean;
}

export interface Service {
  readonly name: string;
  readonly value: Value;
  readonly file: ComposeFile;
}

const COMPOSE_NAME = /(?:^|[\\/])(?:docker-)?compose(?:[.-][^\\/]*)?\.ya?ml$/i;

/** Whether a file's name alone says that it is a Compose file. */
export function isComposeName(path: string): boolean {
  return COMPOSE_NAME.test(path);
}

/** Whether a text may be a Compose file, or a part of one that another file includes, overrides or extends. */
export function isComposeLike(text: string): boolean {
  return /^(?:services|networks|volumes|include)[ \t]*:/m.test(text) && !/^apiVersion[ \t]*:/m.test(text);
}

/** Reads a document as a Compose file; undefined when it is none. */
export function readCompose(path: string, root: Value): ComposeFile | undefined {
  const services = root.get('services');
  if (!services?.isMapping) return undefined;
  const fields = services.fields();
  const isNamedSo = isComposeName(path);
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
  return name === undefined ? undefined : serviceNamed(file, name);
}

const byName = remembered(
  ({ services }: ComposeFile): ReadonlyMap<string, Service> =>
    new Map(services.map((service) => [service.name, service])),
);

export function serviceNamed(file: ComposeFile, name: string): Service | undefined {
  return byName(file).get(name);
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
      return name === undefined
        ? []
        : { name, value: text === undefined ? undefined : interpolate(text, item.document.source.variables), at: item };
    }),
  ];
}

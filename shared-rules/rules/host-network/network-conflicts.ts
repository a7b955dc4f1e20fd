import type { Place } from '../../language/place.ts';
import { put, remove } from '../../language/yaml/change.ts';
import { type Field, keyPlace, type Value } from '../../language/yaml/value.ts';
import { type ComposeFile, type Service, serviceField } from '../../model/compose/compose.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { type Subject, serviceSubject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';

/** A setting by its name, and where it is written. */
interface NamedPlace {
  readonly name: string;
  readonly at: Place;
}

/** Two settings that exclude each other, so that the container cannot start; on any surface. */
export interface NetworkConflict {
  readonly subject: Subject;
  /** The setting that decides about the network or the host name. */
  readonly mode: NamedPlace;
  /** With its value after interpolation, such as `network_mode: host`. */
  readonly spelling: string;
  readonly fromDefault: boolean;
  /** The setting that may not stand beside it; undefined where it is refused by itself. */
  readonly other: NamedPlace | undefined;
  readonly refusedBy: 'Compose' | 'The engine';
  /** What it says then, or the part of it that stays the same. */
  readonly refusal: string;
  readonly fixes: readonly Fix[];
}

type Refusal = Pick<NetworkConflict, 'refusedBy' | 'refusal'> & {
  readonly mode: 'network_mode' | 'network' | 'uts';
  readonly when: RegExp;
  readonly others: readonly string[];
};

function engine(mode: Refusal['mode'], when: RegExp, others: readonly string[], refusal: string): Refusal {
  return { mode, when, others, refusedBy: 'The engine', refusal: `conflicting options: ${refusal}` };
}

const OF_ANOTHER = /^(?:service|container):/;
const LINKS = ['links', 'external_links'];

/** From compose-go's `checkConsistency`, and `validateNetMode` of the engine's runconfig. */
const REFUSALS: readonly Refusal[] = [
  {
    mode: 'network_mode',
    when: /./,
    others: ['networks'],
    refusedBy: 'Compose',
    refusal: 'declares mutually exclusive `network_mode` and `networks`',
  },
  engine('network_mode', /^host$/, LINKS, "host type networking can't be used with links"),
  engine('network_mode', OF_ANOTHER, LINKS, "container type network can't be used with links"),
  engine('network_mode', OF_ANOTHER, ['hostname'], 'hostname and the network mode'),
  engine('network_mode', OF_ANOTHER, ['dns'], 'dns and the network mode'),
  engine('network_mode', OF_ANOTHER, ['extra_hosts'], 'custom host-to-IP mapping and the network mode'),
  engine('network_mode', OF_ANOTHER, ['ports'], 'port publishing and the container type network mode'),
  engine('network_mode', OF_ANOTHER, ['expose'], 'port exposing and the container type network mode'),
  engine('uts', /^host$/, ['hostname'], 'hostname and the UTS mode'),
];

/** The same for `docker run`, by the names of its flags; and `parseNetworkOpts` of Docker's command line. */
export const COMMAND_REFUSALS: readonly Refusal[] = [
  engine('network', /^host$/, ['link'], "host type networking can't be used with links"),
  engine('network', OF_ANOTHER, ['link'], "container type network can't be used with links"),
  engine('network', OF_ANOTHER, ['hostname'], 'hostname and the network mode'),
  engine('network', OF_ANOTHER, ['dns'], 'dns and the network mode'),
  engine('network', OF_ANOTHER, ['add-host'], 'custom host-to-IP mapping and the network mode'),
  engine('network', OF_ANOTHER, ['publish', 'publish-all'], 'port publishing and the container type network mode'),
  engine('network', OF_ANOTHER, ['expose'], 'port exposing and the container type network mode'),
  engine('uts', /^host$/, ['hostname'], 'hostname and the UTS mode'),
  {
    mode: 'network',
    when: /^host$/,
    others: ['network-alias'],
    refusedBy: 'The engine',
    refusal: 'network-scoped aliases are only supported for user-defined networks',
  },
];

/** What the engine says when a container that exists is to join the host's network. */
export const JOINS_TOO_LATE = 'container must be created in host network mode';

export function networkConflicts(file: ComposeFile): NetworkConflict[] {
  return file.services.flatMap((service) => REFUSALS.flatMap((refusal) => conflictsOf(service, refusal)));
}

function conflictsOf(service: Service, { mode: name, when, others, refusedBy, refusal }: Refusal): NetworkConflict[] {
  const mode = serviceField(service, name);
  const text = composeText(mode?.value);
  if (!mode || !text || !when.test(text.text)) return [];
  return others.flatMap((key) => {
    const other = serviceField(service, key);
    if (!other || !saysSomething(other.value)) return [];
    return {
      subject: serviceSubject(service),
      mode: { name, at: keyPlace(mode) },
      spelling: `${name}: ${text.text}`,
      // A variable that names another mode excludes `networks` all the same.
      fromDefault: text.fromDefault && refusedBy === 'The engine',
      other: { name: key, at: keyPlace(other) },
      refusedBy,
      refusal,
      fixes: [...movePorts(service, other, text.text), ...removals(service, [other, mode])],
    };
  });
}

/** Whether a setting is there for Compose: an empty list or text is not. */
function saysSomething(value: Value): boolean {
  return !value.isNull && (value.items().length > 0 || value.fields().length > 0 || !!composeText(value)?.text);
}

/** The removal of either of the two; not where an extended service brings it, and others with it. */
function removals({ value }: Service, fields: readonly Field[]): Fix[] {
  return fields
    .filter((field) => field.owner.node === value.node)
    .map((field) => ({ title: `Remove ${field.name}`, safety: 'review', changes: [remove(field)] }));
}

/** The service whose network is shared publishes the ports for both; not where it has such a port itself. */
function movePorts(service: Service, other: Field, mode: string): Fix[] {
  const name = /^service:(.+)$/.exec(mode)?.[1];
  const target = service.file.services.find((candidate) => candidate.name === name);
  if (other.name !== 'ports' || other.owner.node !== service.value.node || !target) return [];
  const ports = textsOf(other.value);
  const taken = textsOf(target.value.get('ports'));
  const isMovable = ports.every((port) => port !== undefined && !taken.includes(port));
  if (!isMovable || serviceField(target, 'network_mode')) return [];
  const changes = [remove(other), put(target.value, ['ports'], ports as string[])];
  return [{ title: `Move the ports to service ${target.name}`, safety: 'review', changes }];
}

function textsOf(list: Value | undefined): (string | undefined)[] {
  return (list?.items() ?? []).map((item) => item.text);
}

import type { Place } from '../../language/place.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { remove } from '../../language/yaml/change.ts';
import { knownItems, lookUp } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import {
  type ContainerCommand,
  type Option,
  optionsOf,
  placeInOption,
} from '../../model/commands/container-command.ts';
import type { Service } from '../../model/compose/compose.ts';
import { hostNetworkUses } from '../../model/compose/host-network.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { type Container, type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { hostMode, type InspectedContainer } from '../../model/running/inspect.ts';
import type { Fix, View } from '../api.ts';
import { removalFixes, review } from '../fixes.ts';
import {
  concernsContainer,
  type NamedContainer,
  namedByCommand,
  namedRunning,
  namedService,
} from './named-container.ts';
import { securedContainers } from './security-contexts.ts';

/** A capability that a container gets beside the runtime's own. */
export interface AddedCapability extends NamedContainer, Listed {
  /** What of the host the container shares, so that powers over it reach the host. */
  readonly shares: { readonly network: boolean; readonly processes: boolean };
}

interface CapabilityName {
  /** As the kernel names it, without the prefix `CAP_`. */
  readonly capability: string;
  /** Whether the prefix is written, which engines accept and Kubernetes does not expect. */
  readonly isMisnamed: boolean;
}

/** A capability in a list. */
interface Listed extends CapabilityName {
  readonly at: Place;
  readonly fixes: readonly Fix[];
}

export const addedCapability: View<AddedCapability> = {
  name: 'addedCapability',
  object: ({ pods }) => pods.flatMap(addedInPod),
  composeFile: ({ services }) => services.flatMap(addedToService).filter(isKnownToEngines),
  command: (command) => (concernsContainer(command) ? addedByCommand(command).filter(isKnownToEngines) : []),
  container: addedToRunning,
};

/** Docker and Podman take any capability with or without the prefix; but `CAP_ALL` is none, and nothing starts. */
function isKnownToEngines({ capability, isMisnamed }: AddedCapability): boolean {
  return capability !== 'ALL' || !isMisnamed;
}

function addedInPod(pod: Pod): AddedCapability[] {
  const shares = {
    network: trueField(pod.spec, 'hostNetwork') !== undefined,
    processes: trueField(pod.spec, 'hostPID') !== undefined,
  };
  return securedContainers(pod).flatMap(({ context, ...named }) =>
    listed(context?.at('capabilities', 'add')).map((one) => ({ ...named, shares, ...one })),
  );
}

function addedToService(service: Service): AddedCapability[] {
  const shares = {
    network: hostNetworkUses(service).length > 0,
    processes: composeText(service.value.get('pid'))?.text === 'host',
  };
  return listed(service.value.get('cap_add')).map((one) => ({ ...namedService(service), shares, ...one }));
}

function addedByCommand(command: ContainerCommand): AddedCapability[] {
  const isOnHost = (name: string) => optionsOf(command, name).some(({ value }) => value === 'host');
  const shares = { network: isOnHost('network'), processes: isOnHost('pid') };
  return optionsOf(command, 'cap-add')
    .flatMap(listedInOption)
    .map((one) => ({ ...namedByCommand(command), shares, ...one }));
}

/** Podman takes several in one option, with commas between them. */
function listedInOption(option: Option): Listed[] {
  return (option.value ?? '')
    .split(',')
    .filter((text) => text !== '' && !text.includes(UNKNOWN_CHARACTER))
    .map((text) => ({
      ...named(text),
      at: placeInOption(option, text),
      fixes: option.value === text ? removalFixes(option, `Remove ${option.spelling}`) : [],
    }));
}

/** Podman spells `--cap-add ALL` out; nobody names so many by hand. */
const AS_GOOD_AS_ALL = 20;

function addedToRunning(container: InspectedContainer): AddedCapability[] {
  const list = listed(container.hostConfig.get('CapAdd')).map((one) => ({ ...one, fixes: [] }));
  const added = list.length < AS_GOOD_AS_ALL ? list : list.slice(0, 1).map((one) => ({ ...one, capability: 'ALL' }));
  const shares = {
    network: hostMode(container, 'NetworkMode') !== undefined,
    processes: hostMode(container, 'PidMode') !== undefined,
  };
  return added.map((one) => ({ ...namedRunning(container), shares, ...one }));
}

function listed(list: Value | undefined): Listed[] {
  return (list?.items() ?? []).flatMap((item) => {
    const text = composeText(item)?.text;
    if (!text) return [];
    return { ...named(text), at: item, fixes: [review(`Remove capability ${text}`, remove(item))] };
  });
}

/** An item of a list of capabilities of a container in a pod. */
export interface CapabilityItem extends CapabilityName {
  readonly item: Value;
}

/** What a container of a pod adds or drops; undefined where not all of it is known. */
export function knownCapabilities({ value }: Container, list: 'add' | 'drop'): CapabilityItem[] | undefined {
  const items = knownItems(lookUp(value, 'securityContext', 'capabilities', list));
  if (!items || items.some(({ text }) => text === undefined)) return undefined;
  return items.map((item) => ({ item, ...named(item.text as string) }));
}

/** The name as the kernel has it, without the prefix that it may be written with. */
function named(text: string): CapabilityName {
  const name = text.toUpperCase();
  const isMisnamed = name.startsWith('CAP_');
  return { capability: isMisnamed ? name.slice('CAP_'.length) : name, isMisnamed };
}

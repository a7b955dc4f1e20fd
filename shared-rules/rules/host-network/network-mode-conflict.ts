import type { Place } from '../../language/place.ts';
import { isKnown } from '../../language/unknown.ts';
import { put, remove } from '../../language/yaml/change.ts';
import { type Field, keyPlace, type Value } from '../../language/yaml/value.ts';
import { type ContainerCommand, joinedPod, type Option, optionsOf } from '../../model/commands/container-command.ts';
import { type ComposeFile, type Service, serviceField, serviceNamed } from '../../model/compose/compose.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { unlessSet, workloadName } from '../../model/wording.ts';
import { serviceSubject } from '../../model/workload.ts';
import { defineRule, type Fix, type View, type Viewed } from '../api.ts';
import { removalFixes } from '../fixes.ts';
import { COMMAND_REFUSALS, POD_REFUSALS, type Refusal, SERVICE_REFUSALS } from './network-refusals.ts';

/** A container with what its engine refuses. Other engines than Docker refuse other things. */
interface NetworkSettings extends Viewed {
  readonly refusals: readonly Refusal[];
  /** The settings of a name that say something; several where an option is repeated. */
  readonly settingsOf: (name: string) => readonly NetworkSetting[];
  /** The network `host`, where the container is to join it while it exists. */
  readonly joinedLater: Place | undefined;
}

interface NetworkSetting {
  /** Such as `ports` or `--publish`. */
  readonly name: string;
  readonly at: Place;
  /** After interpolation; empty where it is no text. */
  readonly text: string;
  /** With that text, such as `network_mode: host`. */
  readonly spelling: string;
  readonly fromDefault: boolean;
  /** How it is kept in another place under a network mode. */
  readonly moves: (mode: string) => readonly Fix[];
  readonly removals: readonly Fix[];
}

const networkSettings: View<NetworkSettings> = {
  name: 'networkSettings',
  composeFile: serviceNetworkSettings,
  script: ({ commands }) => commands.flatMap((command) => commandNetworkSettings(command, commands)),
};

/** What the engine says when a container that exists is to join the host's network. */
const JOINS_TOO_LATE = 'container must be created in host network mode';

export const networkModeConflict = defineRule({
  id: 'network-mode-conflict',
  on: networkSettings,
  *detect({ subject, settingsOf, refusals, joinedLater }) {
    const name = workloadName(subject);
    if (joinedLater)
      yield {
        at: joinedLater,
        message: `${name} is to join the host's network while it exists (docker network connect host). The engine refuses that ("${JOINS_TOO_LATE}"). Connect it to a network of its own, or create it anew.`,
      };
    for (const { mode: modeName, when, others, refusedBy, refusal } of refusals) {
      const mode = settingsOf(modeName).find(({ text }) => when.test(text));
      if (!mode) continue;
      // A variable that names another mode excludes `networks` all the same.
      const fromDefault = mode.fromDefault && refusedBy === 'The engine';
      for (const other of others.flatMap(settingsOf))
        yield {
          at: other.at,
          message: `${name} sets ${other.name} beside ${mode.spelling}${unlessSet(fromDefault)}. ${refusedBy} refuses the two together ("${refusal}"), so it does not start. Remove one of them.`,
          related: [{ message: 'The other one is here', at: mode.at }],
          fixes: [...other.moves(mode.text), ...other.removals, ...mode.removals],
        };
    }
  },
});

function serviceNetworkSettings(file: ComposeFile): NetworkSettings[] {
  return file.services.map((service) => ({
    subject: serviceSubject(service),
    refusals: SERVICE_REFUSALS,
    settingsOf: (name) => serviceSettings(service, name),
    joinedLater: undefined,
  }));
}

function serviceSettings(service: Service, name: string): NetworkSetting[] {
  const field = serviceField(service, name);
  if (!field || !saysSomething(field.value)) return [];
  const { text = '', fromDefault = false } = composeText(field.value) ?? {};
  // What an extended service brings cannot be taken from this one alone.
  const isOwn = field.owner.node === service.value.node;
  return [
    {
      name,
      at: keyPlace(field),
      text,
      spelling: `${name}: ${text}`,
      fromDefault,
      moves: (mode) => (isOwn && name === 'ports' ? movePorts(service, field, mode) : []),
      removals: isOwn ? [{ title: `Remove ${name}`, safety: 'review', changes: [remove(field)] }] : [],
    },
  ];
}

/** Whether a setting is there for Compose: an empty list or text is not. */
function saysSomething(value: Value): boolean {
  return !value.isNull && (value.items().length > 0 || value.fields().length > 0 || !!composeText(value)?.text);
}

/** The service whose network is shared publishes the ports for both; not where it has such a port itself. */
function movePorts(service: Service, field: Field, mode: string): Fix[] {
  const name = /^service:(.+)$/.exec(mode)?.[1];
  const target = name === undefined ? undefined : serviceNamed(service.file, name);
  if (!target) return [];
  const ports = textsOf(field.value);
  const taken = textsOf(target.value.get('ports'));
  const isMovable = ports.every((port) => port !== undefined && !taken.includes(port));
  if (!isMovable || serviceField(target, 'network_mode')) return [];
  const changes = [remove(field), put(target.value, ['ports'], ports as string[])];
  return [{ title: `Move the ports to service ${target.name}`, safety: 'review', changes }];
}

function textsOf(list: Value | undefined): (string | undefined)[] {
  return (list?.items() ?? []).map((item) => item.text);
}

function commandNetworkSettings(command: ContainerCommand, all: readonly ContainerCommand[]): NetworkSettings[] {
  const { subject, isDocker, verb, image: network } = command;
  if (!isDocker && !sharesNetworkOfPod(command, all)) return [];
  const refusals = isDocker ? COMMAND_REFUSALS : POD_REFUSALS;
  return [
    {
      subject,
      refusals: verb === 'run' ? refusals : [],
      settingsOf: (name) => optionsOf(command, name).map(commandSetting),
      joinedLater: verb === 'connect' && network?.text === 'host' ? network.at : undefined,
    },
  ];
}

/** Pods share their network and host name with their containers, unless they are made otherwise. */
function sharesNetworkOfPod(command: ContainerCommand, all: readonly ContainerCommand[]): boolean {
  const name = joinedPod(command)?.value;
  if (!name || !isKnown(name)) return false;
  const pods = all.filter(({ subject }) => subject.kind === 'pod' && subject.name === name);
  return pods.every((pod) => ['share', 'infra'].every((option) => optionsOf(pod, option).length === 0));
}

function commandSetting(option: Option): NetworkSetting {
  const { name, at, value = '', spelling, fromDefault } = option;
  return {
    name: `--${name}`,
    at,
    text: value,
    spelling,
    fromDefault,
    moves: () => [],
    removals: removalFixes(option, `Remove ${spelling}`),
  };
}

import type { Fix, Subject } from '../../engine/rule.ts';
import { repositoryOf, type Trait, type Workload } from '../ai/traits.ts';
import type { HostNamespace, HostNamespaceUse } from '../host-namespaces.ts';
import { type HostNetworkUse, NO_NEED } from '../host-network.ts';
import { readPortMapping } from '../ports.ts';
import type { PublishedPort } from '../published-ports.ts';
import { UNKNOWN_CHARACTER } from '../value.ts';
import type { Change } from '../yaml-edit.ts';
import type { ContainerCommand, Option } from './container-command.ts';

function review(title: string, changes: readonly Change[]): Fix[] {
  return changes.length > 0 ? [{ title, safety: 'review', changes }] : [];
}

function optionsOf({ options }: ContainerCommand, name: string): Option[] {
  return options.filter((option) => option.name === name);
}

/** Commands that start a container, or describe one. */
function starts({ verb }: ContainerCommand): boolean {
  return verb === 'run' || verb === 'service';
}

/** `host`, and the long form `name=host`; keys and values are read without regard to case. */
function isHost(option: Option): boolean {
  return option.value === 'host' || /^(?:[^=]+=[^,]*,)*name=host(?:,|$)/i.test(option.value ?? '');
}

export function commandHostNetworkUses(command: ContainerCommand): HostNetworkUse[] {
  const option = starts(command) ? optionsOf(command, 'network').find(isHost) : undefined;
  if (!option) return [];
  const ports = publishOptions(command);
  const [first] = ports;
  return [
    {
      subject: command.subject,
      at: option.at,
      spelling: option.spelling,
      platform: 'engine',
      fromDefault: false,
      related: [],
      fixes: networkFixes(command, option, ports.length > 0),
      offers: {},
      ignoredPorts: first && { at: first.at, removal: removalOf(ports) },
      workload: () => commandWorkload(command),
      need: () => NO_NEED,
    },
  ];
}

function publishOptions(command: ContainerCommand): Option[] {
  return [...optionsOf(command, 'publish'), ...optionsOf(command, 'publish-all')];
}

/** Removes several options; nothing where one of them cannot be removed. */
function removalOf(options: readonly Option[]): Change[] {
  return options.some(({ removal }) => removal.length === 0) ? [] : options.flatMap(({ removal }) => removal);
}

function networkFixes(command: ContainerCommand, option: Option, hasPorts: boolean): Fix[] {
  const bridge = command.verb === 'run' ? option.withValue('bridge') : [];
  const keep = hasPorts ? ' and keep the published ports' : '';
  const port = hasPorts ? undefined : knownPort(command);
  const publish = port === undefined ? [] : option.followedBy(['-p', `127.0.0.1:${port}:${port}`]);
  return [
    ...(publish.length > 0
      ? review(`Use the bridge network and publish ${port} on 127.0.0.1`, [...bridge, ...publish])
      : []),
    ...review(`Use the bridge network${keep}`, bridge),
    ...review(`Remove ${option.spelling}${keep}`, option.removal),
  ];
}

/** The one port a program is told to listen on. */
function knownPort(command: ContainerCommand): string | undefined {
  const exposed = optionsOf(command, 'expose').map(({ value }) => value ?? '');
  const variables = optionsOf(command, 'env').flatMap(({ value }) => /^PORT=(\d+)$/.exec(value ?? '')?.[1] ?? []);
  const ports = new Set([...exposed, ...variables].map((port) => port.replace(/\/tcp$/, '')));
  const [port, ...others] = ports;
  return others.length === 0 && /^\d+$/.test(port ?? '') ? port : undefined;
}

const NAMESPACES: readonly (readonly [string, HostNamespace])[] = [
  ['pid', 'process'],
  ['ipc', 'IPC'],
  ['userns', 'user'],
  ['uts', 'UTS'],
  ['cgroupns', 'cgroup'],
];

export function commandHostNamespaceUses(command: ContainerCommand): HostNamespaceUse[] {
  if (!starts(command)) return [];
  return NAMESPACES.flatMap(([name, namespace]) =>
    optionsOf(command, name)
      .filter(({ value }) => value === 'host')
      .map((option) => ({
        subject: command.subject,
        namespace,
        at: option.at,
        spelling: option.spelling,
        fromDefault: false,
        fixes: [
          ...review(`Remove ${option.spelling}`, option.removal),
          ...(namespace === 'IPC' && optionsOf(command, 'shm-size').length === 0
            ? review(`Replace ${option.spelling} by --shm-size=1g`, option.replacedBy(['--shm-size=1g']))
            : []),
        ],
        workload: () => commandWorkload(command),
      })),
  );
}

/** The ports a command publishes; those of a container on the host's network are discarded and not listed. */
export function commandPublishedPorts(command: ContainerCommand): PublishedPort[] {
  if (command.verb !== 'run' || optionsOf(command, 'network').some(isHost)) return [];
  return optionsOf(command, 'publish').flatMap((option) => readPort(command.subject, option) ?? []);
}

function readPort(subject: Subject, option: Option): PublishedPort | undefined {
  const value = option.value ?? '';
  const isLong = value.includes('=');
  const mapping = isLong ? undefined : readPortMapping(value);
  if (isLong || !mapping || value.includes(UNKNOWN_CHARACTER)) return undefined;
  const prefix = value.includes(':') ? '127.0.0.1:' : '127.0.0.1::';
  const [toLoopback] = review('Publish it on 127.0.0.1 only', option.withValue(prefix + value));
  return { subject, at: option.at, spelling: value, address: mapping.address, toLoopback };
}

/** What the AI classifier looks at. */
export function commandWorkload(command: ContainerCommand): Workload {
  const traits: Trait[] = [];
  const { image, subject } = command;
  const add = (aspect: Trait['aspect'], text: string | undefined, at: Trait['at'] | undefined) => {
    if (text && at) traits.push({ aspect, text, at });
  };
  add('name', subject.name, image?.at);
  add('image', image && repositoryOf(image.text), image?.at);
  for (const { value, at } of optionsOf(command, 'env')) add('env', value?.split('=')[0], at);
  for (const { at } of optionsOf(command, 'gpus')) add('compose', 'gpus', at);
  for (const { value, at } of optionsOf(command, 'runtime')) add('compose', `runtime: ${value}`, at);
  for (const { value, at } of optionsOf(command, 'device')) add('compose', `device ${value?.split(':')[0]}`, at);
  for (const { value, at } of optionsOf(command, 'publish'))
    add(
      'port',
      value
        ?.replace(/\/\w+$/, '')
        .split(':')
        .at(-1),
      at,
    );
  for (const { value, at } of optionsOf(command, 'volume')) add('mount', value?.split(':')[1], at);
  add('argument', command.args.join(' '), image?.at);
  return { kind: 'container', namespace: undefined, traits };
}

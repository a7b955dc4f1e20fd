import type { Fix, Subject } from '../../engine/rule.ts';
import { type AiContext, settingOverride } from '../ai/overrides.ts';
import { Traits, type Workload } from '../ai/traits.ts';
import type { HostNamespace, HostNamespaceUse } from '../host-namespaces.ts';
import { type HostNetworkUse, NO_NEED, seccompProfiles } from '../host-network.ts';
import { imageRepository } from '../image.ts';
import { readPortMapping } from '../ports.ts';
import type { PublishedPort } from '../published-ports.ts';
import { UNKNOWN_CHARACTER } from '../value.ts';
import type { Change } from '../yaml-edit.ts';
import { type ContainerCommand, isHost, type Option, optionsOf, starts } from './container-command.ts';

function review(title: string, changes: readonly Change[]): Fix[] {
  return changes.length > 0 ? [{ title, safety: 'review', changes }] : [];
}

export function commandHostNetworkUses(command: ContainerCommand, ai: AiContext): HostNetworkUse[] {
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
      related: seccompProfiles(optionsOf(command, 'security-opt').map(({ value, at }) => ({ text: value, at }))),
      fixes: networkFixes(command, option, ports.length > 0),
      offers: () => ({}),
      ignoredPorts: first && { at: first.at, removal: removalOf(ports) },
      isDevContainer: command.subject.kind === 'dev container',
      workload: () => commandWorkload(command, ai),
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

export function commandHostNamespaceUses(command: ContainerCommand, ai: AiContext): HostNamespaceUse[] {
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
        workload: () => commandWorkload(command, ai),
      })),
  );
}

/** The ports a command publishes; those of a container on the host's network are discarded and not listed. */
export function commandPublishedPorts(command: ContainerCommand, ai: AiContext): PublishedPort[] {
  if (command.verb !== 'run' || optionsOf(command, 'network').some(isHost)) return [];
  return optionsOf(command, 'publish').flatMap((option) => {
    const port = readPort(command.subject, option);
    return port ? { ...port, workload: () => commandWorkload(command, ai) } : [];
  });
}

function readPort(subject: Subject, option: Option): Omit<PublishedPort, 'workload'> | undefined {
  const value = option.value ?? '';
  const isLong = value.includes('=');
  const mapping = isLong ? undefined : readPortMapping(value);
  if (isLong || !mapping || value.includes(UNKNOWN_CHARACTER)) return undefined;
  const prefix = value.includes(':') ? '127.0.0.1:' : '127.0.0.1::';
  const toLoopback = review('Publish it on 127.0.0.1 only', option.withValue(prefix + value));
  return { subject, at: option.at, spelling: value, address: mapping.address, toLoopback };
}

/** What the AI classifier looks at. */
export function commandWorkload(command: ContainerCommand, ai: AiContext): Workload {
  const traits = new Traits();
  const { image, subject } = command;
  traits.add('name', subject.name, image?.at);
  traits.add('image', image && imageRepository(image.text), image?.at);
  for (const { value, at } of optionsOf(command, 'env')) traits.add('env', value?.split('=')[0], at);
  for (const { at } of optionsOf(command, 'gpus')) traits.add('compose', 'gpus', at);
  for (const { value, at } of optionsOf(command, 'runtime')) traits.add('compose', `runtime: ${value}`, at);
  for (const { value, at } of optionsOf(command, 'device')) traits.add('compose', `device ${value?.split(':')[0]}`, at);
  for (const { value, at } of optionsOf(command, 'publish'))
    traits.add(
      'port',
      value
        ?.replace(/\/\w+$/, '')
        .split(':')
        .at(-1),
      at,
    );
  for (const { value, at } of optionsOf(command, 'volume')) traits.add('mount', value?.split(':')[1], at);
  traits.add('argument', command.args.join(' '), image?.at);
  const images = traits.all.filter(({ aspect }) => aspect === 'image');
  return { kind: 'container', namespace: undefined, traits: traits.all, override: settingOverride(ai, images) };
}

import type { Change } from '../../language/change.ts';
import { commandWorkload } from '../../model/ai/command-traits.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import {
  type ContainerCommand,
  isHost,
  type Option,
  optionsOf,
  starts,
} from '../../model/commands/container-command.ts';
import type { Fix } from '../api.ts';
import { reviewIfPossible } from '../fixes.ts';
import type { HostNetworkUse } from './host-network-use.ts';
import { NO_NEED } from './need.ts';
import { seccompProfiles } from './seccomp-profiles.ts';

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
      check: 'engine',
      fromDefault: option.fromDefault,
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
      ? reviewIfPossible(`Use the bridge network and publish ${port} on 127.0.0.1`, [...bridge, ...publish])
      : []),
    ...reviewIfPossible(`Use the bridge network${keep}`, bridge),
    ...reviewIfPossible(`Remove ${option.spelling}${keep}`, option.removal),
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

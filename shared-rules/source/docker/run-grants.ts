import type { BuildGrant } from '../build-grants.ts';
import { BUILD_ENTITLEMENTS } from '../build-grants.ts';
import { grantsNewPrivileges, type Hardening } from '../hardening.ts';
import type { HostDeviceUse } from '../host-devices.ts';
import type { SharedMount } from '../mount-propagation.ts';
import { COMMAND_REFUSALS, JOINS_TOO_LATE, type NetworkConflict } from '../network-conflicts.ts';
import { describeSysctl, type SysctlUse } from '../sysctls.ts';
import { UNKNOWN_CHARACTER } from '../value.ts';
import { type ContainerCommand, isHost, type Option, optionsOf, removalFixes, starts } from './container-command.ts';

export function commandHostDevices(command: ContainerCommand): HostDeviceUse[] {
  if (!starts(command)) return [];
  const devices = optionsOf(command, 'device').flatMap((option) => {
    const [device = '', , permissions = 'rwm'] = (option.value ?? '').split(':');
    return device.startsWith('/') ? toDevice(command, option, device, permissions) : [];
  });
  const rules = optionsOf(command, 'device-cgroup-rule').flatMap((option) => {
    const permissions = /^[abc] (?:\d+|\*):(?:\d+|\*) ([rwm]{1,3})$/.exec(option.value ?? '')?.[1];
    return permissions ? toDevice(command, option, option.value ?? '', permissions) : [];
  });
  return [...devices, ...rules];
}

function toDevice(command: ContainerCommand, option: Option, device: string, permissions: string): HostDeviceUse {
  const at = { ...option.at, range: option.rangeOf(device) };
  const fixes = removalFixes(option, `Remove device ${device}`);
  return { subject: command.subject, at, device, permissions, fromDefault: false, fixes };
}

/**
 * The rights of builds: `docker build --network host --allow …`, `RUN --network=host --security=insecure`, and a builder
 * that is made to grant them. Facts: the references of buildx, of BuildKit's Dockerfile frontend and of buildkitd.
 */
export function commandBuildGrants(command: ContainerCommand): BuildGrant[] {
  if (command.verb !== 'build' && command.verb !== 'builder') return [];
  const grant = (option: Option, right: BuildGrant['right']): BuildGrant => ({
    subject: command.subject,
    right,
    name: builtBy(command),
    at: option.at,
    spelling: option.spelling,
    fromDefault: false,
    fixes: removalFixes(option, `Remove ${option.spelling}`),
  });
  return command.options.flatMap((option) => rightsOf(option).map((right) => grant(option, right)));
}

function builtBy(command: ContainerCommand): string {
  if (command.verb === 'builder') return 'every image by this builder';
  const [tag] = optionsOf(command, 'tag');
  return tag?.value && !tag.value.includes(UNKNOWN_CHARACTER) ? `image ${tag.value}` : 'this image';
}

function rightsOf({ name, value = '' }: Option): BuildGrant['right'][] {
  if (name === 'network' && value === 'host') return ['host network'];
  if (name === 'security' && value === 'insecure') return ['all privileges'];
  if (name === 'driver-opt' && /(?:^|[\s,"])network=host\b/.test(value)) return ['host network'];
  if (name !== 'allow' && name !== 'buildkitd-flags') return [];
  return [...BUILD_ENTITLEMENTS].filter(([entitlement]) => value.includes(entitlement)).map(([, right]) => right);
}

export function commandHardening(command: ContainerCommand): Hardening[] {
  return optionsOf(command, 'security-opt')
    .filter(({ value }) => grantsNewPrivileges(value ?? ''))
    .map((option) => ({
      subject: command.subject,
      right: 'more privileges',
      name: command.subject.name ? `${command.subject.kind} ${command.subject.name}` : `a ${command.subject.kind}`,
      at: option.at,
      spelling: option.spelling,
      fixes: removalFixes(option, `Remove ${option.spelling}`),
    }));
}

export function commandSysctls(command: ContainerCommand): SysctlUse[] {
  if (!starts(command)) return [];
  const shares = (name: string) => optionsOf(command, name).some(isHost);
  return optionsOf(command, 'sysctl').flatMap((option) => {
    const name = /^([^=\s]+)=/.exec(option.value ?? '')?.[1];
    if (!name) return [];
    const { namespace } = describeSysctl(name);
    const isOnHost = namespace === 'network' ? shares('network') : shares('ipc');
    return {
      subject: command.subject,
      platform: 'engine',
      at: { ...option.at, range: option.rangeOf(name) },
      name,
      namespace,
      reachesHost: namespace !== undefined && isOnHost,
      isSafe: namespace !== undefined,
      fixes: removalFixes(option, `Remove sysctl ${name}`),
    };
  });
}

export function commandSharedMounts(command: ContainerCommand): SharedMount[] {
  return command.options.flatMap((option) => {
    const { name, value = '' } = option;
    const found =
      name === 'volume'
        ? /^([.~/].*?):.*[:,](r?shared)(?:,[^:]*)?$/.exec(value)
        : name === 'mount'
          ? /(?:^|,)(?:source|src)=([^,]+).*,bind-propagation=(r?shared)(?:,|$)/.exec(value)
          : undefined;
    const [, source, mode] = found ?? [];
    if (!mode) return [];
    const slave = mode.replace('shared', 'slave');
    const changes = option.withValue(value.replace(/\br?shared\b(?=[^:]*$)/, slave));
    return {
      subject: command.subject,
      at: option.at,
      spelling: mode,
      source: source?.includes(UNKNOWN_CHARACTER) ? undefined : source,
      fixes:
        changes.length > 0 && !value.includes(UNKNOWN_CHARACTER)
          ? [{ title: `Set the propagation to ${slave}`, safety: 'review', changes }]
          : [],
    };
  });
}

/** What Docker refuses; other engines refuse other things. */
export function commandNetworkConflicts(command: ContainerCommand): NetworkConflict[] {
  if (command.isDocker && command.verb === 'connect') return joinsTooLate(command);
  if (!command.isDocker || command.verb !== 'run') return [];
  return COMMAND_REFUSALS.flatMap(({ mode: name, when, others, refusedBy, refusal }) => {
    const mode = optionsOf(command, name).find(({ value }) => when.test(value ?? ''));
    if (!mode) return [];
    return others
      .flatMap((other) => optionsOf(command, other))
      .map((other) => ({
        subject: command.subject,
        mode: { name: `--${name}`, at: mode.at },
        spelling: mode.spelling,
        fromDefault: false,
        other: { name: `--${other.name}`, at: other.at },
        refusedBy,
        refusal,
        fixes: [other, mode].flatMap((option) => removalFixes(option, `Remove ${option.spelling}`)),
      }));
  });
}

/** `docker network connect host CONTAINER`. */
function joinsTooLate({ subject, image: network }: ContainerCommand): NetworkConflict[] {
  if (network?.text !== 'host') return [];
  const mode = { name: 'docker network connect', at: network.at };
  const spelling = 'docker network connect host';
  const refused = { refusedBy: 'The engine', refusal: JOINS_TOO_LATE } as const;
  return [{ subject, mode, spelling, fromDefault: false, other: undefined, ...refused, fixes: [] }];
}

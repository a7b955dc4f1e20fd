import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { type ContainerCommand, type Option, optionsOf, starts } from '../../model/commands/container-command.ts';
import { removalFixes } from '../fixes.ts';
import type { HostDeviceUse } from './host-devices.ts';
import type { SharedMount } from './mount-propagation.ts';

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

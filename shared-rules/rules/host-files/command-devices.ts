import {
  type ContainerCommand,
  type Option,
  optionsOf,
  placeInOption,
  starts,
} from '../../model/commands/container-command.ts';
import { permissionsOfRule, readDevice } from '../../model/devices.ts';
import type { HostDeviceUse } from './host-devices.ts';

export function commandHostDevices(command: ContainerCommand): HostDeviceUse[] {
  if (!starts(command)) return [];
  const devices = optionsOf(command, 'device').flatMap((option) => {
    const { source, permissions } = readDevice(option.value ?? '');
    return source.startsWith('/') ? toUse(command, option, source, permissions) : [];
  });
  const rules = optionsOf(command, 'device-cgroup-rule').flatMap((option) => {
    const permissions = permissionsOfRule(option.value ?? '');
    return permissions ? toUse(command, option, option.value ?? '', permissions) : [];
  });
  return [...devices, ...rules];
}

function toUse({ subject }: ContainerCommand, option: Option, device: string, permissions: string): HostDeviceUse {
  const at = placeInOption(option, device);
  return { subject, at, device, permissions, fromDefault: option.fromDefault, removal: option.removal };
}

import type { View } from '../api.ts';
import { commandHostDevices, commandSharedMounts } from './command-devices.ts';
import { commandHostMounts } from './commands.ts';
import { serviceHostMounts } from './compose.ts';
import { type HostDeviceUse, serviceHostDevices } from './host-devices.ts';
import type { HostMount } from './host-mount.ts';
import { podHostMounts } from './kubernetes.ts';
import { podSharedMounts, type SharedMount, serviceSharedMounts } from './mount-propagation.ts';
import { containerHostMounts } from './running.ts';

export const hostMount: View<HostMount> = {
  name: 'hostMount',
  kinds: ['PersistentVolume'],
  object: (object, { ai }) => podHostMounts(object, ai),
  composeFile: (file, { ai }) => serviceHostMounts(file, ai),
  command: (command, { ai }) => commandHostMounts(command, ai),
  container: (container, { ai }) => containerHostMounts(container, ai),
};

export const hostDeviceUse: View<HostDeviceUse> = {
  name: 'hostDeviceUse',
  composeFile: serviceHostDevices,
  command: commandHostDevices,
};

export const sharedMount: View<SharedMount> = {
  name: 'sharedMount',
  object: podSharedMounts,
  composeFile: serviceSharedMounts,
  command: commandSharedMounts,
};

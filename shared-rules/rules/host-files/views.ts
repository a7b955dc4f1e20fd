import type { View } from '../api.ts';
import { commandHostDevices } from './command-devices.ts';
import { commandHostMounts, commandSharedMounts } from './commands.ts';
import { serviceHostMounts, serviceSharedMounts } from './compose.ts';
import { serviceHostDevices } from './compose-devices.ts';
import type { HostDeviceUse } from './host-devices.ts';
import type { HostMount, SharedMount } from './host-mount.ts';
import {
  type NodePath,
  type NodePathMount,
  nodePathMounts,
  nodePaths,
  objectHostMounts,
  podSharedMounts,
} from './kubernetes.ts';
import { containerHostMounts } from './running.ts';

export const hostMount: View<HostMount> = {
  name: 'hostMount',
  kinds: ['PersistentVolume'],
  object: (object, { ai }) => objectHostMounts(object, ai),
  composeFile: (file, { ai }) => serviceHostMounts(file, ai),
  command: (command, { ai }) => commandHostMounts(command, ai),
  container: (container, { ai }) => containerHostMounts(container, ai),
};

export const nodePath: View<NodePath> = {
  name: 'nodePath',
  kinds: ['PersistentVolume'],
  object: nodePaths,
};

export const nodePathMount: View<NodePathMount> = {
  name: 'nodePathMount',
  object: nodePathMounts,
};

export const sharedMount: View<SharedMount> = {
  name: 'sharedMount',
  object: podSharedMounts,
  composeFile: serviceSharedMounts,
  command: commandSharedMounts,
};

export const hostDeviceUse: View<HostDeviceUse> = {
  name: 'hostDeviceUse',
  composeFile: serviceHostDevices,
  command: commandHostDevices,
};

import type { View } from '../api.ts';
import { commandPublishedPorts } from './commands.ts';
import { type HostPort, hostNetworkPorts, openHostPorts } from './kubernetes.ts';
import { type PublishedPort, publishedPorts } from './published-ports.ts';
import { containerPublishedPorts } from './running.ts';

export const openHostPort: View<HostPort> = {
  name: 'openHostPort',
  object: (object, { ai }) => openHostPorts(object, ai),
};

export const hostNetworkPort: View<HostPort> = {
  name: 'hostNetworkPort',
  object: (object, { ai }) => hostNetworkPorts(object, ai),
};

export const publishedPort: View<PublishedPort> = {
  name: 'publishedPort',
  composeFile: (file, { ai }) => publishedPorts(file, ai),
  command: (command, { ai }) => commandPublishedPorts(command, ai),
  container: (container, { ai }) => containerPublishedPorts(container, ai),
};

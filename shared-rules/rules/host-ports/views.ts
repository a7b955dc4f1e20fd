import type { View } from '../api.ts';
import { commandPublishedPorts } from './commands.ts';
import { type HostPortUse, podHostPortUses } from './host-port-use.ts';
import { commandPortNeeds, type PortNeed, podPortNeeds, servicePortNeeds } from './port-need.ts';
import { type PublishedPort, publishedPorts } from './published-ports.ts';
import { containerPublishedPorts } from './running.ts';

export const hostPortUse: View<HostPortUse> = {
  name: 'hostPortUse',
  object: (object, { ai }) => podHostPortUses(object, ai),
};

export const publishedPort: View<PublishedPort> = {
  name: 'publishedPort',
  composeFile: (file, { ai }) => publishedPorts(file, ai),
  command: (command, { ai }) => commandPublishedPorts(command, ai),
  container: (container, { ai }) => containerPublishedPorts(container, ai),
};

export const portNeed: View<PortNeed> = {
  name: 'portNeed',
  object: (object, { known }) => podPortNeeds(object, known),
  composeFile: (file, { known }) => servicePortNeeds(file, known),
  script: (script, { known }) => commandPortNeeds(script, known),
};

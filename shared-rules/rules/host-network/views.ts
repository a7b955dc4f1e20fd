import type { View } from '../api.ts';
import { commandHostNetworkUses } from './commands.ts';
import { serviceHostNetworkUses } from './compose.ts';
import type { HostNetworkUse } from './host-network-use.ts';
import { podHostNetworkUses } from './kubernetes.ts';
import { containerHostNetworkUses } from './running.ts';

export const hostNetworkUse: View<HostNetworkUse> = {
  name: 'hostNetworkUse',
  // Fixes offer a Service and a NetworkPolicy where the file has none.
  kinds: ['Service', 'NetworkPolicy'],
  object: (object, { ai }) => podHostNetworkUses(object, ai),
  composeFile: (file, { ai }) => serviceHostNetworkUses(file, ai),
  command: (command, { ai }) => commandHostNetworkUses(command, ai),
  container: (container, { ai }) => containerHostNetworkUses(container, ai),
};

import type { View } from '../api.ts';
import { commandHostNamespaceUses } from './commands.ts';
import { serviceHostNamespaceUses } from './compose.ts';
import { podHostNamespaceUses } from './kubernetes.ts';
import { containerHostNamespaceUses } from './running.ts';
import type { HostNamespaceUse } from './use.ts';

export const hostNamespaceUse: View<HostNamespaceUse> = {
  name: 'hostNamespaceUse',
  object: (object, { ai }) => podHostNamespaceUses(object, ai),
  composeFile: (file, { ai }) => serviceHostNamespaceUses(file, ai),
  command: (command, { ai }) => commandHostNamespaceUses(command, ai),
  container: (container, { ai }) => containerHostNamespaceUses(container, ai),
};

import type { View } from '../api.ts';
import { commandNetworkConflicts } from './command-conflicts.ts';
import { commandHostNetworkUses } from './commands.ts';
import { serviceHostNetworkUses } from './compose.ts';
import { podHostNetworkUses } from './kubernetes.ts';
import { type NetworkConflict, networkConflicts } from './network-conflicts.ts';
import { type PodIsolation, podIsolation } from './pod-isolation.ts';
import { type PodSelector, podSelectors } from './pod-selectors.ts';
import { containerHostNetworkUses } from './running.ts';
import { type UnreachableReference, unreachableReferences } from './service-references.ts';
import type { HostNetworkUse } from './use.ts';

export const hostNetworkUse: View<HostNetworkUse> = {
  name: 'hostNetworkUse',
  // Fixes offer a Service and a NetworkPolicy where the file has none.
  kinds: ['Service', 'NetworkPolicy'],
  object: (object, { ai }) => podHostNetworkUses(object, ai),
  composeFile: (file, { ai }) => serviceHostNetworkUses(file, ai),
  command: (command, { ai }) => commandHostNetworkUses(command, ai),
  container: (container, { ai }) => containerHostNetworkUses(container, ai),
};

export const networkConflict: View<NetworkConflict> = {
  name: 'networkConflict',
  composeFile: networkConflicts,
  command: commandNetworkConflicts,
};

export const unreachableReference: View<UnreachableReference> = {
  name: 'unreachableReference',
  composeFile: unreachableReferences,
};

export const podNamespaces: View<PodIsolation> = {
  name: 'podNamespaces',
  // An autoscaler decides about the replicas of a rollout.
  kinds: ['HorizontalPodAutoscaler', 'ScaledObject'],
  object: podIsolation,
};

export const podSelector: View<PodSelector> = {
  name: 'podSelector',
  kinds: ['Service', 'NetworkPolicy'],
  object: (object, { known }) => podSelectors(object, known),
};

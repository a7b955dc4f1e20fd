import { agentSandboxes } from '../source/ai/agent-sandbox.ts';
import { podEndpoints, serviceEndpoints } from '../source/ai/endpoints.ts';
import type { AiContext } from '../source/ai/overrides.ts';
import { podContainerSecurity, serviceContainerSecurity } from '../source/container-security.ts';
import { commandContainerSecurity, commandHostMounts } from '../source/docker/run-isolation.ts';
import {
  commandHostNamespaceUses,
  commandHostNetworkUses,
  commandPublishedPorts,
} from '../source/docker/run-network.ts';
import { podHostMounts, serviceHostMounts } from '../source/host-mount.ts';
import { podHostNamespaceUses, serviceHostNamespaceUses } from '../source/host-namespaces.ts';
import { podHostNetworkUses, serviceHostNetworkUses } from '../source/host-network.ts';
import { podHostPortUses } from '../source/host-ports.ts';
import type { KubernetesObject } from '../source/kubernetes.ts';
import type { Content } from '../source/manifest.ts';
import { podIsolation } from '../source/pod-isolation.ts';
import { publishedPorts } from '../source/published-ports.ts';
import type { Subjects } from './rule.ts';
import type { LintSettings } from './settings.ts';

/** The name of a view rules may look at. */
export type View = keyof Subjects;
/** A view of a document, read when it is asked for. */
interface Views {
  readonly view: View;
  readonly read: () => readonly Subjects[View][];
}

/** What views need to know beside their document. */
export interface Surroundings {
  /** The Kubernetes objects of the whole file. */
  readonly objects: readonly KubernetesObject[];
  readonly settings: LintSettings;
  readonly ai: AiContext;
}

/** Everything rules may look at in a document. */
export function viewsOf(content: Content, surroundings: Surroundings): Views[] {
  const { ai } = surroundings;
  if (content.dialect === 'script') {
    const { commands } = content.script;
    return [
      { view: 'hostNetwork', read: () => commands.flatMap((command) => commandHostNetworkUses(command, ai)) },
      { view: 'hostNamespace', read: () => commands.flatMap((command) => commandHostNamespaceUses(command, ai)) },
      { view: 'publishedPort', read: () => commands.flatMap((command) => commandPublishedPorts(command, ai)) },
      { view: 'hostMount', read: () => commands.flatMap((command) => commandHostMounts(command, ai)) },
      { view: 'containerSecurity', read: () => commands.flatMap(commandContainerSecurity) },
    ];
  }
  if (content.dialect === 'compose') {
    return [
      { view: 'hostNetwork', read: () => serviceHostNetworkUses(content.compose, ai) },
      { view: 'hostNamespace', read: () => serviceHostNamespaceUses(content.compose, ai) },
      { view: 'publishedPort', read: () => publishedPorts(content.compose, ai) },
      { view: 'hostMount', read: () => serviceHostMounts(content.compose, ai) },
      { view: 'containerSecurity', read: () => serviceContainerSecurity(content.compose) },
      { view: 'aiEndpoint', read: () => serviceEndpoints(content.compose, ai) },
    ];
  }
  return [
    { view: 'hostNetwork', read: () => content.objects.flatMap((object) => podHostNetworkUses(object, ai)) },
    { view: 'hostNamespace', read: () => content.objects.flatMap((object) => podHostNamespaceUses(object, ai)) },
    { view: 'hostPort', read: () => content.objects.flatMap((object) => podHostPortUses(object, ai)) },
    { view: 'hostMount', read: () => content.objects.flatMap((object) => podHostMounts(object, ai)) },
    { view: 'containerSecurity', read: () => content.objects.flatMap(podContainerSecurity) },
    { view: 'pod', read: () => content.objects.flatMap((object) => podIsolation(object, surroundings)) },
    { view: 'agentSandbox', read: () => content.objects.flatMap(agentSandboxes) },
    { view: 'aiEndpoint', read: () => content.objects.flatMap((object) => podEndpoints(object, ai)) },
  ];
}

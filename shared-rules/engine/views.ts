import { agentSandboxes } from '../source/ai/agent-sandbox.ts';
import { podEndpoints, serviceEndpoints } from '../source/ai/endpoints.ts';
import type { AiContext } from '../source/ai/overrides.ts';
import { podContainerSecurity, serviceContainerSecurity } from '../source/container-security.ts';
import { podHostMounts, serviceHostMounts } from '../source/host-mount.ts';
import { podHostNamespaceUses, serviceHostNamespaceUses } from '../source/host-namespaces.ts';
import { podHostNetworkUses, serviceHostNetworkUses } from '../source/host-network.ts';
import { podHostPortUses } from '../source/host-ports.ts';
import type { KubernetesObject } from '../source/kubernetes.ts';
import type { Content } from '../source/manifest.ts';
import { publishedPorts } from '../source/published-ports.ts';
import type { Template } from '../source/template.ts';
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
  /** The Go template the file is, if it is one. */
  readonly template: Template | undefined;
}

/** Everything rules may look at in a document. */
export function viewsOf(content: Content, { ai, template }: Surroundings): Views[] {
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
    { view: 'agentSandbox', read: () => content.objects.flatMap((object) => agentSandboxes(object, template)) },
    { view: 'aiEndpoint', read: () => content.objects.flatMap((object) => podEndpoints(object, ai, template)) },
  ];
}

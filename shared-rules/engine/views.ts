import { podContainerSecurity, serviceContainerSecurity } from '../source/container-security.ts';
import { commandContainerSecurity, commandHostMounts } from '../source/docker/run-isolation.ts';
import {
  commandHostNamespaceUses,
  commandHostNetworkUses,
  commandPublishedPorts,
} from '../source/docker/run-network.ts';
import type { KnownFacts } from '../source/facts.ts';
import { podHostMounts, serviceHostMounts } from '../source/host-mount.ts';
import { podHostNamespaceUses, serviceHostNamespaceUses } from '../source/host-namespaces.ts';
import { podHostNetworkUses, serviceHostNetworkUses } from '../source/host-network.ts';
import { podHostPortUses } from '../source/host-ports.ts';
import type { KubernetesObject } from '../source/kubernetes.ts';
import type { Content } from '../source/manifest.ts';
import { unlabelledNamespaces } from '../source/namespaces.ts';
import { placedPods } from '../source/placed-pods.ts';
import { podIsolation } from '../source/pod-isolation.ts';
import { podSelectors } from '../source/pod-selectors.ts';
import { podPortNeeds, servicePortNeeds } from '../source/port-claims.ts';
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
  /** What documents say that are deployed together with this one, itself among them. */
  readonly known: KnownFacts;
}

/** Everything rules may look at in a document. */
export function viewsOf(content: Content, surroundings: Surroundings): Views[] {
  const { objects, known } = surroundings;
  if (content.dialect === 'script') {
    const { commands } = content.script;
    return [
      { view: 'hostNetwork', read: () => commands.flatMap(commandHostNetworkUses) },
      { view: 'hostNamespace', read: () => commands.flatMap(commandHostNamespaceUses) },
      { view: 'publishedPort', read: () => commands.flatMap(commandPublishedPorts) },
      { view: 'hostMount', read: () => commands.flatMap(commandHostMounts) },
      { view: 'containerSecurity', read: () => commands.flatMap(commandContainerSecurity) },
    ];
  }
  if (content.dialect === 'compose') {
    return [
      { view: 'hostNetwork', read: () => serviceHostNetworkUses(content.compose) },
      { view: 'hostNamespace', read: () => serviceHostNamespaceUses(content.compose) },
      { view: 'publishedPort', read: () => publishedPorts(content.compose) },
      { view: 'hostMount', read: () => serviceHostMounts(content.compose) },
      { view: 'containerSecurity', read: () => serviceContainerSecurity(content.compose) },
      { view: 'portNeed', read: () => servicePortNeeds(content.compose, known) },
    ];
  }
  return [
    { view: 'hostNetwork', read: () => content.objects.flatMap((object) => podHostNetworkUses(object, objects)) },
    { view: 'hostNamespace', read: () => content.objects.flatMap(podHostNamespaceUses) },
    { view: 'hostPort', read: () => content.objects.flatMap(podHostPortUses) },
    { view: 'hostMount', read: () => content.objects.flatMap(podHostMounts) },
    { view: 'containerSecurity', read: () => content.objects.flatMap(podContainerSecurity) },
    { view: 'pod', read: () => content.objects.flatMap((object) => podIsolation(object, surroundings)) },
    { view: 'portNeed', read: () => content.objects.flatMap((object) => podPortNeeds(object, known)) },
    { view: 'podSelector', read: () => content.objects.flatMap((object) => podSelectors(object, known)) },
    { view: 'placedPod', read: () => content.objects.flatMap((object) => placedPods(object, objects, known)) },
    {
      view: 'unlabelledNamespace',
      read: () => content.objects.flatMap((object) => unlabelledNamespaces(object, known)),
    },
  ];
}

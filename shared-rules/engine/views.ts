import { serviceBuildGrants } from '../source/build-grants.ts';
import { podContainerSecurity, serviceContainerSecurity } from '../source/container-security.ts';
import { serviceHostDevices } from '../source/host-devices.ts';
import { podHostMounts, serviceHostMounts } from '../source/host-mount.ts';
import { podHostNamespaceUses, serviceHostNamespaceUses } from '../source/host-namespaces.ts';
import { podHostNetworkUses, serviceHostNetworkUses } from '../source/host-network.ts';
import { podHostPortUses } from '../source/host-ports.ts';
import type { KubernetesObject } from '../source/kubernetes.ts';
import type { Content } from '../source/manifest.ts';
import { podSharedMounts, serviceSharedMounts } from '../source/mount-propagation.ts';
import { networkConflicts } from '../source/network-conflicts.ts';
import { publishedPorts } from '../source/published-ports.ts';
import { unreachableReferences } from '../source/service-references.ts';
import { stackSettings } from '../source/stack-settings.ts';
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
}

/** Everything rules may look at in a document. */
export function viewsOf(content: Content, { objects }: Surroundings): Views[] {
  if (content.dialect === 'compose') {
    return [
      { view: 'hostNetwork', read: () => serviceHostNetworkUses(content.compose) },
      { view: 'hostNamespace', read: () => serviceHostNamespaceUses(content.compose) },
      { view: 'publishedPort', read: () => publishedPorts(content.compose) },
      { view: 'hostMount', read: () => serviceHostMounts(content.compose) },
      { view: 'containerSecurity', read: () => serviceContainerSecurity(content.compose) },
      { view: 'hostDevice', read: () => serviceHostDevices(content.compose) },
      { view: 'sharedMount', read: () => serviceSharedMounts(content.compose) },
      { view: 'buildGrant', read: () => serviceBuildGrants(content.compose) },
      { view: 'networkConflict', read: () => networkConflicts(content.compose) },
      { view: 'unreachableReference', read: () => unreachableReferences(content.compose) },
      { view: 'stackSetting', read: () => stackSettings(content.compose) },
    ];
  }
  return [
    { view: 'hostNetwork', read: () => content.objects.flatMap((object) => podHostNetworkUses(object, objects)) },
    { view: 'hostNamespace', read: () => content.objects.flatMap(podHostNamespaceUses) },
    { view: 'hostPort', read: () => content.objects.flatMap(podHostPortUses) },
    { view: 'hostMount', read: () => content.objects.flatMap(podHostMounts) },
    { view: 'containerSecurity', read: () => content.objects.flatMap(podContainerSecurity) },
    { view: 'sharedMount', read: () => content.objects.flatMap(podSharedMounts) },
  ];
}

import { podContainerSecurity, serviceContainerSecurity } from '../source/container-security.ts';
import { podHardening, serviceHardening } from '../source/hardening.ts';
import { podHostMounts, serviceHostMounts } from '../source/host-mount.ts';
import { podHostNamespaceUses, serviceHostNamespaceUses } from '../source/host-namespaces.ts';
import { podHostNetworkUses, serviceHostNetworkUses } from '../source/host-network.ts';
import { podHostPortUses } from '../source/host-ports.ts';
import { podImages, serviceImages } from '../source/images.ts';
import type { KubernetesObject } from '../source/kubernetes.ts';
import type { Content } from '../source/manifest.ts';
import { publishedPorts } from '../source/published-ports.ts';
import { removedApis } from '../source/removed-apis.ts';
import { podSysctls, serviceSysctls } from '../source/sysctls.ts';
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
export function viewsOf(content: Content, { objects, settings }: Surroundings): Views[] {
  if (content.dialect === 'compose') {
    return [
      { view: 'hostNetwork', read: () => serviceHostNetworkUses(content.compose) },
      { view: 'hostNamespace', read: () => serviceHostNamespaceUses(content.compose) },
      { view: 'publishedPort', read: () => publishedPorts(content.compose) },
      { view: 'hostMount', read: () => serviceHostMounts(content.compose) },
      { view: 'containerSecurity', read: () => serviceContainerSecurity(content.compose) },
      { view: 'hardening', read: () => serviceHardening(content.compose) },
      { view: 'sysctl', read: () => serviceSysctls(content.compose) },
      { view: 'image', read: () => serviceImages(content.compose) },
    ];
  }
  const version = settings.kubernetesVersion;
  return [
    { view: 'hostNetwork', read: () => content.objects.flatMap((object) => podHostNetworkUses(object, objects)) },
    { view: 'hostNamespace', read: () => content.objects.flatMap(podHostNamespaceUses) },
    { view: 'hostPort', read: () => content.objects.flatMap(podHostPortUses) },
    { view: 'hostMount', read: () => content.objects.flatMap(podHostMounts) },
    {
      view: 'containerSecurity',
      read: () => content.objects.flatMap((object) => podContainerSecurity(object, version)),
    },
    { view: 'hardening', read: () => content.objects.flatMap(podHardening) },
    { view: 'sysctl', read: () => content.objects.flatMap((object) => podSysctls(object, version)) },
    { view: 'image', read: () => content.objects.flatMap(podImages) },
    { view: 'removedApi', read: () => content.objects.flatMap((object) => removedApis(object, version)) },
  ];
}

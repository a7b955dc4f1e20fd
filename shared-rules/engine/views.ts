import { agentSandboxes } from '../source/ai/agent-sandbox.ts';
import { podEndpoints, serviceEndpoints } from '../source/ai/endpoints.ts';
import type { AiContext } from '../source/ai/overrides.ts';
import { serviceBuildGrants } from '../source/build-grants.ts';
import type { ComposeFile } from '../source/compose.ts';
import { podContainerSecurity, serviceContainerSecurity } from '../source/container-security.ts';
import {
  commandBuildGrants,
  commandHardening,
  commandHostDevices,
  commandNetworkConflicts,
  commandSharedMounts,
  commandSysctls,
} from '../source/docker/run-grants.ts';
import { commandContainerSecurity, commandHostMounts } from '../source/docker/run-isolation.ts';
import {
  commandHostNamespaceUses,
  commandHostNetworkUses,
  commandPublishedPorts,
} from '../source/docker/run-network.ts';
import { commandPortNeeds } from '../source/docker/run-ports.ts';
import type { KnownFacts } from '../source/facts.ts';
import { podHardening, serviceHardening } from '../source/hardening.ts';
import { serviceHostDevices } from '../source/host-devices.ts';
import { podHostMounts, serviceHostMounts } from '../source/host-mount.ts';
import { podHostNamespaceUses, serviceHostNamespaceUses } from '../source/host-namespaces.ts';
import { podHostNetworkUses, serviceHostNetworkUses } from '../source/host-network.ts';
import { podHostPortUses } from '../source/host-ports.ts';
import { podImages, serviceImages } from '../source/images.ts';
import type { InspectedContainer } from '../source/inspect.ts';
import {
  containerHostMounts,
  containerHostNamespaceUses,
  containerHostNetworkUses,
  containerPublishedPorts,
  containerSecurityOf,
} from '../source/inspect-views.ts';
import type { KubernetesObject } from '../source/kubernetes.ts';
import type { Content } from '../source/manifest.ts';
import { podSharedMounts, serviceSharedMounts } from '../source/mount-propagation.ts';
import { unlabelledNamespaces } from '../source/namespaces.ts';
import { networkConflicts } from '../source/network-conflicts.ts';
import { placedPods } from '../source/placed-pods.ts';
import { podIsolation } from '../source/pod-isolation.ts';
import { podSelectors } from '../source/pod-selectors.ts';
import { podPortNeeds, servicePortNeeds } from '../source/port-claims.ts';
import { publishedPorts } from '../source/published-ports.ts';
import { removedApis } from '../source/removed-apis.ts';
import type { ScriptFile } from '../source/scripts/script-file.ts';
import { unreachableReferences } from '../source/service-references.ts';
import { stackSettings } from '../source/stack-settings.ts';
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
  readonly settings: LintSettings;
  readonly ai: AiContext;
  /** What documents say that are deployed together with this one, itself among them. */
  readonly known: KnownFacts;
}

/** Everything rules may look at in a document. */
export function viewsOf(content: Content, surroundings: Surroundings): Views[] {
  switch (content.dialect) {
    case 'kubernetes':
      return objectViews(content.objects, surroundings);
    case 'compose':
      return serviceViews(content.compose, surroundings);
    case 'script':
      return commandViews(content.script, surroundings);
    case 'containers':
      return containerViews(content.containers, surroundings);
  }
}

function objectViews(objects: readonly KubernetesObject[], surroundings: Surroundings): Views[] {
  const { ai, settings, known } = surroundings;
  const version = settings.kubernetesVersion;
  return [
    { view: 'hostNetwork', read: () => objects.flatMap((object) => podHostNetworkUses(object, ai)) },
    { view: 'hostNamespace', read: () => objects.flatMap((object) => podHostNamespaceUses(object, ai)) },
    { view: 'hostPort', read: () => objects.flatMap((object) => podHostPortUses(object, ai)) },
    { view: 'hostMount', read: () => objects.flatMap((object) => podHostMounts(object, ai)) },
    { view: 'containerSecurity', read: () => objects.flatMap((object) => podContainerSecurity(object, version)) },
    { view: 'hardening', read: () => objects.flatMap(podHardening) },
    { view: 'sysctl', read: () => objects.flatMap((object) => podSysctls(object, version)) },
    { view: 'image', read: () => objects.flatMap(podImages) },
    { view: 'removedApi', read: () => objects.flatMap((object) => removedApis(object, version)) },
    { view: 'sharedMount', read: () => objects.flatMap(podSharedMounts) },
    { view: 'pod', read: () => objects.flatMap((object) => podIsolation(object, surroundings)) },
    { view: 'portNeed', read: () => objects.flatMap((object) => podPortNeeds(object, known)) },
    { view: 'podSelector', read: () => objects.flatMap((object) => podSelectors(object, known)) },
    { view: 'placedPod', read: () => objects.flatMap((object) => placedPods(object, surroundings)) },
    { view: 'unlabelledNamespace', read: () => objects.flatMap((object) => unlabelledNamespaces(object, known)) },
    { view: 'agentSandbox', read: () => objects.flatMap(agentSandboxes) },
    { view: 'aiEndpoint', read: () => objects.flatMap((object) => podEndpoints(object, ai)) },
  ];
}

function serviceViews(file: ComposeFile, { ai, known }: Surroundings): Views[] {
  return [
    { view: 'hostNetwork', read: () => serviceHostNetworkUses(file, ai) },
    { view: 'hostNamespace', read: () => serviceHostNamespaceUses(file, ai) },
    { view: 'publishedPort', read: () => publishedPorts(file, ai) },
    { view: 'hostMount', read: () => serviceHostMounts(file, ai) },
    { view: 'containerSecurity', read: () => serviceContainerSecurity(file) },
    { view: 'hardening', read: () => serviceHardening(file) },
    { view: 'sysctl', read: () => serviceSysctls(file) },
    { view: 'image', read: () => serviceImages(file) },
    { view: 'hostDevice', read: () => serviceHostDevices(file) },
    { view: 'sharedMount', read: () => serviceSharedMounts(file) },
    { view: 'buildGrant', read: () => serviceBuildGrants(file) },
    { view: 'networkConflict', read: () => networkConflicts(file) },
    { view: 'unreachableReference', read: () => unreachableReferences(file) },
    { view: 'stackSetting', read: () => stackSettings(file) },
    { view: 'aiEndpoint', read: () => serviceEndpoints(file, ai) },
    { view: 'portNeed', read: () => servicePortNeeds(file, known) },
  ];
}

function commandViews(script: ScriptFile, { ai, known }: Surroundings): Views[] {
  const { commands } = script;
  return [
    { view: 'portNeed', read: () => commandPortNeeds(script, known) },
    { view: 'hostNetwork', read: () => commands.flatMap((command) => commandHostNetworkUses(command, ai)) },
    { view: 'hostNamespace', read: () => commands.flatMap((command) => commandHostNamespaceUses(command, ai)) },
    { view: 'publishedPort', read: () => commands.flatMap((command) => commandPublishedPorts(command, ai)) },
    { view: 'hostMount', read: () => commands.flatMap((command) => commandHostMounts(command, ai)) },
    { view: 'containerSecurity', read: () => commands.flatMap(commandContainerSecurity) },
    { view: 'hardening', read: () => commands.flatMap(commandHardening) },
    { view: 'sysctl', read: () => commands.flatMap(commandSysctls) },
    { view: 'hostDevice', read: () => commands.flatMap(commandHostDevices) },
    { view: 'sharedMount', read: () => commands.flatMap(commandSharedMounts) },
    { view: 'buildGrant', read: () => commands.flatMap(commandBuildGrants) },
    { view: 'networkConflict', read: () => commands.flatMap(commandNetworkConflicts) },
  ];
}

function containerViews(containers: readonly InspectedContainer[], { ai }: Surroundings): Views[] {
  return [
    { view: 'hostNetwork', read: () => containers.flatMap((one) => containerHostNetworkUses(one, ai)) },
    { view: 'hostNamespace', read: () => containers.flatMap((one) => containerHostNamespaceUses(one, ai)) },
    { view: 'publishedPort', read: () => containers.flatMap((one) => containerPublishedPorts(one, ai)) },
    { view: 'hostMount', read: () => containers.flatMap((one) => containerHostMounts(one, ai)) },
    { view: 'containerSecurity', read: () => containers.map(containerSecurityOf) },
  ];
}

// Written by scripts/generate.mjs from the rule pages. Do not edit.
import type { Rule } from './api.ts';
import { addedCapabilities } from './privileges/added-capabilities.ts';
import { agentWithRuntimeSocket } from './host-files/agent-with-runtime-socket.ts';
import { aiEndpointWithoutAuth } from './ai/ai-endpoint-without-auth.ts';
import { aiHostNetwork } from './host-network/ai-host-network.ts';
import { aiHostPort } from './host-ports/ai-host-port.ts';
import { aiPortOnAllInterfaces } from './host-ports/ai-port-on-all-interfaces.ts';
import { aiWithoutNetworkPolicy } from './ai/ai-without-network-policy.ts';
import { apiServerFlags } from './control-plane/api-server-flags.ts';
import { buildOnHostNetwork } from './builds/build-on-host-network.ts';
import { clusterAdminBinding } from './rbac/cluster-admin-binding.ts';
import { customSelinux } from './privileges/custom-selinux.ts';
import { exceptionExpired } from './exceptions/exception-expired.ts';
import { exceptionUnknownRule } from './exceptions/exception-unknown-rule.ts';
import { exceptionUnused } from './exceptions/exception-unused.ts';
import { exceptionWithoutReason } from './exceptions/exception-without-reason.ts';
import { frozenRegistry } from './images/frozen-registry.ts';
import { hostCgroupNamespace } from './host-namespaces/host-cgroup-namespace.ts';
import { hostDevice } from './host-files/host-device.ts';
import { hostIpc } from './host-namespaces/host-ipc.ts';
import { hostNetwork } from './host-network/host-network.ts';
import { hostNetworkDns } from './host-network/host-network-dns.ts';
import { hostNetworkOnDesktop } from './host-network/host-network-on-desktop.ts';
import { hostPath } from './host-files/host-path.ts';
import { hostPathType } from './host-files/host-path-type.ts';
import { hostPid } from './host-namespaces/host-pid.ts';
import { hostPort } from './host-ports/host-port.ts';
import { hostPortConflict } from './host-ports/host-port-conflict.ts';
import { hostPortMismatch } from './host-ports/host-port-mismatch.ts';
import { hostProcessConflict } from './privileges/host-process-conflict.ts';
import { hostUserNamespace } from './host-namespaces/host-user-namespace.ts';
import { hostUtsNamespace } from './host-namespaces/host-uts-namespace.ts';
import { ineffectiveNetworkPolicy } from './host-network/ineffective-network-policy.ts';
import { insecureBuild } from './builds/insecure-build.ts';
import { meshSkipped } from './host-network/mesh-skipped.ts';
import { metadataReachable } from './host-network/metadata-reachable.ts';
import { namespaceWithoutPodSecurity } from './admission/namespace-without-pod-security.ts';
import { netRaw } from './privileges/net-raw.ts';
import { networkModeConflict } from './host-network/network-mode-conflict.ts';
import { noNewPrivileges } from './privileges/no-new-privileges.ts';
import { noUserNamespace } from './host-namespaces/no-user-namespace.ts';
import { podSecurityRejects } from './admission/pod-security-rejects.ts';
import { portOnAllInterfaces } from './host-ports/port-on-all-interfaces.ts';
import { privilegeEscalation } from './privileges/privilege-escalation.ts';
import { privileged } from './privileges/privileged.ts';
import { probeHost } from './host-network/probe-host.ts';
import { processNamespaceConflict } from './host-namespaces/process-namespace-conflict.ts';
import { publishedPortsIgnored } from './host-network/published-ports-ignored.ts';
import { redundantPodNetworks } from './host-network/redundant-pod-networks.ts';
import { removedApi } from './admission/removed-api.ts';
import { rolloutPortDeadlock } from './host-ports/rollout-port-deadlock.ts';
import { rootUserConflict } from './privileges/root-user-conflict.ts';
import { runsAsRoot } from './privileges/runs-as-root.ts';
import { runtimeSocket } from './host-files/runtime-socket.ts';
import { seccompMissing } from './privileges/seccomp-missing.ts';
import { sensitiveHostPath } from './host-files/sensitive-host-path.ts';
import { serviceOnHostNetwork } from './host-network/service-on-host-network.ts';
import { sharedMountPropagation } from './host-files/shared-mount-propagation.ts';
import { sharedProcessNamespace } from './host-namespaces/shared-process-namespace.ts';
import { stackIgnoresIsolation } from './privileges/stack-ignores-isolation.ts';
import { surgeWithHostPort } from './host-ports/surge-with-host-port.ts';
import { unconfined } from './privileges/unconfined.ts';
import { undeclaredHostPorts } from './host-network/undeclared-host-ports.ts';
import { unmaskedProc } from './privileges/unmasked-proc.ts';
import { unreachableServiceName } from './host-network/unreachable-service-name.ts';
import { unsafeSysctl } from './privileges/unsafe-sysctl.ts';
import { unusedHostNetworkDns } from './host-network/unused-host-network-dns.ts';
import { userNamespaceConflict } from './host-namespaces/user-namespace-conflict.ts';
import { weakAgentSandbox } from './ai/weak-agent-sandbox.ts';
import { windowsHostProcess } from './privileges/windows-host-process.ts';
import { writableHostPath } from './host-files/writable-host-path.ts';

const all: readonly Rule[] = [
  addedCapabilities,
  agentWithRuntimeSocket,
  aiEndpointWithoutAuth,
  aiHostNetwork,
  aiHostPort,
  aiPortOnAllInterfaces,
  aiWithoutNetworkPolicy,
  ...apiServerFlags,
  buildOnHostNetwork,
  clusterAdminBinding,
  customSelinux,
  exceptionExpired,
  exceptionUnknownRule,
  exceptionUnused,
  exceptionWithoutReason,
  frozenRegistry,
  hostCgroupNamespace,
  hostDevice,
  hostIpc,
  hostNetwork,
  hostNetworkDns,
  hostNetworkOnDesktop,
  hostPath,
  hostPathType,
  hostPid,
  hostPort,
  hostPortConflict,
  hostPortMismatch,
  hostProcessConflict,
  hostUserNamespace,
  hostUtsNamespace,
  ineffectiveNetworkPolicy,
  insecureBuild,
  meshSkipped,
  metadataReachable,
  namespaceWithoutPodSecurity,
  netRaw,
  networkModeConflict,
  noNewPrivileges,
  noUserNamespace,
  podSecurityRejects,
  portOnAllInterfaces,
  privilegeEscalation,
  privileged,
  probeHost,
  processNamespaceConflict,
  publishedPortsIgnored,
  redundantPodNetworks,
  removedApi,
  rolloutPortDeadlock,
  rootUserConflict,
  runsAsRoot,
  runtimeSocket,
  seccompMissing,
  sensitiveHostPath,
  serviceOnHostNetwork,
  sharedMountPropagation,
  sharedProcessNamespace,
  stackIgnoresIsolation,
  surgeWithHostPort,
  unconfined,
  undeclaredHostPorts,
  unmaskedProc,
  unreachableServiceName,
  unsafeSysctl,
  unusedHostNetworkDns,
  userNamespaceConflict,
  weakAgentSandbox,
  windowsHostProcess,
  writableHostPath,
];

/** Every rule, in the order of their ids. */
export const rules: readonly Rule[] = all.toSorted((a, b) => (a.id < b.id ? -1 : 1));

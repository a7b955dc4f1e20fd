import type { Rule } from '../engine/rule.ts';
import { addedCapabilities } from './added-capabilities.ts';
import { agentWithRuntimeSocket } from './agent-with-runtime-socket.ts';
import { aiEndpointWithoutAuth } from './ai-endpoint-without-auth.ts';
import { aiHostNetwork } from './ai-host-network.ts';
import { aiHostPort } from './ai-host-port.ts';
import { aiPortOnAllInterfaces } from './ai-port-on-all-interfaces.ts';
import { aiWithoutNetworkPolicy } from './ai-without-network-policy.ts';
import { buildOnHostNetwork } from './build-on-host-network.ts';
import { customSelinux } from './custom-selinux.ts';
import { exceptionExpired } from './exception-expired.ts';
import { exceptionUnknownRule } from './exception-unknown-rule.ts';
import { exceptionUnused } from './exception-unused.ts';
import { exceptionWithoutReason } from './exception-without-reason.ts';
import { frozenRegistry } from './frozen-registry.ts';
import { hostCgroupNamespace } from './host-cgroup-namespace.ts';
import { hostDevice } from './host-device.ts';
import { hostIpc } from './host-ipc.ts';
import { hostNetwork } from './host-network.ts';
import { hostNetworkDns } from './host-network-dns.ts';
import { hostNetworkOnDesktop } from './host-network-on-desktop.ts';
import { hostPath } from './host-path.ts';
import { hostPathType } from './host-path-type.ts';
import { hostPid } from './host-pid.ts';
import { hostPort } from './host-port.ts';
import { hostPortConflict } from './host-port-conflict.ts';
import { hostPortMismatch } from './host-port-mismatch.ts';
import { hostProcessConflict } from './host-process-conflict.ts';
import { hostUserNamespace } from './host-user-namespace.ts';
import { hostUtsNamespace } from './host-uts-namespace.ts';
import { ineffectiveNetworkPolicy } from './ineffective-network-policy.ts';
import { insecureBuild } from './insecure-build.ts';
import { meshSkipped } from './mesh-skipped.ts';
import { metadataReachable } from './metadata-reachable.ts';
import { namespaceWithoutPodSecurity } from './namespace-without-pod-security.ts';
import { netRaw } from './net-raw.ts';
import { networkModeConflict } from './network-mode-conflict.ts';
import { noUserNamespace } from './no-user-namespace.ts';
import { podSecurityRejects } from './pod-security-rejects.ts';
import { portOnAllInterfaces } from './port-on-all-interfaces.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { privileged } from './privileged.ts';
import { probeHost } from './probe-host.ts';
import { processNamespaceConflict } from './process-namespace-conflict.ts';
import { publishedPortsIgnored } from './published-ports-ignored.ts';
import { redundantPodNetworks } from './redundant-pod-networks.ts';
import { removedApi } from './removed-api.ts';
import { rolloutPortDeadlock } from './rollout-port-deadlock.ts';
import { runsAsRoot } from './runs-as-root.ts';
import { runtimeSocket } from './runtime-socket.ts';
import { seccompMissing } from './seccomp-missing.ts';
import { sensitiveHostPath } from './sensitive-host-path.ts';
import { serviceOnHostNetwork } from './service-on-host-network.ts';
import { sharedMountPropagation } from './shared-mount-propagation.ts';
import { sharedProcessNamespace } from './shared-process-namespace.ts';
import { stackIgnoresIsolation } from './stack-ignores-isolation.ts';
import { surgeWithHostPort } from './surge-with-host-port.ts';
import { unconfined } from './unconfined.ts';
import { undeclaredHostPorts } from './undeclared-host-ports.ts';
import { unmaskedProc } from './unmasked-proc.ts';
import { unreachableServiceName } from './unreachable-service-name.ts';
import { unsafeSysctl } from './unsafe-sysctl.ts';
import { unusedHostNetworkDns } from './unused-host-network-dns.ts';
import { userNamespaceConflict } from './user-namespace-conflict.ts';
import { weakAgentSandbox } from './weak-agent-sandbox.ts';
import { windowsHostProcess } from './windows-host-process.ts';
import { writableHostPath } from './writable-host-path.ts';

/** Every rule. Of several findings for a workload, the earlier ones here are repaired first. */
export const rules: readonly Rule[] = [
  userNamespaceConflict,
  processNamespaceConflict,
  hostProcessConflict,
  podSecurityRejects,
  hostNetwork,
  aiHostNetwork,
  redundantPodNetworks,
  hostPortMismatch,
  hostPort,
  networkModeConflict,
  unreachableServiceName,
  surgeWithHostPort,
  rolloutPortDeadlock,
  hostPortConflict,
  aiHostPort,
  publishedPortsIgnored,
  portOnAllInterfaces,
  aiPortOnAllInterfaces,
  hostPid,
  hostIpc,
  hostUserNamespace,
  hostUtsNamespace,
  hostCgroupNamespace,
  privileged,
  windowsHostProcess,
  addedCapabilities,
  unconfined,
  unmaskedProc,
  customSelinux,
  unsafeSysctl,
  runtimeSocket,
  agentWithRuntimeSocket,
  sensitiveHostPath,
  meshSkipped,
  ineffectiveNetworkPolicy,
  hostDevice,
  sharedMountPropagation,
  insecureBuild,
  buildOnHostNetwork,
  hostNetworkOnDesktop,
  stackIgnoresIsolation,
  hostNetworkDns,
  unusedHostNetworkDns,
  undeclaredHostPorts,
  metadataReachable,
  serviceOnHostNetwork,
  probeHost,
  sharedProcessNamespace,
  noUserNamespace,
  namespaceWithoutPodSecurity,
  aiEndpointWithoutAuth,
  aiWithoutNetworkPolicy,
  weakAgentSandbox,
  exceptionExpired,
  exceptionUnknownRule,
  exceptionWithoutReason,
  exceptionUnused,
  hostPathType,
  writableHostPath,
  hostPath,
  privilegeEscalation,
  runsAsRoot,
  netRaw,
  seccompMissing,
  removedApi,
  frozenRegistry,
];

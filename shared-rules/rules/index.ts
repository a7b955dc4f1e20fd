import type { Rule } from '../engine/rule.ts';
import { addedCapabilities } from './added-capabilities.ts';
import { aiHostNetwork } from './ai-host-network.ts';
import { aiWithoutNetworkPolicy } from './ai-without-network-policy.ts';
import { hostCgroupNamespace } from './host-cgroup-namespace.ts';
import { hostIpc } from './host-ipc.ts';
import { hostNetwork } from './host-network.ts';
import { hostNetworkDns } from './host-network-dns.ts';
import { hostPid } from './host-pid.ts';
import { hostPort } from './host-port.ts';
import { hostPortConflict } from './host-port-conflict.ts';
import { hostPortMismatch } from './host-port-mismatch.ts';
import { hostProcessConflict } from './host-process-conflict.ts';
import { hostUserNamespace } from './host-user-namespace.ts';
import { hostUtsNamespace } from './host-uts-namespace.ts';
import { ineffectiveNetworkPolicy } from './ineffective-network-policy.ts';
import { meshSkipped } from './mesh-skipped.ts';
import { metadataReachable } from './metadata-reachable.ts';
import { namespaceWithoutPodSecurity } from './namespace-without-pod-security.ts';
import { noUserNamespace } from './no-user-namespace.ts';
import { podSecurityRejects } from './pod-security-rejects.ts';
import { portOnAllInterfaces } from './port-on-all-interfaces.ts';
import { privileged } from './privileged.ts';
import { probeHost } from './probe-host.ts';
import { processNamespaceConflict } from './process-namespace-conflict.ts';
import { publishedPortsIgnored } from './published-ports-ignored.ts';
import { redundantPodNetworks } from './redundant-pod-networks.ts';
import { rolloutPortDeadlock } from './rollout-port-deadlock.ts';
import { runtimeSocket } from './runtime-socket.ts';
import { sensitiveHostPath } from './sensitive-host-path.ts';
import { serviceOnHostNetwork } from './service-on-host-network.ts';
import { sharedProcessNamespace } from './shared-process-namespace.ts';
import { surgeWithHostPort } from './surge-with-host-port.ts';
import { unconfined } from './unconfined.ts';
import { undeclaredHostPorts } from './undeclared-host-ports.ts';
import { unmaskedProc } from './unmasked-proc.ts';
import { unusedHostNetworkDns } from './unused-host-network-dns.ts';
import { userNamespaceConflict } from './user-namespace-conflict.ts';
import { windowsHostProcess } from './windows-host-process.ts';

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
  surgeWithHostPort,
  rolloutPortDeadlock,
  hostPortConflict,
  publishedPortsIgnored,
  portOnAllInterfaces,
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
  runtimeSocket,
  sensitiveHostPath,
  meshSkipped,
  ineffectiveNetworkPolicy,
  hostNetworkDns,
  unusedHostNetworkDns,
  undeclaredHostPorts,
  metadataReachable,
  serviceOnHostNetwork,
  probeHost,
  sharedProcessNamespace,
  noUserNamespace,
  namespaceWithoutPodSecurity,
  aiWithoutNetworkPolicy,
];

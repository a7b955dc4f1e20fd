import type { Rule } from '../engine/rule.ts';
import { addedCapabilities } from './added-capabilities.ts';
import { aiHostNetwork } from './ai-host-network.ts';
import { buildOnHostNetwork } from './build-on-host-network.ts';
import { hostCgroupNamespace } from './host-cgroup-namespace.ts';
import { hostDevice } from './host-device.ts';
import { hostIpc } from './host-ipc.ts';
import { hostNetwork } from './host-network.ts';
import { hostNetworkOnDesktop } from './host-network-on-desktop.ts';
import { hostPid } from './host-pid.ts';
import { hostPort } from './host-port.ts';
import { hostPortMismatch } from './host-port-mismatch.ts';
import { hostUserNamespace } from './host-user-namespace.ts';
import { hostUtsNamespace } from './host-uts-namespace.ts';
import { insecureBuild } from './insecure-build.ts';
import { networkModeConflict } from './network-mode-conflict.ts';
import { portOnAllInterfaces } from './port-on-all-interfaces.ts';
import { privileged } from './privileged.ts';
import { publishedPortsIgnored } from './published-ports-ignored.ts';
import { runtimeSocket } from './runtime-socket.ts';
import { sensitiveHostPath } from './sensitive-host-path.ts';
import { sharedMountPropagation } from './shared-mount-propagation.ts';
import { stackIgnoresIsolation } from './stack-ignores-isolation.ts';
import { unconfined } from './unconfined.ts';
import { unmaskedProc } from './unmasked-proc.ts';
import { unreachableServiceName } from './unreachable-service-name.ts';
import { windowsHostProcess } from './windows-host-process.ts';

/** Every rule. Of several findings for a workload, the earlier ones here are repaired first. */
export const rules: readonly Rule[] = [
  hostNetwork,
  aiHostNetwork,
  hostPortMismatch,
  hostPort,
  networkModeConflict,
  unreachableServiceName,
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
  hostDevice,
  sharedMountPropagation,
  insecureBuild,
  buildOnHostNetwork,
  hostNetworkOnDesktop,
  stackIgnoresIsolation,
];

import type { Rule } from '../engine/rule.ts';
import { addedCapabilities } from './added-capabilities.ts';
import { aiHostNetwork } from './ai-host-network.ts';
import { customSelinux } from './custom-selinux.ts';
import { frozenRegistry } from './frozen-registry.ts';
import { hostCgroupNamespace } from './host-cgroup-namespace.ts';
import { hostIpc } from './host-ipc.ts';
import { hostNetwork } from './host-network.ts';
import { hostPath } from './host-path.ts';
import { hostPathType } from './host-path-type.ts';
import { hostPid } from './host-pid.ts';
import { hostPort } from './host-port.ts';
import { hostPortMismatch } from './host-port-mismatch.ts';
import { hostUserNamespace } from './host-user-namespace.ts';
import { hostUtsNamespace } from './host-uts-namespace.ts';
import { netRaw } from './net-raw.ts';
import { portOnAllInterfaces } from './port-on-all-interfaces.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { privileged } from './privileged.ts';
import { publishedPortsIgnored } from './published-ports-ignored.ts';
import { removedApi } from './removed-api.ts';
import { runsAsRoot } from './runs-as-root.ts';
import { runtimeSocket } from './runtime-socket.ts';
import { seccompMissing } from './seccomp-missing.ts';
import { sensitiveHostPath } from './sensitive-host-path.ts';
import { unconfined } from './unconfined.ts';
import { unmaskedProc } from './unmasked-proc.ts';
import { unsafeSysctl } from './unsafe-sysctl.ts';
import { windowsHostProcess } from './windows-host-process.ts';
import { writableHostPath } from './writable-host-path.ts';

/** Every rule. Of several findings for a workload, the earlier ones here are repaired first. */
export const rules: readonly Rule[] = [
  hostNetwork,
  aiHostNetwork,
  hostPortMismatch,
  hostPort,
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
  customSelinux,
  unsafeSysctl,
  runtimeSocket,
  sensitiveHostPath,
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

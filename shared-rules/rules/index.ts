import type { Rule } from '../engine/rule.ts';
import { addedCapabilities } from './added-capabilities.ts';
import { aiHostNetwork } from './ai-host-network.ts';
import { exceptionExpired } from './exception-expired.ts';
import { exceptionUnknownRule } from './exception-unknown-rule.ts';
import { exceptionUnused } from './exception-unused.ts';
import { exceptionWithoutReason } from './exception-without-reason.ts';
import { hostCgroupNamespace } from './host-cgroup-namespace.ts';
import { hostIpc } from './host-ipc.ts';
import { hostNetwork } from './host-network.ts';
import { hostPid } from './host-pid.ts';
import { hostPort } from './host-port.ts';
import { hostPortMismatch } from './host-port-mismatch.ts';
import { hostUserNamespace } from './host-user-namespace.ts';
import { hostUtsNamespace } from './host-uts-namespace.ts';
import { portOnAllInterfaces } from './port-on-all-interfaces.ts';
import { privileged } from './privileged.ts';
import { publishedPortsIgnored } from './published-ports-ignored.ts';
import { runtimeSocket } from './runtime-socket.ts';
import { sensitiveHostPath } from './sensitive-host-path.ts';
import { unconfined } from './unconfined.ts';
import { unmaskedProc } from './unmasked-proc.ts';
import { windowsHostProcess } from './windows-host-process.ts';

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
  runtimeSocket,
  sensitiveHostPath,
  exceptionExpired,
  exceptionUnknownRule,
  exceptionWithoutReason,
  exceptionUnused,
];

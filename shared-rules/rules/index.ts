import type { Rule } from '../engine/rule.ts';
import { aiHostNetwork } from './ai-host-network.ts';
import { hostIpc } from './host-ipc.ts';
import { hostNetwork } from './host-network.ts';
import { publishedPortsIgnored } from './published-ports-ignored.ts';
import { runtimeSocket } from './runtime-socket.ts';

/** Every rule. Findings at one place are reported in this order. */
export const rules: readonly Rule[] = [hostNetwork, aiHostNetwork, hostIpc, runtimeSocket, publishedPortsIgnored];

import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { publishOnLoopback } from './fixes.ts';
import { isOnAllInterfaces, machinesOf } from './published-ports.ts';
import { publishedPort } from './views.ts';

export const portOnAllInterfaces = defineRule({
  id: 'port-on-all-interfaces',
  on: publishedPort,
  *detect(port) {
    if (!isOnAllInterfaces(port)) return;
    const { subject, at, spelling, inStack } = port;
    const machine = inStack ? 'a node' : 'the host';
    yield {
      at,
      message: `${workloadName(subject)} publishes ${spelling} on every interface of ${machinesOf(port)}. Everyone who reaches ${machine} reaches the port, and the engine's own firewall rules let it through before ${machine}'s. ${inStack ? STACK_ADVICE : 'If only the host needs it, publish it on 127.0.0.1.'}`,
      fixes: publishOnLoopback(port),
    };
  },
});

const STACK_ADVICE =
  'docker stack deploy ignores addresses: if only other services need the port, remove it here, since they reach it on a network that they share.';

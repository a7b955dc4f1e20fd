import { defineRule } from '../engine/rule.ts';
import { workloadName } from '../source/subject.ts';

const ANY_ADDRESS: ReadonlySet<string | undefined> = new Set([undefined, '0.0.0.0', '::']);

export const portOnAllInterfaces = defineRule({
  id: 'port-on-all-interfaces',
  detect: {
    *publishedPort({ subject, at, spelling, address, toLoopback }) {
      if (!ANY_ADDRESS.has(address)) return;
      yield {
        at,
        message: `${workloadName(subject)} publishes ${spelling} on every interface of the host. Everyone who reaches the host reaches the port, and the engine's own firewall rules let it through before the host's. If only the host needs it, publish it on 127.0.0.1.`,
        fixes: address === undefined && toLoopback ? [toLoopback] : [],
      };
    },
  },
});

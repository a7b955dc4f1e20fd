import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { publishOnLoopback } from './fixes.ts';
import { isOnAllInterfaces } from './published-ports.ts';
import { publishedPort } from './views.ts';

export const portOnAllInterfaces = defineRule({
  id: 'port-on-all-interfaces',
  on: publishedPort,
  *detect(port) {
    if (!isOnAllInterfaces(port)) return;
    const { subject, at, spelling } = port;
    yield {
      at,
      message: `${workloadName(subject)} publishes ${spelling} on every interface of the host. Everyone who reaches the host reaches the port, and the engine's own firewall rules let it through before the host's. If only the host needs it, publish it on 127.0.0.1.`,
      fixes: publishOnLoopback(port),
    };
  },
});

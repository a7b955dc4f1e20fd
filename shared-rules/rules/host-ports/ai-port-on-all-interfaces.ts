import { classify, describeAi } from '../../model/ai/classify.ts';
import { workloadName } from '../../model/wording.ts';
import { relatedSignals } from '../ai/related-signals.ts';
import { defineRule } from '../api.ts';
import { publishOnLoopback } from './fixes.ts';
import { isOnAllInterfaces, machinesOf } from './published-ports.ts';
import { publishedPort } from './views.ts';

export const aiPortOnAllInterfaces = defineRule({
  id: 'ai-port-on-all-interfaces',
  replaces: ['port-on-all-interfaces'],
  on: publishedPort,
  *detect(port) {
    if (!isOnAllInterfaces(port)) return;
    const classification = classify(port.workload());
    if (classification.class !== 'ai') return;
    const machine = port.inStack ? 'a node' : 'the host';
    const advice = port.inStack
      ? 'docker stack deploy ignores addresses: remove the port, and publish a proxy that asks for a login.'
      : 'Publish it on 127.0.0.1, or put a proxy that asks for a login in front.';
    yield {
      at: port.at,
      message: `${workloadName(port.subject)} (${describeAi(classification)}) publishes ${port.spelling} on every interface of ${machinesOf(port)}. Everyone who reaches ${machine} reaches the model or the agent's tools behind the port, and the engine's own firewall rules let it through before ${machine}'s. ${advice}`,
      related: relatedSignals(classification),
      fixes: publishOnLoopback(port),
    };
  },
});

import { classify, describeAi } from '../../model/ai/classify.ts';
import { workloadName } from '../../model/wording.ts';
import { relatedSignals } from '../ai/related-signals.ts';
import { defineRule } from '../api.ts';
import { publishOnLoopback } from './fixes.ts';
import { isOnAllInterfaces } from './published-ports.ts';
import { publishedPort } from './views.ts';

export const aiPortOnAllInterfaces = defineRule({
  id: 'ai-port-on-all-interfaces',
  replaces: ['port-on-all-interfaces'],
  on: publishedPort,
  *detect(port) {
    if (!isOnAllInterfaces(port)) return;
    const classification = classify(port.workload());
    if (classification.class !== 'ai') return;
    yield {
      at: port.at,
      message: `${workloadName(port.subject)} (${describeAi(classification)}) publishes ${port.spelling} on every interface of the host. Everyone who reaches the host reaches the model or the agent's tools behind the port, and the engine's own firewall rules let it through before the host's. Publish it on 127.0.0.1, or put a proxy that asks for a login in front.`,
      related: relatedSignals(classification),
      fixes: publishOnLoopback(port),
    };
  },
});

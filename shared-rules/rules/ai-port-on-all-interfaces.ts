import { defineRule } from '../engine/rule.ts';
import { classify, describeAi, relatedSignals } from '../source/ai/classify.ts';
import { isOnAllInterfaces } from '../source/published-ports.ts';
import { workloadName } from '../source/subject.ts';

export const aiPortOnAllInterfaces = defineRule({
  id: 'ai-port-on-all-interfaces',
  replaces: ['port-on-all-interfaces'],
  detect: {
    *publishedPort(port) {
      if (!isOnAllInterfaces(port)) return;
      const classification = classify(port.workload());
      if (classification.class !== 'ai') return;
      yield {
        at: port.at,
        message: `${workloadName(port.subject)} (${describeAi(classification)}) publishes ${port.spelling} on every interface of the host. Everyone who reaches the host reaches the model or the agent's tools behind the port, and the engine's own firewall rules let it through before the host's. Publish it on 127.0.0.1, or put a proxy that asks for a login in front.`,
        related: relatedSignals(classification),
        fixes: port.address === undefined ? port.toLoopback : [],
      };
    },
  },
});

import { classify, describeAi } from '../../model/ai/classify.ts';
import { workloadName } from '../../model/wording.ts';
import { relatedSignals } from '../ai/related-signals.ts';
import { defineRule } from '../api.ts';
import { hostPortUse } from './views.ts';

/** Ports by which a workload is watched, and which serve no model. */
const WATCHING = /metric|prometheus|health|probe/;

export const aiHostPort = defineRule({
  id: 'ai-host-port',
  replaces: ['host-port'],
  on: hostPortUse,
  *detect({ subject, at, name, hostPort, isOnHostNetwork, isLoopback, removal, toLoopback, workload }) {
    // On the node's network the API server fills in host ports; another rule is about that.
    if (isOnHostNetwork || isLoopback || WATCHING.test(name ?? '')) return;
    const classification = classify(workload());
    if (classification.class !== 'ai') return;
    yield {
      at,
      message: `${workloadName(subject)} (${describeAi(classification)}) takes port ${hostPort} of every node it runs on (hostPort). Everyone who reaches a node reaches the model or the agent's tools behind it, past any Service and gateway. Remove hostPort and use a Service.`,
      related: relatedSignals(classification),
      fixes: [removal, toLoopback],
    };
  },
});

import { classify, describeAi } from '../../model/ai/classify.ts';
import { workloadName } from '../../model/wording.ts';
import { relatedSignals } from '../ai/related-signals.ts';
import { defineRule } from '../api.ts';
import { removeHostPort, toNodeLoopback } from './fixes.ts';
import { openHostPort } from './views.ts';

/** Ports by which a workload is watched, and which serve no model. */
const WATCHING = /metric|prometheus|health|probe/;

export const aiHostPort = defineRule({
  id: 'ai-host-port',
  replaces: ['host-port'],
  on: openHostPort,
  *detect(port) {
    const { subject, field, hostPort, entry, workload } = port;
    if (WATCHING.test(entry.get('name')?.text ?? '')) return;
    const classification = classify(workload());
    if (classification.class !== 'ai') return;
    yield {
      at: field.value,
      message: `${workloadName(subject)} (${describeAi(classification)}) takes port ${hostPort} of every node it runs on (hostPort). Everyone who reaches a node reaches the model or the agent's tools behind it, past any Service and gateway. Remove hostPort and use a Service.`,
      related: relatedSignals(classification),
      fixes: [removeHostPort(port), toNodeLoopback(port)],
    };
  },
});

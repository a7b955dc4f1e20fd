import { defineRule } from '../engine/rule.ts';
import { classify, describeSignals } from '../source/ai/classify.ts';
import { workloadName } from '../source/subject.ts';

export const aiWithoutNetworkPolicy = defineRule({
  id: 'ai-without-network-policy',
  detect: {
    *placedPod({ subject, name, isWithoutPolicy, policyOffer, workload }) {
      const { class: aiClass, signals } = classify(workload());
      if (aiClass !== 'ai' || !isWithoutPolicy()) return;
      yield {
        at: name,
        message: `${workloadName(subject)} is an AI workload (${describeSignals(signals)}), and no NetworkPolicy in the files at hand selects its pods. Every pod of the cluster can reach it, and it can reach everything. Add a policy that lets in who needs it.`,
        fixes: () => {
          const offer = policyOffer();
          return offer ? [{ title: `Add ${offer.name}`, safety: 'review', changes: [offer.change] }] : [];
        },
      };
    },
  },
});

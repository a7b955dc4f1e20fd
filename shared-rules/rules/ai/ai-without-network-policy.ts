import { classify, describeSignals } from '../../model/ai/classify.ts';
import { workloadName } from '../../model/wording.ts';
import { placedPod } from '../admission/views.ts';
import { defineRule } from '../api.ts';

export const aiWithoutNetworkPolicy = defineRule({
  id: 'ai-without-network-policy',
  on: placedPod,
  *detect({ subject, name, isWithoutPolicy, policyOffer, workload }) {
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
});

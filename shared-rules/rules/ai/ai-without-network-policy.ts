import type { KnownFacts, PolicyFact, SourcedFact } from '../../facts/fact.ts';
import { podFact } from '../../facts/pod-facts.ts';
import { classify, describeSignals } from '../../model/ai/classify.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import { deployedPods, SERVING_KINDS } from '../../model/kubernetes/deployed.ts';
import { selects } from '../../model/kubernetes/label-selector.ts';
import type { Pod } from '../../model/kubernetes/objects.ts';
import { isComplete } from '../../model/kubernetes/pod-completeness.ts';
import { workloadName } from '../../model/wording.ts';
import { podSubject } from '../../model/workload.ts';
import { defineRule, type View } from '../api.ts';
import type { PodItem } from '../base-views.ts';
import { networkPolicyOffer } from '../host-network/offers.ts';

interface PodAmongPoliciesItem extends PodItem {
  readonly known: KnownFacts;
  readonly ai: AiContext;
}

const podAmongPolicies: View<PodAmongPoliciesItem> = {
  name: 'podAmongPolicies',
  kinds: [/NetworkPolicy$/],
  // An example in a text shows a part of what is deployed.
  object: (object, { known, ai, isExample }) =>
    isExample ? [] : deployedPods(object).map((pod) => ({ subject: podSubject(pod), pod, known, ai })),
};

export const aiWithoutNetworkPolicy = defineRule({
  id: 'ai-without-network-policy',
  on: podAmongPolicies,
  *detect({ subject, pod, known, ai }) {
    const { class: aiClass, signals } = classify(podWorkload(pod, ai));
    if (aiClass !== 'ai' || !isSurelyWithoutPolicy(pod, known)) return;
    yield {
      at: pod.object.root.at('metadata', 'name') ?? pod.spec,
      message: `${workloadName(subject)} is an AI workload (${describeSignals(signals)}), and no NetworkPolicy in the files at hand selects its pods. Every pod of the cluster can reach it, and it can reach everything. Add a policy that lets in who needs it.`,
      fixes: () => {
        const offer = networkPolicyOffer(pod, known.objects);
        return offer ? [{ title: `Add ${offer.name}`, safety: 'review', changes: [offer.change] }] : [];
      },
    };
  },
});

/** Whether pods answer others on a network of their own, and no policy anywhere may select them, by labels that are known. */
function isSurelyWithoutPolicy(pod: Pod, known: KnownFacts): boolean {
  const { holder, labels, isOnHostNetwork } = podFact(pod) ?? {};
  const serves = isComplete(pod) && SERVING_KINDS.has(pod.object.kind ?? '') && isOnHostNetwork === false;
  if (!serves || !labels || Object.keys(labels).length === 0) return false;
  return !policiesFor(holder?.namespace ?? '', known).some(({ selector }) => !selector || selects(selector, labels));
}

/** Every policy that may be for a namespace: where one of the two is not written, they may be the same. */
function policiesFor(namespace: string, known: KnownFacts): PolicyFact[] {
  const isBeside = ({ fact }: SourcedFact<PolicyFact>) =>
    !fact.namespace || namespace === '' || fact.namespace === namespace || fact.namespace === '*';
  const isNamed = ({ fact }: SourcedFact<PolicyFact>) =>
    fact.namespace === '*' || (fact.namespace === namespace && namespace !== '');
  const found = [...known.together('policy', '').filter(isBeside), ...known.anywhere('policy', '').filter(isNamed)];
  return found.map(({ fact }) => fact);
}

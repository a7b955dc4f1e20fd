import { classify, describeAi } from '../../model/ai/classify.ts';
import { unlessSet, workloadName } from '../../model/wording.ts';
import { relatedSignals } from '../ai/related-signals.ts';
import { defineRule } from '../api.ts';
import type { HostNetworkNeed } from './need.ts';
import { withOffers } from './offers.ts';
import { hostNetworkUse } from './views.ts';

export const aiHostNetwork = defineRule({
  id: 'ai-host-network',
  replaces: ['host-network'],
  on: hostNetworkUse,
  *detect({ subject, at, spelling, check, fromDefault, related, fixes, offers, workload, need }) {
    const classification = classify(workload());
    if (classification.class !== 'ai') return;
    const { signs, counterSign } = need();
    const isNeeded = signs.length >= 2 && counterSign === undefined;
    const isPod = check === 'kubernetes';
    const where = isPod ? "the node's network" : "the host's network";
    yield {
      check,
      at,
      severity: isNeeded ? 'low' : 'high',
      message: `${workloadName(subject)} (${describeAi(classification)}) shares ${where} (${spelling})${unlessSet(fromDefault)}. Its model endpoints, agent tools and the metadata address are open beyond its own boundary${isPod ? ', and NetworkPolicy does not protect it' : ''}. ${isPod ? podAdvice({ signs, counterSign }) : ENGINE_ADVICE}`,
      related: [
        ...related,
        ...relatedSignals(classification),
        ...signs.map((sign) => ({ message: `Evidence of need: ${sign.text}`, at: sign.at })),
      ],
      fixes: () => {
        const { service, networkPolicy } = offers();
        return [
          ...fixes,
          ...withOffers(fixes[0], [service]),
          ...withOffers(networkPolicy && fixes[0], [service, networkPolicy]),
        ];
      },
    };
  },
});

const ENGINE_ADVICE =
  'Use a network of its own and publish only the port it serves, on 127.0.0.1 where that is enough.';

function podAdvice({ signs, counterSign }: HostNetworkNeed): string {
  if (counterSign)
    return `It already has networks of its own (${counterSign.text}), so it does not need the node's. Remove hostNetwork.`;
  const found = signs.map((sign) => sign.text).join(', ');
  if (signs.length >= 2)
    return `Evidence of a real need was found (${found}). Confirm that the platform requires it, and write down the reason.`;
  const evidence = found ? `Only one sign of a need was found (${found})` : 'No RDMA or multi-node evidence was found';
  return `${evidence}, so a Service or a private gateway is enough: remove hostNetwork.`;
}

import { type KnownFacts, type PodFact, podKey, type SourcedFact } from '../../facts/fact.ts';
import { policyFact } from '../../facts/pod-facts.ts';
import type { Place } from '../../language/place.ts';
import { isUnconditional, knownTexts, lookUp } from '../../language/yaml/presence.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import { isDeployed, namespaceOf } from '../../model/kubernetes/deployed.ts';
import { type LabelSelector, selects } from '../../model/kubernetes/label-selector.ts';
import type { KubernetesObject } from '../../model/kubernetes/objects.ts';
import { objectSubject, type Subject } from '../../model/workload.ts';

/** A NetworkPolicy or Service that selects pods on their node's network. */
export interface PodSelector {
  readonly subject: Subject;
  readonly kind: 'NetworkPolicy' | 'Service';
  /** The key of its selector. */
  readonly at: Place;
  /** At least one. */
  readonly onHostNetwork: readonly SourcedFact<PodFact>[];
  /** Whether it may select other pods too: such that are not on the host's network, or of which not all is known. */
  readonly maySelectOthers: boolean;
}

export function podSelectors(object: KubernetesObject, known: KnownFacts): PodSelector[] {
  const found = policySelector(object) ?? serviceSelector(object);
  const namespace = namespaceOf(object);
  if (!found || namespace === undefined) return [];
  const joining = known.together('pod', podKey(namespace, true));
  const isSelected = ({ fact: { labels } }: SourcedFact<PodFact>) => labels && selects(found.selector, labels);
  const onHostNetwork = joining.filter((pod) => pod.fact.isOnHostNetwork && isSelected(pod));
  if (onHostNetwork.length === 0) return [];
  const pods = [...joining, ...known.together('pod', podKey(namespace, false))];
  return [
    {
      subject: objectSubject(object),
      kind: found.kind,
      at: found.at,
      onHostNetwork,
      maySelectOthers: pods.some((pod) => !pod.fact.isOnHostNetwork && isSelected(pod) !== false),
    },
  ];
}

interface Selector {
  readonly kind: PodSelector['kind'];
  readonly selector: LabelSelector;
  readonly at: Place;
}

function policySelector(object: KubernetesObject): Selector | undefined {
  const selector = policyFact(object)?.selector;
  const spec = object.root.field('spec');
  const field = spec?.value.field('podSelector') ?? spec;
  return selector && field && { kind: 'NetworkPolicy', selector, at: keyPlace(field) };
}

function serviceSelector(object: KubernetesObject): Selector | undefined {
  const { kind, group, root } = object;
  const field = root.get('spec')?.field('selector');
  if (kind !== 'Service' || group !== '' || !field || !isDeployed(object) || !isUnconditional(root)) return undefined;
  const labels = knownTexts(lookUp(root, 'spec', 'selector'));
  if (!labels || Object.keys(labels).length === 0) return undefined;
  return { kind, selector: { labels, expressions: [] }, at: keyPlace(field) };
}

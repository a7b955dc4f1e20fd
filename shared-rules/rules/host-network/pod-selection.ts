import { inFile, type KnownFacts, type PodFact, podKey, type SourcedFact } from '../../facts/fact.ts';
import type { Place } from '../../language/place.ts';
import { type Field, keyPlace } from '../../language/yaml/value.ts';
import { namespaceOf } from '../../model/kubernetes/deployed.ts';
import { type LabelSelector, selects } from '../../model/kubernetes/label-selector.ts';
import type { KubernetesObject } from '../../model/kubernetes/objects.ts';
import { bareName, listed } from '../../model/wording.ts';
import { objectSubject } from '../../model/workload.ts';
import type { Related, Viewed } from '../api.ts';

/** An object that selects pods on their node's network. */
export interface PodSelection extends Viewed {
  /** The key of its selector. */
  readonly at: Place;
  /** At least one. */
  readonly onHostNetwork: readonly SourcedFact<PodFact>[];
  /** Whether it may select other pods too: such that are not on the host's network, or of which not all is known. */
  readonly maySelectOthers: boolean;
}

/**
 * What an object selects in its namespace; nothing where that is not known, or no such pod is on its node's network.
 * @param field holds the selector
 */
export function podSelection(
  object: KubernetesObject,
  selector: LabelSelector,
  field: Field,
  known: KnownFacts,
): PodSelection[] {
  const namespace = namespaceOf(object);
  if (namespace === undefined) return [];
  const isSelected = ({ fact: { labels } }: SourcedFact<PodFact>) => labels && selects(selector, labels);
  const joining = known.together('pod', podKey(namespace, true));
  const onHostNetwork = joining.filter((pod) => pod.fact.isOnHostNetwork && isSelected(pod));
  if (onHostNetwork.length === 0) return [];
  const pods = [...joining, ...known.together('pod', podKey(namespace, false))];
  const maySelectOthers = pods.some((pod) => !pod.fact.isOnHostNetwork && isSelected(pod) !== false);
  return [{ subject: objectSubject(object), at: keyPlace(field), onHostNetwork, maySelectOthers }];
}

/** `Deployment web in web.yaml and Pod db`. */
export function namesOf({ onHostNetwork }: PodSelection): string {
  return listed(onHostNetwork.map((pod) => bareName(pod.fact.holder) + inFile(pod)));
}

/** Where the selected pods join their node's network. */
export function placesOf({ onHostNetwork }: PodSelection): Related[] {
  return onHostNetwork.map(({ fact, file }) => ({ message: "On its node's network", at: fact.at, file }));
}

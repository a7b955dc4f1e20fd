import type { NamespaceFact, SourcedFact } from '../../facts/fact.ts';
import { deployedPods, namespaceOf } from '../../model/kubernetes/deployed.ts';
import { podSubject } from '../../model/workload.ts';
import type { View } from '../api.ts';
import type { PodItem } from '../base-views.ts';

export interface PodInNamespaceItem extends PodItem {
  /** The Namespace it is for, and variants of that; none where it is not known. */
  readonly namespaces: () => readonly SourcedFact<NamespaceFact>[];
}

/** Each pod that is deployed as it stands, and what is said of its namespace. */
export const podInNamespace: View<PodInNamespaceItem> = {
  name: 'podInNamespace',
  kinds: ['Namespace'],
  object: (object, { known }) => {
    const namespace = namespaceOf(object);
    const namespaces = () => (namespace ? known.together('namespace', namespace) : []);
    return deployedPods(object).map((pod) => ({ subject: podSubject(pod), pod, namespaces }));
  },
};

import { inFile, type PodFact, podKey, type SourcedFact } from '../../facts/fact.ts';
import { namespaceFact } from '../../facts/pod-facts.ts';
import { put } from '../../language/yaml/change.ts';
import { knownTexts, lookUp } from '../../language/yaml/presence.ts';
import { keyPlace, type Value } from '../../language/yaml/value.ts';
import { isSystemNamespace } from '../../model/kubernetes/node-components.ts';
import { bareName, listed, workloadName } from '../../model/wording.ts';
import { objectSubject } from '../../model/workload.ts';
import { defineRule, type View } from '../api.ts';
import type { ObjectItem } from '../base-views.ts';

interface NamespaceItem extends ObjectItem {
  /** The pods in it that join namespaces of their node. */
  readonly joining: () => readonly SourcedFact<PodFact>[];
}

const deployedNamespace: View<NamespaceItem> = {
  name: 'deployedNamespace',
  kinds: ['Namespace'],
  object: (object, { known }) => {
    const name = namespaceFact(object)?.key;
    if (name === undefined) return [];
    return [{ subject: objectSubject(object), object, joining: () => known.together('pod', podKey(name, true)) }];
  },
};

const LABEL = /^pod-security\.kubernetes\.io\//;
const MILD_LABELS = {
  'pod-security.kubernetes.io/audit': 'baseline',
  'pod-security.kubernetes.io/warn': 'baseline',
};

export const namespaceWithoutPodSecurity = defineRule({
  id: 'namespace-without-pod-security',
  on: deployedNamespace,
  *detect({ subject, object: { root, name }, joining }) {
    // The cluster's own components need what Pod Security forbids.
    if (isSystemNamespace(name) || !isSurelyUnlabelled(root)) return;
    const pods = joining();
    if (pods.length === 0) return;
    const metadata = root.get('metadata');
    const key = metadata?.field('labels');
    const names = pods.map((pod) => `${bareName(pod.fact.holder)}${inFile(pod)} (${pod.fact.hostFields.join(', ')})`);
    yield {
      at: key ? keyPlace(key) : (metadata?.get('name') ?? root),
      message: `${workloadName(subject)} has no labels for Pod Security, and pods in it join namespaces of their node: ${listed(names)}. Nobody is told about them, or about the next one. Add labels that warn and write to the audit log.`,
      related: pods.map(({ fact, file }) => ({ message: 'Joins namespaces of its node', at: fact.at, file })),
      fixes: [
        {
          title: 'Add labels that warn about and audit what baseline forbids',
          safety: 'review',
          changes: [put(root, ['metadata', 'labels'], MILD_LABELS)],
        },
      ],
    };
  },
});

function isSurelyUnlabelled(root: Value): boolean {
  const labels = knownTexts(lookUp(root, 'metadata', 'labels'));
  return labels !== undefined && !Object.keys(labels).some((name) => LABEL.test(name));
}

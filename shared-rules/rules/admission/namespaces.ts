import { type KnownFacts, type PodFact, podKey, type SourcedFact } from '../../facts/fact.ts';
import { namespaceFact } from '../../facts/pod-facts.ts';
import type { Place } from '../../language/place.ts';
import { knownTexts, lookUp } from '../../language/yaml/presence.ts';
import { keyPlace, type Value } from '../../language/yaml/value.ts';
import { isSystemNamespace } from '../../model/kubernetes/node-components.ts';
import type { KubernetesObject } from '../../model/kubernetes/objects.ts';
import { objectSubject, type Subject } from '../../model/workload.ts';

/** A Namespace without labels for Pod Security, and the pods in it that join namespaces of their node. */
export interface UnlabelledNamespace {
  readonly subject: Subject;
  /** The key that should hold the labels, else the name. */
  readonly at: Place;
  readonly root: Value;
  readonly pods: readonly SourcedFact<PodFact>[];
}

const POD_SECURITY = /^pod-security\.kubernetes\.io\//;

/** Namespaces of the cluster's own components are left out: they need what Pod Security forbids. */
export function unlabelledNamespaces(object: KubernetesObject, known: KnownFacts): UnlabelledNamespace[] {
  const fact = namespaceFact(object);
  if (!fact || isSystemNamespace(fact.key)) return [];
  const labels = knownTexts(lookUp(object.root, 'metadata', 'labels'));
  if (!labels || Object.keys(labels).some((name) => POD_SECURITY.test(name))) return [];
  const key = object.root.get('metadata')?.field('labels');
  return [
    {
      subject: objectSubject(object),
      at: key ? keyPlace(key) : fact.at,
      root: object.root,
      pods: known.together('pod', podKey(fact.key, true)),
    },
  ];
}

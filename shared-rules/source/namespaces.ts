import type { Subject } from '../engine/rule.ts';
import { type Heard, type KnownFacts, type PodFact, podKey } from './facts.ts';
import { knownTexts, look } from './known.ts';
import type { KubernetesObject } from './kubernetes.ts';
import { isSystemNamespace } from './node-components.ts';
import { namespaceFact } from './pod-facts.ts';
import { objectSubject } from './subject.ts';
import { keyPlace, type Place, type Value } from './value.ts';

/** A Namespace without labels for Pod Security, and the pods in it that join namespaces of their node. */
export interface UnlabelledNamespace {
  readonly subject: Subject;
  /** The key that should hold the labels, else the name. */
  readonly at: Place;
  readonly root: Value;
  readonly pods: readonly Heard<PodFact>[];
}

const POD_SECURITY = /^pod-security\.kubernetes\.io\//;

/** Namespaces of the cluster's own components are left out: they need what Pod Security forbids. */
export function unlabelledNamespaces(object: KubernetesObject, known: KnownFacts): UnlabelledNamespace[] {
  const fact = namespaceFact(object);
  if (!fact || isSystemNamespace(fact.key)) return [];
  const labels = knownTexts(look(object.root, 'metadata', 'labels'));
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

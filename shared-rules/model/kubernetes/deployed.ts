import { knownTexts, lookUp } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { Labels } from './label-selector.ts';
import type { KubernetesObject, Pod } from './objects.ts';

/** Kubernetes' own workloads, by group and kind: what they say about a pod is what the pod will be. */
const WORKLOADS =
  /^(?:\/(?:Pod|ReplicationController)|(?:apps|extensions|batch|argoproj\.io)\/(?:Deployment|DaemonSet|ReplicaSet|StatefulSet|Job|CronJob|Rollout))$/;

/**
 * Whether an object is deployed as it stands: not a part of another object, and not made by a controller from one.
 */
export function isDeployed({ root, isPartial }: KubernetesObject): boolean {
  if (isPartial) return false;
  const isListed = root.parent?.key === 'items' && root.parent.parent?.parent === undefined;
  const isInText = root.document.source.holder !== undefined;
  return (root.parent === undefined || isListed) && !isInText && !root.at('metadata', 'ownerReferences');
}

/** The pods of an object that is deployed as it stands, of a kind whose pods are what it says. */
export function deployedPods(object: KubernetesObject): readonly Pod[] {
  return WORKLOADS.test(`${object.group}/${object.kind}`) && isDeployed(object) ? object.pods : [];
}

/** The namespace that is written; empty where none is, undefined where that is not known. */
export function namespaceOf({ root }: KubernetesObject): string | undefined {
  const known = lookUp(root, 'metadata', 'namespace');
  if (known === 'absent') return '';
  return known === 'unknown' ? undefined : known.text;
}

/** The labels of a pod; undefined where one of them is not known. */
export function podLabels(metadata: Value | undefined): Labels | undefined {
  return metadata ? knownTexts(lookUp(metadata, 'labels')) : {};
}

/** Kinds whose pods run on and are reached by others. */
export const SERVING_KINDS: ReadonlySet<string> = new Set([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Rollout',
]);

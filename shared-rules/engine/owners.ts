import type { KubernetesObject, Pod } from '../source/kubernetes.ts';
import { podSubject } from '../source/subject.ts';
import type { Value } from '../source/value.ts';
import type { Finding } from './lint.ts';

/**
 * Leaves out what is reported at an object's owner in the same file: the Job that a CronJob made and the Pod
 * that a Job made repeat their owner's pod template, and are repaired there.
 */
export function dropRepeatsOfOwners(findings: readonly Finding[], objects: readonly KubernetesObject[]): Finding[] {
  const ownersOf = ownerFinder(objects);
  if (!objects.some((object) => ownersOf(object).length > 0)) return [...findings];
  const placeOf = placeFinder(objects);
  const reported = new Map<KubernetesObject, Set<string>>();
  for (const finding of findings) {
    const place = placeOf(finding);
    if (!place) continue;
    const known = reported.get(place.object) ?? new Set();
    reported.set(place.object, known.add(`${finding.rule} ${place.path}`));
  }
  return findings.filter((finding) => {
    const place = placeOf(finding);
    const owners = place ? ownersOf(place.object) : [];
    return !owners.some((owner) => reported.get(owner)?.has(`${finding.rule} ${place?.path}`));
  });
}

/** Tells the object a finding is about, and where in its pod spec, such as `.hostNetwork` for `spec.hostNetwork`. */
export function placeFinder(
  objects: readonly KubernetesObject[],
): (finding: Finding) => { object: KubernetesObject; path: string } | undefined {
  const keyOf = ({ start, end }: Finding['subject']['range']) => `${start} ${end}`;
  const pods = new Map<string, Pod>();
  for (const pod of objects.flatMap((object) => object.pods)) {
    const key = keyOf(podSubject(pod).range);
    if (!pods.has(key)) pods.set(key, pod);
  }
  return ({ subject, path }) => {
    const pod = pods.get(keyOf(subject.range));
    return pod && { object: pod.object, path: path.slice(pod.spec.path.length) };
  };
}

/** Tells the objects among these that made an object. */
function ownerFinder(objects: readonly KubernetesObject[]): (object: KubernetesObject) => KubernetesObject[] {
  const byName = new Map<string, KubernetesObject[]>();
  const keyOf = (kind: string | undefined, namespace: string | undefined, name: string | undefined) =>
    JSON.stringify([kind, namespace, name]);
  for (const object of objects) {
    if (object.pods.length === 0 || object.name === undefined) continue;
    const key = keyOf(object.kind, object.namespace, object.name);
    byName.set(key, [...(byName.get(key) ?? []), object]);
  }
  return (object) => {
    const named = (kind: string | undefined, name: string | undefined) =>
      (byName.get(keyOf(kind, object.namespace, name)) ?? []).filter((other) => other !== object);
    return ownerReferences(object).flatMap((reference) => {
      const [kind, name] = [reference.get('kind')?.text, reference.get('name')?.text];
      const owners = named(kind, name);
      return owners.length > 0 || kind !== 'ReplicaSet' ? owners : named('Deployment', deploymentOf(object, name));
    });
  };
}

export function ownerReferences({ root }: KubernetesObject): readonly Value[] {
  return root.at('metadata', 'ownerReferences')?.items() ?? [];
}

/** A Deployment calls its ReplicaSets after itself and the hash that it labels their pods with. */
function deploymentOf({ root }: KubernetesObject, replicaSet: string | undefined): string | undefined {
  const hash = root.at('metadata', 'labels', 'pod-template-hash')?.text;
  return hash && replicaSet?.endsWith(`-${hash}`) ? replicaSet.slice(0, -hash.length - 1) : undefined;
}

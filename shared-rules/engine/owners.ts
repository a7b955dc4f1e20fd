import type { KubernetesObject } from '../source/kubernetes.ts';
import { contains } from '../source/text.ts';
import type { Finding } from './lint.ts';

/**
 * Leaves out what is reported at an object's owner in the same file: the Job that a CronJob made and the Pod
 * that a Job made repeat their owner's pod template, and are repaired there.
 */
export function dropRepeatsOfOwners(findings: readonly Finding[], objects: readonly KubernetesObject[]): Finding[] {
  const isOwned = objects.some((object) => ownersOf(object, objects).length > 0);
  if (!isOwned) return [...findings];
  return findings.filter((finding) => {
    const place = placeInPod(finding, objects);
    if (!place) return true;
    const owners = ownersOf(place.object, objects);
    return !findings.some((other) => {
      const atOwner = owners.length > 0 ? placeInPod(other, objects) : undefined;
      return atOwner && owners.includes(atOwner.object) && atOwner.path === place.path && other.rule === finding.rule;
    });
  });
}

/** Where in its pod spec a finding stands, such as `hostNetwork` for `spec.template.spec.hostNetwork`. */
function placeInPod(
  finding: Finding,
  objects: readonly KubernetesObject[],
): { object: KubernetesObject; path: string } | undefined {
  for (const object of objects)
    for (const { spec } of object.pods)
      if (contains(spec.range, finding.range)) return { object, path: finding.path.slice(spec.path.length) };
  return undefined;
}

function ownersOf(object: KubernetesObject, objects: readonly KubernetesObject[]): KubernetesObject[] {
  const references = object.root.at('metadata', 'ownerReferences')?.items() ?? [];
  return references.flatMap((reference) =>
    objects.filter(
      (other) =>
        other !== object &&
        other.pods.length > 0 &&
        other.kind === reference.get('kind')?.text &&
        other.name !== undefined &&
        other.name === reference.get('name')?.text,
    ),
  );
}

import type { KubernetesObject, ObjectsOf, Pod } from '../model/kubernetes/objects.ts';
import { podSubject } from '../model/workload.ts';
import type { Finding } from './finding.ts';
import { ownerFinder } from './owners.ts';

/** What was found in a part of a file. */
interface PartFindings {
  readonly objects: readonly KubernetesObject[];
  readonly findings: readonly Finding[];
}

/**
 * What is reported at an object's owner in the same file, too: the Job that a CronJob made and the Pod that a Job made
 * repeat their owner's pod template, and are repaired there.
 * @param parts those with objects that have owners
 * @param objects all of the file
 * @param foundWith what was found in the part that an object is in
 */
export function repeatsOfOwners(
  parts: readonly PartFindings[],
  objects: ObjectsOf,
  foundWith: (object: KubernetesObject) => PartFindings,
): Set<Finding> {
  const ownersOf = ownerFinder(objects);
  const reported = new Map<PartFindings['objects'], ReadonlyMap<KubernetesObject, ReadonlySet<string>>>();
  const isReported = (object: KubernetesObject, what: string) => {
    const part = foundWith(object);
    const known = reported.get(part.objects) ?? reportedByObject(placesIn(part));
    reported.set(part.objects, known);
    return known.get(object)?.has(what) ?? false;
  };
  return new Set(
    parts
      .filter((part) => part.objects.some((object) => ownersOf(object).length > 0))
      .flatMap(placesIn)
      .filter(({ object, what }) => ownersOf(object).some((owner) => isReported(owner, what)))
      .map(({ finding }) => finding),
  );
}

/** A finding, the object it is about, and what it says of it. */
interface ObjectFinding {
  readonly finding: Finding;
  readonly object: KubernetesObject;
  readonly what: string;
}

function placesIn({ objects, findings }: PartFindings): ObjectFinding[] {
  const placeOf = placeFinder(objects);
  return findings.flatMap((finding) => {
    const place = placeOf(finding);
    return place ? { finding, object: place.object, what: `${finding.rule} ${place.path}` } : [];
  });
}

function reportedByObject(reports: readonly ObjectFinding[]): Map<KubernetesObject, Set<string>> {
  const reported = new Map<KubernetesObject, Set<string>>();
  for (const { object, what } of reports) reported.set(object, (reported.get(object) ?? new Set()).add(what));
  return reported;
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

import type { Value } from '../language/yaml/value.ts';
import type { KubernetesObject, ObjectsOf } from '../model/kubernetes/objects.ts';

/** Tells the objects of a file that made an object. */
export function ownerFinder(objects: ObjectsOf): (object: KubernetesObject) => KubernetesObject[] {
  const byKind = new Map<string, Map<string, KubernetesObject[]>>();
  const keyOf = (namespace: string | undefined, name: string | undefined) => JSON.stringify([namespace, name]);
  const ofKind = (kind: string) => {
    const known = byKind.get(kind);
    if (known) return known;
    const found = new Map<string, KubernetesObject[]>();
    for (const object of objects(kind)) {
      if (object.pods.length === 0 || object.name === undefined) continue;
      const key = keyOf(object.namespace, object.name);
      found.set(key, [...(found.get(key) ?? []), object]);
    }
    byKind.set(kind, found);
    return found;
  };
  return (object) => {
    const named = (kind: string | undefined, name: string | undefined) => {
      const found = kind === undefined ? undefined : ofKind(kind).get(keyOf(object.namespace, name));
      return (found ?? []).filter((other) => other !== object);
    };
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

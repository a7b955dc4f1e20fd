import { isMap, isScalar, isSeq, type Pair } from 'yaml';
import type { Settled } from '../language/yaml/settle.ts';
import { snapshotOf } from '../language/yaml/snapshot.ts';
import type { Value } from '../language/yaml/value.ts';

/** The roots of the documents that are deployed, for each deployment. */
export type DeployedRoots = readonly (readonly Value[])[];

/**
 * Whether what is rendered differs by what changes ask for alone: in each deployment the same documents, with other values under
 * the keys that the changes are about, and under no others.
 */
export function provesRendered(settled: Settled, before: DeployedRoots, after: DeployedRoots): boolean {
  const keys = keysOf(settled);
  const changed = before.map((roots, deployment) => {
    const now = after[deployment];
    if (now?.length !== roots.length) return undefined;
    return roots.flatMap(({ node }, index) => changedKeys(node, now[index]?.node, ''));
  });
  const all = changed.flat();
  return all.length > 0 && all.every((key) => key !== undefined && keys.has(key));
}

/** The keys that changes remove, add, or give another value. */
function keysOf({ removed, replaced, added }: Settled): Set<string> {
  const names = new Set<string>();
  for (const { node, collection, indexes } of removed.values())
    for (const index of indexes) names.add(isMap(node) ? keyName(node.items[index] as Pair) : String(collection.key));
  for (const { scalar } of replaced.values()) names.add(String(keyAbove(scalar)));
  for (const { collection, data } of added.values())
    for (const name of Array.isArray(data) ? [String(collection.key)] : Object.keys(data)) names.add(name);
  return names;
}

/** The key that a value is under, or the list that it is an item of. */
function keyAbove({ key, parent }: Value): string | number | undefined {
  return typeof key === 'number' ? parent?.key : key;
}

/** The keys under which two trees differ, as far down as they are alike. */
function changedKeys(a: unknown, b: unknown, key: string): string[] {
  if (isMap(a) && isMap(b)) {
    const [before, after] = [a.items as Pair[], b.items as Pair[]].map(byKey) as [Map<string, Pair>, Map<string, Pair>];
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
      const [one, other] = [before.get(name), after.get(name)];
      return one && other ? changedKeys(one.value, other.value, name) : [name];
    });
  }
  if (isSeq(a) && isSeq(b) && a.items.length === b.items.length)
    return a.items.flatMap((item, index) => changedKeys(item, b.items[index], key));
  return JSON.stringify(snapshotOf(a)) === JSON.stringify(snapshotOf(b)) ? [] : [key];
}

function byKey(pairs: readonly Pair[]): Map<string, Pair> {
  return new Map(pairs.map((pair) => [keyName(pair), pair]));
}

function keyName({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

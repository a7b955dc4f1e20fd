import { isPair } from 'yaml';
import type { Settled } from './settle.ts';
import type { Value } from './value.ts';
import { keyName } from './value.ts';

const RETAINED = '$retainKeys';
const ORDER = '$setElementOrder/';

/**
 * Whether changes would leave a strategic merge patch that is refused, or does something else: `$retainKeys` names every
 * key that is written beside it, and `$setElementOrder/LIST` every item of the list beside it. Both are for programs that
 * write patches, so nothing is changed there.
 * Source: `applyRetainKeysDirective` and `validatePatchWithSetOrderList` of k8s.io/apimachinery, strategicpatch.
 */
export function breaksDirectives({ document, removed, added }: Settled): boolean {
  if (![RETAINED, ORDER].some((name) => document.text.includes(name))) return false;
  const keysOf = (collection: Value, data: object) => (collection.isMapping ? Object.keys(data) : []);
  return (
    [...added.values()].some(({ collection, data }) => isDirected(collection, keysOf(collection, data))) ||
    [...removed.values()].some(({ node, collection, indexes }) => {
      const entries: readonly unknown[] = node.items;
      const keys = [...indexes].map((index) => entries[index]).map((one) => (isPair(one) ? keyName(one) : undefined));
      return isDirected(collection, keys);
    })
  );
}

/** @param keys those of a mapping that come or go */
function isDirected(collection: Value, keys: readonly (string | undefined)[]): boolean {
  if (collection.isMapping)
    return [RETAINED, ...keys.map((key) => `${ORDER}${key}`)].some((name) => collection.field(name) !== undefined);
  const { parent, key } = collection;
  return typeof key === 'string' && parent?.field(ORDER + key) !== undefined;
}

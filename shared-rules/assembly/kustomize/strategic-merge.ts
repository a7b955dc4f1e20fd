import { isMap, type Node, type Pair, Scalar, type YAMLMap } from 'yaml';
import type { Value } from '../../language/yaml/value.ts';
import type { TreeBuilder } from '../tree-builder.ts';
import { isEmptyMap, rawText } from './merge-lists.ts';
import { MergeWalk } from './merge-walk.ts';
import { copyOf, nodeIn, pairIn, setPair } from './nodes.ts';
import { Refusal, type Refused, TOO_LARGE } from './refusal.ts';

/** How an entry of `patches` or `patchesStrategicMerge` applies its patch. */
export interface PatchUse {
  /** Whether the entry has a `target`, or is one of `patchesStrategicMerge`: a patch that is found by its own name is merged as it is. */
  readonly isSelected?: boolean;
  /** `options` of the entry. */
  readonly allowNameChange?: boolean;
  readonly allowKindChange?: boolean;
}

/** What becomes of an object; undefined where the patch deletes it. */
export type Patched = { readonly result: YAMLMap | undefined } | Refused;

/**
 * Merges a strategic merge patch into an object, as Kustomize does (api v0.21.2, `resource.ApplySmPatch`). The object that is
 * given stays as it is: the result is a tree of its own. Mappings and lists that both have are written where the object
 * has them, and what the patch sets or adds is written in the patch. With `$patch: replace` at its top a patch changes nothing.
 */
export function mergePatch(tree: TreeBuilder, target: YAMLMap, patch: Value | YAMLMap, use: PatchUse = {}): Patched {
  const base = tree.copy(target);
  const own = isMap(patch) ? tree.copy(patch as YAMLMap) : copyOf(tree, patch as Value);
  if (tree.isFull) return { refused: TOO_LARGE, at: tree.originOf(own) as Value };
  if (use.isSelected) for (const name of ['labels', 'annotations']) makeTexts(tree, own, name);
  const [apiVersion, kind, metadata] = ['apiVersion', 'kind', 'metadata'].map((name) => pairIn(base, name));
  const [name, namespace] = ['name', 'namespace'].map((key) => pairIn(metadata?.value, key));
  try {
    const left = new MergeWalk(tree).walk(base, own);
    if (left === undefined || isEmptyMap(base)) return { result: undefined };
    // What names an object stays: a patch has names to find it by.
    setPair(base, 'apiVersion', apiVersion);
    if (!use.allowKindChange) setPair(base, 'kind', kind);
    if (isMap(metadata?.value) && !isMap(nodeIn(base, 'metadata'))) {
      metadata.value.items = [];
      setPair(base, 'metadata', metadata);
    }
    if (!use.allowNameChange) setPair(nodeIn(base, 'metadata'), 'name', name);
    setPair(nodeIn(base, 'metadata'), 'namespace', namespace);
    return { result: base };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: error.message, at: (tree.originOf(error.node) ?? tree.originOf(own)) as Value };
  }
}

/** Makes strings of all labels or annotations, null among them, and leaves them out where there are none. */
export function makeTexts(tree: TreeBuilder, object: Node, name: string): void {
  const metadata = nodeIn(object, 'metadata');
  const texts = nodeIn(metadata, name);
  if (texts === undefined) return;
  if (!isMap(texts) || texts.items.length === 0) setPair(metadata, name, undefined);
  else
    for (const pair of texts.items as Pair[])
      pair.value = tree.quoted(pair.value instanceof Scalar ? pair.value : new Scalar(rawText(pair.value)));
}

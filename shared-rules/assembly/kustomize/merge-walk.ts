import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { TreeBuilder } from '../tree-builder.ts';
import type { MergedField } from './merge-keys.generated.ts';
import { KeyedLists, mergeItems, rawText } from './merge-lists.ts';
import { fieldOfType, typeOfObject } from './merge-types.ts';
import { isNull, isPlain, nameOf, nodeIn, pairIn } from './nodes.ts';
import { Refusal } from './refusal.ts';

type Merged = Node | undefined;
type Directive = 'delete' | 'replace' | 'merge';

const DIRECTIVE = '$patch';

/**
 * Merges two trees of nodes as kyaml does (`yaml/walk`, `yaml/merge2`): what the first one has is changed, and what comes from
 * the other becomes a part of it. All of the first one is walked, not only what the other one is about: nulls and empty items
 * go, and items with the same keys become one.
 */
export class MergeWalk {
  readonly #tree: TreeBuilder;

  constructor(tree: TreeBuilder) {
    this.#tree = tree;
  }

  /** @returns undefined where nothing is left. Throws a `Refusal`. */
  walk(base: Merged, patch: Merged, known?: MergedField): Merged {
    const type = known ?? typeIn(base) ?? typeIn(patch);
    const first = isNull(base) ? patch : base;
    if (isNull(first)) return patch === undefined && rawText(base) !== '' ? base : undefined;
    if (!isNull(patch) && kindOf(patch) !== kindOf(first)) {
      const [is, other] = [kindOf(patch), kindOf(first)];
      throw new Refusal(`this is a ${is}, and what it is merged with is a ${other}`, patch as Node);
    }
    if (isMap(first)) return this.#walkMap(base as YAMLMap, patch as YAMLMap, type);
    if (isSeq(first) && typeof type === 'object') return this.#walkList(base as YAMLSeq, patch as YAMLSeq, type);
    return patch ?? base;
  }

  #walkMap(base: YAMLMap, patch: YAMLMap | undefined, type: MergedField | undefined): Merged {
    const merged = this.#visit(base, patch, () => directiveOfMap(patch as YAMLMap));
    if (!isMap(merged)) return undefined;
    const added = new Map((patch?.items ?? []).map((pair) => [nameOf(pair as Pair), pair as Pair]));
    const pairs = (merged.items as Pair[]).flatMap((own) => {
      const name = nameOf(own);
      const ofPatch = added.get(name);
      added.delete(name);
      const value = this.walk(own.value as Node, ofPatch?.value as Merged, fieldOfType(type, name));
      return value === undefined || (ofPatch && isNull(value)) ? [] : this.#pairOf(own, ofPatch, value);
    });
    for (const [name, pair] of added) {
      const value = this.walk(undefined, pair.value as Node, fieldOfType(type, name));
      if (!isNull(value)) pairs.push(pair);
    }
    merged.items = pairs;
    return merged;
  }

  /** What is walked on: the base, or the patch instead of it, or nothing. */
  #visit<Collection extends YAMLMap | YAMLSeq>(
    base: Collection,
    patch: Collection | undefined,
    directive: () => Directive,
  ): Collection | undefined {
    if (patch === undefined) return base;
    if (isNull(patch)) return undefined;
    const instead = isNull(base);
    // Beside nothing, a list is taken as it is, and so is a mapping with a directive that does not exist.
    if (instead && (isSeq(patch) || !isDirective(rawText(nodeIn(patch, DIRECTIVE))))) return patch;
    switch (directive()) {
      case 'delete':
        return undefined;
      case 'replace':
        return patch;
      case 'merge':
        return instead ? patch : base;
    }
  }

  /** A field with its merged value. One that comes from the patch has the key of the patch. */
  #pairOf(own: Pair, ofPatch: Pair | undefined, value: Node): Pair {
    if (own.value === value || !ofPatch) return own;
    ofPatch.value = this.#inStyleOf(own.value as Node, value);
    return ofPatch;
  }

  /** The quotes of what is replaced stay, so that what was a string still is one. */
  #inStyleOf(old: Node, value: Node): Node {
    const isString = isScalar(old) && !isPlain(old);
    return isString && isScalar(value) && isPlain(value) ? this.#tree.quoted(value as Scalar) : value;
  }

  #walkList(
    base: YAMLSeq,
    patch: YAMLSeq | undefined,
    [keys, itemType]: readonly [readonly string[], string?],
  ): Merged {
    const merged = this.#visit(base, patch, () => directiveOfList(patch as YAMLSeq));
    if (!isSeq(merged)) return undefined;
    const added = (patch?.items ?? []) as Node[];
    merged.items = mergeItems(merged.items as Node[], added, keys, (one, other) => this.walk(one, other, itemType));
    return merged;
  }
}

/** The directive of a list is an item of its own: the first one that has one, if it has nothing else. */
function directiveOfList(patch: YAMLSeq): Directive {
  const first = patch.items.find((item) => nodeIn(item, DIRECTIVE) !== undefined);
  if (!isMap(first) || first.items.length > 1) return 'merge';
  const text = directiveIn(first);
  new KeyedLists().set(patch.items as Node[], undefined, [DIRECTIVE], [text]);
  return text;
}

function typeIn(node: unknown): string | undefined {
  return isMap(node) ? typeOfObject(node) : undefined;
}

function kindOf(node: unknown): string {
  return isMap(node) ? 'mapping' : isSeq(node) ? 'list' : 'scalar';
}

/** The directive of a mapping, which is taken out of it. */
function directiveOfMap(patch: YAMLMap): Directive {
  if (!pairIn(patch, DIRECTIVE)) return 'merge';
  const directive = directiveIn(patch);
  const index = patch.items.findIndex((pair) => nameOf(pair as Pair) === DIRECTIVE);
  patch.items.splice(index, 1);
  return directive;
}

function directiveIn(map: YAMLMap): Directive {
  const node = nodeIn(map, DIRECTIVE) as Node;
  const text = rawText(node);
  if (!isDirective(text)) throw new Refusal(`\`${text}\` is no directive of a patch`, node);
  return text;
}

function isDirective(text: string): text is Directive {
  return text === 'delete' || text === 'replace' || text === 'merge';
}

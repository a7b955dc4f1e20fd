import { isMap, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Field, Value } from '../../language/yaml/value.ts';
import type { TreeBuilder } from '../tree-builder.ts';
import { copyOf, isNull, isPlain, nameOf, nodeAt, nodeIn, pairIn, setPair, textOf } from './nodes.ts';
import { Refusal, type Refused, TOO_LARGE } from './refusal.ts';
import { makeTexts } from './strategic-merge.ts';

/** So deep may an operation make a tree. */
const MOST_DEPTH = 500;
/** So many nodes may all operations on an object add, move and copy together. */
const MOST_NODES = 1_000_000;

/**
 * Applies the operations of a JSON patch to an object, as Kustomize does (RFC 6902 as `github.com/evanphx/json-patch` v4 has
 * it): indexes may be negative, `replace` sets a key that is missing, and `copy` takes a missing key for null. The object that
 * is given stays as it is.
 */
export function applyOperations(
  tree: TreeBuilder,
  target: YAMLMap,
  operations: Value,
): { readonly result: YAMLMap } | Refused {
  if (!operations.isSequence) return { refused: 'a JSON patch is a list of operations', at: operations };
  const patch = new JsonPatch(tree, tree.copy(target));
  for (const operation of operations.allItems()) {
    try {
      patch.apply(operation);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { refused: error.message, at: operation };
    }
  }
  if (tree.isFull) return { refused: TOO_LARGE, at: operations };
  if (!textOf(nodeAt(patch.root, 'kind')) || !textOf(nodeAt(patch.root, 'metadata', 'name')))
    return { refused: 'the operations leave no kind or name', at: operations };
  makeTexts(tree, patch.root, 'annotations');
  return { result: patch.root as YAMLMap };
}

/** Where an operation applies: what is at a name in a mapping, or at an index in a list. */
interface Target {
  readonly container: YAMLMap | YAMLSeq;
  readonly name: string;
}

class JsonPatch {
  readonly #tree: TreeBuilder;
  root: Node;
  #nodes = 0;

  constructor(tree: TreeBuilder, root: Node) {
    this.#tree = tree;
    this.root = root;
  }

  apply(operation: Value): void {
    const kind = operation.get('op')?.text ?? '';
    const path = textIn(operation, 'path');
    switch (kind) {
      case 'add':
        this.#add(path, this.#given(operation), operation);
        break;
      case 'remove':
        remove(this.#find(path));
        break;
      case 'replace':
        this.#replace(path, this.#given(operation), operation);
        break;
      case 'move': {
        const from = this.#find(textIn(operation, 'from'));
        const moved = at(from) ?? new Scalar('');
        remove(from);
        this.#add(path, moved, operation);
        break;
      }
      case 'copy': {
        const copied = at(this.#find(textIn(operation, 'from'))) ?? new Scalar('');
        this.#measure(copied);
        this.#add(path, this.#tree.copy(copied), operation);
        break;
      }
      case 'test':
        this.#test(path, this.#given(operation));
        break;
      default:
        throw new Refusal(`\`${kind}\` is no operation of a JSON patch`);
    }
  }

  /** The value of an operation; null where it has none. */
  #given(operation: Value): Node {
    const value = operation.field('value')?.value;
    return value ? copyOf(this.#tree, value) : new Scalar('');
  }

  #find(path: string): Target {
    const names = path.split('/').map((name) => name.replaceAll(/~[01]/g, (escaped) => (escaped === '~1' ? '/' : '~')));
    const name = names.pop() as string;
    if (names.shift() === undefined) throw missing(path);
    let container: Node | undefined = this.root;
    for (const step of names) container = isContainer(container) ? at({ container, name: step }) : undefined;
    if (!isContainer(container)) throw missing(path);
    return { container, name };
  }

  #add(path: string, value: Node, operation: Value): void {
    const { container, name } = this.#find(path);
    if (path.split('/').length + this.#measure(value) > MOST_DEPTH) throw new Refusal('this is nested too deeply');
    if (isMap(container)) setPair(container, name, this.#pair(name, value, operation));
    else container.items.splice(endOr(container, name), 0, value);
  }

  #replace(path: string, value: Node, operation: Value): void {
    if (path === '') {
      this.root = value;
      return;
    }
    const { container, name } = this.#find(path);
    if (isMap(container)) setPair(container, name, this.#pair(name, value, operation));
    else container.items[indexIn(container.items.length, name)] = value;
  }

  /** A field that is written where the operation has its value, or its path where it has none. */
  #pair(name: string, value: Node, operation: Value): Pair {
    const field = (operation.field('value') ?? operation.field('path')) as Field;
    return this.#tree.renamed(field, name, operation.get('path') as Value, value);
  }

  #test(path: string, expected: Node): void {
    const actual = path === '' ? this.root : at(this.#find(path));
    if (!isEqual(actual, expected)) throw new Refusal(`the test of ${path} fails`);
  }

  /** How deep a tree is. Throws where all that were measured are too large together. */
  #measure(node: Node): number {
    if (++this.#nodes > MOST_NODES) throw new Refusal('the patch makes too much of the object');
    const below = isMap(node) ? node.items.map(({ value }) => value) : isSeq(node) ? node.items : [];
    return 1 + below.reduce<number>((deepest, child) => Math.max(deepest, this.#measure(child as Node)), 0);
  }
}

function missing(path: string): Refusal {
  return new Refusal(`${path} does not exist`);
}

function textIn(operation: Value, name: string): string {
  const text = operation.get(name)?.text;
  if (text === undefined) throw new Refusal(`an operation needs \`${name}\``);
  return text;
}

function isContainer(node: unknown): node is YAMLMap | YAMLSeq {
  return isMap(node) || isSeq(node);
}

/** What is at a target; undefined for a key that is missing. */
function at({ container, name }: Target): Node | undefined {
  return isMap(container) ? nodeIn(container, name) : (container.items[indexIn(container.items.length, name)] as Node);
}

function remove({ container, name }: Target): void {
  if (isSeq(container)) container.items.splice(indexIn(container.items.length, name), 1);
  else if (pairIn(container, name)) setPair(container, name, undefined);
  else throw missing(name);
}

function endOr({ items }: YAMLSeq, name: string): number {
  return name === '-' ? items.length : indexIn(items.length + 1, name);
}

/** An index below a length; a negative one counts from there. */
function indexIn(length: number, text: string): number {
  const index = /^[-+]?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  const from = index < 0 ? index + length : index;
  if (!(from >= 0 && from < length)) throw new Refusal(`${text} is no index of the list`);
  return from;
}

function isEqual(one: Node | undefined, other: Node | undefined): boolean {
  if (isMap(one) && isMap(other))
    return (
      one.items.length === other.items.length &&
      one.items.every((pair) => {
        const match = pairIn(other, nameOf(pair as Pair));
        return match !== undefined && isEqual(pair.value as Node, match.value as Node);
      })
    );
  if (isSeq(one) && isSeq(other))
    return (
      one.items.length === other.items.length &&
      one.items.every((item, index) => isEqual(item as Node, other.items[index] as Node))
    );
  return !isContainer(one) && !isContainer(other) && meaningOf(one) === meaningOf(other);
}

/** What a scalar is for JSON, as `go.yaml.in/yaml/v3` resolves it. */
function meaningOf(node: Node | undefined): unknown {
  if (isNull(node) || !isScalar(node)) return null;
  const text = String(node.value);
  if (!isPlain(node) || node.tag === 'tag:yaml.org,2002:str') return text;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  return numberIn(text) ?? text;
}

function numberIn(text: string): number | undefined {
  const [, sign, digits = ''] = /^([-+]?)([\d.]\w*(?:[.+-]\w*)*)$/.exec(text.replaceAll('_', '')) ?? [];
  const number = Number(digits.replace(/^0(?=[0-7]+$)/, '0o'));
  if (digits === '' || Number.isNaN(number)) return undefined;
  return sign === '-' ? -number : number;
}

import { isMap, type YAMLMap } from 'yaml';
import type { YamlDocument } from '../../language/yaml/document.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { BuildContext } from './context.ts';
import { copyOf, isNull } from './nodes.ts';

/**
 * The mappings in documents that are objects of Kubernetes. Lists of objects are replaced by their items.
 * @returns a sentence where Kustomize reads none of them
 */
export function objectsIn(documents: readonly YamlDocument[]): Value[] | string {
  const open: Value[] = [];
  for (const { root, problems } of documents) {
    if (problems.some(({ isLimit }) => !isLimit)) return 'has a syntax error';
    if (root && !isNull(root.node) && !isEmpty(root)) open.push(root);
  }
  const [only] = open;
  if (open.length === 1 && only && isUnwrapped(only)) open.splice(0, 1, ...(only.get('items')?.allItems() ?? []));
  const objects: Value[] = [];
  for (const value of open) {
    if (!value.isMapping) return 'has a document that is no mapping';
    if (isEmpty(value)) continue;
    const kind = value.get('kind')?.text;
    if (kind === undefined) return 'has an object without a kind';
    const items = value.field('items')?.value;
    if (kind.endsWith('List') && items && (items.isSequence || isNull(items.node))) open.push(...items.allItems());
    else if (!kind.endsWith('List') && value.at('metadata', 'name')?.text === undefined)
      return 'has an object without a name';
    else objects.push(value);
  }
  return objects;
}

function isEmpty(value: Value): boolean {
  return value.isMapping && value.fields().length === 0;
}

/** Lists whose items come before what else is in them. */
function isUnwrapped(value: Value): boolean {
  const kind = value.get('kind')?.text;
  return (kind === 'List' || kind === 'ResourceList') && value.field('items') !== undefined;
}

/** A tree of its own like an object that is written. */
export function treeOf({ tree }: BuildContext, object: Value): YAMLMap | undefined {
  const copy = copyOf(tree, object);
  return isMap(copy) ? (copy as YAMLMap) : undefined;
}

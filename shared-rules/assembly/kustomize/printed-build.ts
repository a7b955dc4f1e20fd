import type { YamlDocument } from '../../language/yaml/document.ts';
import type { Value } from '../../language/yaml/value.ts';
import { type PrintedTree, printTree } from '../printed-tree.ts';

/** Prints an object of a build. */
export function printObject({ root }: YamlDocument): PrintedTree {
  if (!root) return { lines: [], isCut: false };
  return printTree(root, {
    fieldsOf: (mapping: Value) => mapping.fields(),
    itemsOf: (sequence: Value) => sequence.items(),
    textOf: (_, raw) => raw,
    furtherPlaces: () => [],
    linesBelowNull: () => [],
  });
}

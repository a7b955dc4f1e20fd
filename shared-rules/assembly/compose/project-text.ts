import type { Place } from '../../language/place.ts';
import type { YamlDocument } from '../../language/yaml/document.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import { composeText, interpolatedSource } from '../../model/compose/interpolation.ts';
import { type PrintedTree, printTree } from '../printed-tree.ts';
import { textInFolder } from './relative-paths.ts';

/**
 * Prints a project as the Compose file that says the same by itself: `extends` and `!reset` are gone, variables that are
 * known are replaced by their values.
 * @param folder the project's, which relative paths start from
 */
export function projectText(tree: YamlDocument, folder: string): PrintedTree {
  if (!tree.root) return { lines: [], isCut: false };
  return printTree(tree.root, {
    fieldsOf,
    itemsOf,
    textOf: (value, raw) => textInFolder(value, interpolatedSource(raw, value.document.source.variables), folder),
    furtherPlaces: variablesIn,
    linesBelowNull: (value) => (isDependency(value) ? WHAT_NAMES_MEAN : []),
  });
}

/** What a service extends is among its fields by now. */
function fieldsOf(value: Value): readonly Field[] {
  const isService = value.parent?.key === 'services' && value.parent.parent?.parent === undefined;
  return value.fields().filter((field) => !isReset(field.value) && !(isService && field.name === 'extends'));
}

function itemsOf(value: Value): readonly Value[] {
  return value.items().filter((item) => !isReset(item));
}

function isReset({ node }: Value): boolean {
  return node.tag === '!reset';
}

/** What Compose takes a name in a list of `depends_on` for. */
const WHAT_NAMES_MEAN = ['condition: service_started', 'required: true'];

/** Whether a value is that of a name in `depends_on`, which is a list where nothing is said of its names. */
function isDependency({ parent }: Value): boolean {
  return parent?.key === 'depends_on' && parent.parent?.parent?.key === 'services';
}

/** Where the variables are set that a value is read from. */
function variablesIn(value: Value): Place[] {
  return [...(composeText(value)?.variables.values() ?? [])].map(({ at }) => at);
}

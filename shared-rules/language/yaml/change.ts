import type { Plain } from './style.ts';
import type { Field, Value } from './value.ts';

/**
 * A change to located nodes. `settle` gathers the changes of a fix; `editsFor` gives their text edits, and
 * `imageOf` the tree they should lead to. A fix is proven by comparing that with the edited text's real tree.
 */
export type YamlChange =
  | { readonly remove: Field | Value }
  | { readonly replace: Value; readonly text: string }
  | { readonly put: Value; readonly keys: readonly string[]; readonly data: Plain }
  | { readonly append: Value; readonly data: Plain }
  | { readonly addDocument: Plain; readonly after: Value }
  | { readonly rename: Field; readonly name: string };

/** Removes a field from its mapping, or an item from its sequence, with the comments inside and beside it. */
export function remove(entry: Field | Value): YamlChange {
  return { remove: entry };
}

/** Gives a scalar another text in its own quoting. The text must need no escapes. */
export function replace(value: Value, text: string): YamlChange {
  return { replace: value, text };
}

/**
 * Sets what stands at the end of a chain of keys below a mapping, and makes the mappings on the way that are missing.
 * Data is merged into what is there: a list gets the items it lacks, a scalar is replaced.
 */
export function put(mapping: Value, keys: readonly string[], data: Plain): YamlChange {
  return { put: mapping, keys, data };
}

/** Adds an item at the end of a sequence. */
export function append(sequence: Value, data: Plain): YamlChange {
  return { append: sequence, data };
}

/** Adds a document behind the one a value belongs to. */
export function addDocument(data: Plain, after: Value): YamlChange {
  return { addDocument: data, after };
}

/** Gives a field another name, in the quoting of the old one. The name must need no escapes. */
export function rename(field: Field, name: string): YamlChange {
  return { rename: field, name };
}

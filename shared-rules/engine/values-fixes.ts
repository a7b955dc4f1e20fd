import type { Change } from '../language/change.ts';
import { replace, type YamlChange } from '../language/yaml/change.ts';
import type { Field } from '../language/yaml/value.ts';
import type { Fix } from '../rules/api.ts';

/**
 * A fix as it can be made in a chart: a switch whose key is in a template and whose value is in a values file cannot be removed
 * there, and is set to false.
 */
export function inValues(fix: Fix): Fix {
  const [change, ...others] = fix.changes;
  const field = change && others.length === 0 ? removedField(change) : undefined;
  const written = field && !field.origin ? field.value.origin : undefined;
  if (!field || !written || field.value.boolean !== true) return fix;
  return { ...fix, title: `Set ${written.path} to false`, changes: [replace(field.value, 'false')] };
}

function removedField(change: Change): Field | undefined {
  const removed = 'remove' in change ? (change as Extract<YamlChange, { readonly remove: unknown }>).remove : undefined;
  return removed && 'pair' in removed ? removed : undefined;
}

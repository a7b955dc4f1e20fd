import type { Subject } from './workload.ts';

/** `Deployment web`, `Service web` or `Container web`, as a sentence begins; a workload without a name is named by its kind. */
export function workloadName({ kind, name }: Pick<Subject, 'kind' | 'name'>): string {
  const shown = capitalized(kind || 'workload');
  return name ? `${shown} ${name}` : shown;
}

/** What a message adds where a variable's default decides. */
export function unlessSet(fromDefault: boolean): string {
  return fromDefault ? ', unless the variable says otherwise' : '';
}

/** A name as a sentence begins. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `a`, `a and b` or `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

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

/** So many names are listed in a message: findings that each named all the others would grow with their square. */
const MOST_NAMES = 10;

/**
 * `a`, `a and b` or `a, b and c`; of very many the first, and how many others there are.
 * @param hasMore whether there are still more than were given
 */
export function listed(names: readonly string[], hasMore = false): string {
  const others = names.length - MOST_NAMES;
  if (others > 1 || hasMore)
    return `${names.slice(0, MOST_NAMES).join(', ')} and ${hasMore ? 'more than ' : ''}${others} others`;
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

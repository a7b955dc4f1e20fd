import type { Subject } from './workload.ts';

type Named = Pick<Subject, 'kind' | 'name' | 'generateName'>;

/** `Deployment web`, as a sentence goes on: `Pod build-*` where the API server makes up the rest, `this Pod` without a name. */
export function ownerName(subject: Named): string {
  return `${shownName(subject) ? '' : 'this '}${bareName(subject)}`;
}

/** The same as a sentence begins: `Deployment web`, `Service web`, `Pod build-*`, `This workload`. */
export function workloadName(subject: Named): string {
  return capitalized(ownerName(subject));
}

/** The same in a list, where nothing tells which one it is if it has no name: `Deployment web`, `Pod`. */
export function bareName(subject: Named): string {
  return `${subject.kind || 'workload'} ${shownName(subject)}`.trimEnd();
}

function shownName({ name, generateName }: Named): string {
  return name || (generateName ? `${generateName}*` : '');
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

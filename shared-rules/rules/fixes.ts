import type { Change } from '../language/change.ts';
import type { Option } from '../model/commands/container-command.ts';
import type { Fix } from './api.ts';

/** Takes an option away, where that is possible. */
export function removalFixes({ removal }: Option, title: string): Fix[] {
  return removal.length > 0 ? [{ title, safety: 'review', changes: removal }] : [];
}

export function reviewIfPossible(title: string, changes: readonly Change[]): Fix[] {
  return changes.length > 0 ? [{ title, safety: 'review', changes }] : [];
}

/** A repair that a person looks at. */
export function review(title: string, ...changes: Change[]): Fix {
  return { title, safety: 'review', changes };
}

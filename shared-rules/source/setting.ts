import type { Fix } from '../engine/rule.ts';
import type { Place } from './value.ts';
import type { Change } from './yaml-edit.ts';

/** A setting and how to take it back. */
export interface Setting {
  readonly at: Place;
  /** As it is written. */
  readonly spelling: string;
  readonly fixes: readonly Fix[];
}

/** A repair that a person looks at. */
export function review(title: string, ...changes: Change[]): Fix {
  return { title, safety: 'review', changes };
}

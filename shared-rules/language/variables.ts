import type { Place } from './place.ts';

/** A variable that is set, and where. */
export interface SetVariable {
  readonly text: string;
  readonly at: Place;
}

/** Variables that a text may refer to, by their names. */
export type Variables = ReadonlyMap<string, SetVariable>;

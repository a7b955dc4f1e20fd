/** What a rule demands of the values of a flag. */
export interface Demand {
  readonly isMet: (values: readonly string[]) => boolean;
  /** A value that meets it, as near to those there are as it can be. */
  readonly corrected: (values: readonly string[]) => string;
}

export function is(wanted: string): Demand {
  return { isMet: ([value]) => value === wanted, corrected: () => wanted };
}

/** @param instead where nothing else is in the list */
export function doesNotInclude(unwanted: string, instead: string): Demand {
  return {
    isMet: (values) => !values.includes(unwanted),
    corrected: (values) => values.filter((value) => value !== unwanted).join(',') || instead,
  };
}

import type { Fact, Heard, KnownFacts, ObjectsOf } from '../source/facts.ts';

/** What a fact is about, as one asks for it. */
export function topicOf({ is, key }: Pick<Fact, 'is' | 'key'>): string {
  return `${is} ${key}`;
}

/** What files beside a text say. */
export interface Neighbours {
  /** Facts of files that are deployed together with it, on a topic. */
  readonly together: (topic: string) => readonly Heard[];
  /** Facts of all known files. */
  readonly anywhere: (topic: string) => readonly Heard[];
}

export const NO_NEIGHBOURS: Neighbours = { together: () => [], anywhere: () => [] };

/** What a part of a file hears: of its file, itself included, and of the files beside that. */
export interface Hearing extends Neighbours {
  readonly objects: ObjectsOf;
}

/** Topics that a lint asked about, so that it is repeated when what is said on them changes. */
export interface Asked {
  readonly together: ReadonlySet<string>;
  readonly anywhere: ReadonlySet<string>;
}

/** Answers what rules want to know beyond one document, and notes what they asked. */
export function listening(hearing: Hearing): { readonly known: KnownFacts; readonly asked: Asked } {
  const asked = { together: new Set<string>(), anywhere: new Set<string>() };
  const ask = (reach: keyof Asked) => (is: Fact['is'], key: string) => {
    const topic = topicOf({ is, key });
    asked[reach].add(topic);
    return hearing[reach](topic);
  };
  const { objects } = hearing;
  return { known: { together: ask('together'), anywhere: ask('anywhere'), objects } as KnownFacts, asked };
}

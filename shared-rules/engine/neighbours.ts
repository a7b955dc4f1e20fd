import type { Fact, Heard, KnownFacts } from '../source/facts.ts';

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

/** Neighbours, and further facts that belong to the text's own file but do not stand in the text. */
export function withOwn(facts: readonly Fact[], neighbours: Neighbours = NO_NEIGHBOURS): Neighbours {
  const own = new Map<string, Heard[]>();
  for (const fact of facts) {
    const topic = topicOf(fact);
    const heard = { fact, file: undefined };
    const before = own.get(topic);
    if (before) before.push(heard);
    else own.set(topic, [heard]);
  }
  return {
    together: (topic) => [...(own.get(topic) ?? []), ...neighbours.together(topic)],
    anywhere: (topic) => [...(own.get(topic) ?? []), ...neighbours.anywhere(topic)],
  };
}

/** Topics that a lint asked about, so that it is repeated when what is said on them changes. */
export interface Asked {
  readonly together: ReadonlySet<string>;
  readonly anywhere: ReadonlySet<string>;
}

/** Answers what rules want to know beyond one document, and notes what they asked. */
export function listening(
  own: readonly Fact[],
  neighbours: Neighbours,
): { readonly known: KnownFacts; readonly asked: Asked } {
  const asked = { together: new Set<string>(), anywhere: new Set<string>() };
  const all = withOwn(own, neighbours);
  const ask = (reach: keyof Asked) => (is: Fact['is'], key: string) => {
    const topic = topicOf({ is, key });
    asked[reach].add(topic);
    return all[reach](topic);
  };
  return { known: { together: ask('together'), anywhere: ask('anywhere') } as KnownFacts, asked };
}

import type { Part } from '../language/place.ts';
import { remembered } from '../language/remembered.ts';
import type { ObjectsOf } from '../model/kubernetes/objects.ts';
import type { Fact, FilePart, KnownFacts, SourcedFact } from './fact.ts';

/** What a fact is about, as one asks for it. */
export function topicOf({ is, key }: Pick<Fact, 'is' | 'key'>): string {
  return `${is} ${key}`;
}

/** Facts by their topics, each in their order. */
export const factsByTopic = remembered((facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> => {
  const byTopic = new Map<string, Fact[]>();
  for (const fact of facts) {
    const topic = topicOf(fact);
    const known = byTopic.get(topic);
    if (known) known.push(fact);
    else byTopic.set(topic, [fact]);
  }
  return byTopic;
});

/** Answers what a text asks about other files. */
export interface FactQueries {
  /** Facts of files that are deployed together with it, on a topic. */
  readonly together: (topic: string) => readonly SourcedFact[];
  /** Facts of all known files. */
  readonly anywhere: (topic: string) => readonly SourcedFact[];
}

export const NO_FACTS: FactQueries = { together: () => [], anywhere: () => [] };

/** Answers what a part of a file asks: about its file, itself included, and about other files. */
export interface PartQueries extends FactQueries {
  readonly objects: ObjectsOf;
  /** The part that asks. */
  readonly part: Part | undefined;
  readonly parts: () => readonly FilePart[];
}

/** Topics that a lint asked about, so that it is repeated when facts on them change. */
export interface AskedTopics {
  readonly together: ReadonlySet<string>;
  readonly anywhere: ReadonlySet<string>;
}

const BY_PATH = (['source', 'namedObject'] as const).map((is) => topicOf({ is, key: '' }));

/** The paths of the files that a lint asked for by name. */
export function sourcesAsked({ anywhere }: AskedTopics): string[] {
  return BY_PATH.flatMap((topic) =>
    [...anywhere].flatMap((one) => (one.startsWith(topic) ? one.slice(topic.length) : [])),
  );
}

const CHART_FILES = topicOf({ is: 'chartFile', key: '' });

/** The folders of the charts whose files a lint asked for. */
export function chartsAsked({ anywhere }: AskedTopics): string[] {
  return [...anywhere].flatMap((one) => (one.startsWith(CHART_FILES) ? one.slice(CHART_FILES.length) : []));
}

/** Answers what rules want to know beyond one document, and notes what they asked. */
export function recordTopics(queries: PartQueries): { readonly known: KnownFacts; readonly asked: AskedTopics } {
  const asked = { together: new Set<string>(), anywhere: new Set<string>() };
  const ask = (reach: keyof AskedTopics) => (is: Fact['is'], key: string) => {
    const topic = topicOf({ is, key });
    asked[reach].add(topic);
    return queries[reach](topic);
  };
  const { objects, part, parts } = queries;
  return { known: { together: ask('together'), anywhere: ask('anywhere'), objects, part, parts } as KnownFacts, asked };
}

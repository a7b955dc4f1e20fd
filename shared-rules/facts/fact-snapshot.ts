import type { SourcedFact } from './fact.ts';
import type { AskedTopics, FactQueries } from './fact-queries.ts';

/** The facts of other files on some topics, as plain data that outlives the workspace. A topic without facts is left out. */
export interface FactSnapshot {
  readonly together: Readonly<Record<string, readonly SourcedFact[]>>;
  readonly anywhere: Readonly<Record<string, readonly SourcedFact[]>>;
}

/** The answers to what a lint asked about other files; undefined where there are none. */
export function takeSnapshot({ together, anywhere }: AskedTopics, queries: FactQueries): FactSnapshot | undefined {
  const snapshot = { together: answers(together, queries.together), anywhere: answers(anywhere, queries.anywhere) };
  const isEmpty = Object.keys(snapshot.together).length === 0 && Object.keys(snapshot.anywhere).length === 0;
  return isEmpty ? undefined : snapshot;
}

/** In the same order, in whatever order the topics were asked about. */
function answers(topics: ReadonlySet<string>, ask: FactQueries['together']): Record<string, readonly SourcedFact[]> {
  const all = [...topics].sort().map((topic) => [topic, ask(topic)] as const);
  return Object.fromEntries(all.filter(([, facts]) => facts.length > 0));
}

/** Gives the answers that were taken, and on other topics none. */
export function queriesOfSnapshot({ together, anywhere }: FactSnapshot): FactQueries {
  return {
    together: (topic) => together[topic] ?? [],
    anywhere: (topic) => anywhere[topic] ?? [],
  };
}

import type { SourcedFact } from './fact.ts';
import type { AskedTopics, FactQueries } from './fact-queries.ts';

/** What other files say on topics, as plain data that outlives the workspace. A topic on which nobody says anything is left out. */
export interface FactSnapshot {
  readonly together: Readonly<Record<string, readonly SourcedFact[]>>;
  readonly anywhere: Readonly<Record<string, readonly SourcedFact[]>>;
}

/** What neighbours say on the topics that a lint asked about; undefined where that is nothing. */
export function takeSnapshot({ together, anywhere }: AskedTopics, neighbours: FactQueries): FactSnapshot | undefined {
  const answers = { together: heard(together, neighbours.together), anywhere: heard(anywhere, neighbours.anywhere) };
  const isEmpty = Object.keys(answers.together).length === 0 && Object.keys(answers.anywhere).length === 0;
  return isEmpty ? undefined : answers;
}

/** The same answers in the same order, in whatever order they were asked for. */
function heard(topics: ReadonlySet<string>, ask: FactQueries['together']): Record<string, readonly SourcedFact[]> {
  const answers = [...topics].sort().map((topic) => [topic, ask(topic)] as const);
  return Object.fromEntries(answers.filter(([, said]) => said.length > 0));
}

/** FactQueries that say what they said when the answers were taken down, and on other topics nothing. */
export function queriesOfSnapshot({ together, anywhere }: FactSnapshot): FactQueries {
  return {
    together: (topic) => together[topic] ?? [],
    anywhere: (topic) => anywhere[topic] ?? [],
  };
}

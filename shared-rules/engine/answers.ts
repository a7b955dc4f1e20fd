import type { Heard } from '../source/facts.ts';
import type { Asked, Neighbours } from './neighbours.ts';

/** What other files say on topics, as plain data that outlives the workspace. A topic on which nobody says anything is left out. */
export interface Answers {
  readonly together: Readonly<Record<string, readonly Heard[]>>;
  readonly anywhere: Readonly<Record<string, readonly Heard[]>>;
}

/** What neighbours say on the topics that a lint asked about; undefined where that is nothing. */
export function answersTo({ together, anywhere }: Asked, neighbours: Neighbours): Answers | undefined {
  const answers = { together: heard(together, neighbours.together), anywhere: heard(anywhere, neighbours.anywhere) };
  const isEmpty = Object.keys(answers.together).length === 0 && Object.keys(answers.anywhere).length === 0;
  return isEmpty ? undefined : answers;
}

/** The same answers in the same order, in whatever order they were asked for. */
function heard(topics: ReadonlySet<string>, ask: Neighbours['together']): Record<string, readonly Heard[]> {
  const answers = [...topics].sort().map((topic) => [topic, ask(topic)] as const);
  return Object.fromEntries(answers.filter(([, said]) => said.length > 0));
}

/** Neighbours that say what they said when the answers were taken down, and on other topics nothing. */
export function neighboursOf({ together, anywhere }: Answers): Neighbours {
  return {
    together: (topic) => together[topic] ?? [],
    anywhere: (topic) => anywhere[topic] ?? [],
  };
}

import {
  type AskedTopics,
  type FactQueries,
  remembered,
  type SourcedFact,
  takeSnapshot,
} from '../../../shared-rules/index.ts';
import { hash, hashOf } from '../hash.ts';

/** A fact may be the text of a file, and is given to many others. */
const jsonOf = remembered((fact: SourcedFact) => JSON.stringify(fact));
const hashOfFact = remembered((fact: SourcedFact) => hash(jsonOf(fact)));

/** The facts of others that a file is linted with. */
export class GivenFacts {
  readonly #snapshot: ReturnType<typeof takeSnapshot>;

  constructor(asked: AskedTopics, queries: FactQueries) {
    this.#snapshot = takeSnapshot(asked, queries);
  }

  /** Empty where there are none. */
  get hash(): string {
    return this.#snapshot ? hashOf([...pieces(this.#snapshot, hashOfFact)]) : '';
  }

  /** A `FactSnapshot` as JSON; undefined where there are none. */
  get json(): string | undefined {
    return this.#snapshot && [...pieces(this.#snapshot, jsonOf)].join('');
  }
}

/** @param textOf what stands for a fact */
function* pieces(
  { together, anywhere }: NonNullable<ReturnType<typeof takeSnapshot>>,
  textOf: (fact: SourcedFact) => string,
): Generator<string> {
  yield '{"together":{';
  yield* topics(together, textOf);
  yield '},"anywhere":{';
  yield* topics(anywhere, textOf);
  yield '}}';
}

function* topics(
  answers: Readonly<Record<string, readonly SourcedFact[]>>,
  textOf: (fact: SourcedFact) => string,
): Generator<string> {
  for (const [index, [topic, facts]] of Object.entries(answers).entries())
    yield `${index > 0 ? ',' : ''}${JSON.stringify(topic)}:[${facts.map(textOf).join(',')}]`;
}

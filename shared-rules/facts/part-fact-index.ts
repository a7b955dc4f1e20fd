import type { Part } from '../language/place.ts';
import type { KubernetesObject, ObjectsOf } from '../model/kubernetes/objects.ts';
import type { Fact, SourcedFact } from './fact.ts';
import { type AskedTopics, type FactQueries, factsByTopic, type PartQueries, topicOf } from './fact-queries.ts';
import { SetMap } from './set-map.ts';
import { TopicIndex } from './topic-index.ts';

/** A part of a file from which facts are collected. */
export interface FactSource {
  /** Where it begins: the order of the parts. */
  readonly start: number;
  readonly facts: readonly Fact[];
  readonly objects: readonly KubernetesObject[];
}

type Reach = keyof AskedTopics;

const REACHES: readonly Reach[] = ['together', 'anywhere'];

/**
 * The facts of the parts of a file, and those of other files that its parts asked for. It knows which part asked what, so
 * that a change costs only the parts that asked about it.
 */
export class PartFactIndex {
  readonly #otherFiles: FactQueries;
  readonly #facts = new TopicIndex<FactSource, Fact>(
    ({ facts }, topic) => factsByTopic(facts).get(topic) ?? [],
    byStart,
  );
  readonly #objects = new TopicIndex<FactSource, KubernetesObject>(
    ({ objects }, kind) => objects.filter((object) => object.kind === kind),
    byStart,
  );
  readonly #askers = {
    together: new SetMap<FactSource>(),
    anywhere: new SetMap<FactSource>(),
    objects: new SetMap<FactSource>(),
  };
  /** By topic, the facts of other files as they were when they were first asked for. */
  readonly #fromOtherFiles = {
    together: new Map<string, readonly SourcedFact[]>(),
    anywhere: new Map<string, readonly SourcedFact[]>(),
  };
  /** By facts of this file on a topic, these and those of other files. */
  readonly #answers = new WeakMap<
    readonly Fact[],
    { readonly others: readonly SourcedFact[]; readonly all: readonly SourcedFact[] }
  >();

  constructor(otherFiles: FactQueries) {
    this.#otherFiles = otherFiles;
  }

  get asked(): AskedTopics {
    const { together, anywhere } = this.#askers;
    return { together: new Set(together.names()), anywhere: new Set(anywhere.names()) };
  }

  /** All objects of the file, whoever asks. */
  readonly objects: ObjectsOf = (...kinds) => kinds.flatMap((kind) => this.#objects.on(kind));

  /**
   * Parts come in the place of others.
   * @returns the parts that asked about something that has changed, and whether facts have changed that other files may ask for
   */
  replace(
    removed: readonly FactSource[],
    added: readonly FactSource[],
  ): { affected: Set<FactSource>; hasChangedFacts: boolean } {
    for (const source of removed) {
      this.forgetQuestions(source);
      this.#facts.set(source, []);
      this.#objects.set(source, []);
    }
    for (const source of added) {
      this.#facts.set(source, source.facts.map(topicOf));
      this.#objects.set(source, kindsOf(source));
    }
    const { together, anywhere, objects } = this.#askers;
    const topics = changedTopics(removed, added);
    const kinds = [...removed, ...added].flatMap(kindsOf);
    const affected = new Set([
      ...topics.flatMap((topic) => [...together.get(topic), ...anywhere.get(topic)]),
      ...kinds.flatMap((kind) => [...objects.get(kind)]),
    ]);
    return { affected, hasChangedFacts: topics.length > 0 || topicOrder(removed) !== topicOrder(added) };
  }

  /** A part is linted anew, or gone: it has asked nothing, and what no other part asked for is not kept. */
  forgetQuestions(source: FactSource): void {
    for (const kind of leave(this.#askers.objects, source)) this.#objects.release(kind);
    for (const reach of REACHES)
      for (const topic of leave(this.#askers[reach], source)) {
        this.#facts.release(topic);
        this.#fromOtherFiles[reach].delete(topic);
      }
  }

  /** The facts of other files may have changed. @returns the parts that asked about those that have */
  refresh(): Set<FactSource> {
    const affected = new Set<FactSource>();
    for (const reach of REACHES)
      for (const [topic, before] of this.#fromOtherFiles[reach]) {
        if (JSON.stringify(this.#otherFiles[reach](topic)) === JSON.stringify(before)) continue;
        this.#fromOtherFiles[reach].delete(topic);
        for (const source of this.#askers[reach].get(topic)) affected.add(source);
      }
    return affected;
  }

  /** Answers what a part asks, and notes what it was. */
  queriesFor(source: FactSource): Omit<PartQueries, 'part' | 'parts'> {
    const ask = (reach: Reach) => (topic: string) => {
      this.#askers[reach].add(topic, source);
      const others = this.#fromOtherFiles[reach].get(topic) ?? this.#otherFiles[reach](topic);
      this.#fromOtherFiles[reach].set(topic, others);
      return this.#joined(this.#facts.on(topic), others);
    };
    const objects = (kind: string) => {
      this.#askers.objects.add(kind, source);
      return this.#objects.on(kind);
    };
    return { together: ask('together'), anywhere: ask('anywhere'), objects: (...kinds) => kinds.flatMap(objects) };
  }

  /** One answer for all parts that ask, as long as neither has changed: else it would be made for every part anew. */
  #joined(own: readonly Fact[], others: readonly SourcedFact[]): readonly SourcedFact[] {
    if (own.length === 0) return others;
    const known = this.#answers.get(own);
    if (known?.others === others) return known.all;
    const all = [...own.map(ofThisFile), ...others];
    this.#answers.set(own, { others, all });
    return all;
  }

  /** The answers if one part stood in the place of another. Nothing is noted. */
  queriesInstead(source: FactSource, instead: FactSource): Omit<PartQueries, 'part' | 'parts'> {
    // What many commands of a script ask is answered once.
    const ask = (reach: Reach) =>
      answeringOnce((topic) => [
        ...this.#facts.onInstead(topic, source, instead).map(ofThisFile),
        ...this.#otherFiles[reach](topic),
      ]);
    const objects = (kind: string) => this.#objects.onInstead(kind, source, instead);
    return { together: ask('together'), anywhere: ask('anywhere'), objects: (...kinds) => kinds.flatMap(objects) };
  }
}

function answeringOnce(ask: FactQueries['together']): FactQueries['together'] {
  const answers = new Map<string, readonly SourcedFact[]>();
  return (topic) => {
    const answer = answers.get(topic) ?? ask(topic);
    answers.set(topic, answer);
    return answer;
  };
}

/** Takes a part off the askers. @returns the topics that nobody asks about any more */
function leave(askers: SetMap<FactSource>, source: FactSource): string[] {
  const topics = [...askers.namesOf(source)];
  askers.setMember(source, []);
  return topics.filter((topic) => askers.get(topic).size === 0);
}

function byStart(a: FactSource, b: FactSource): number {
  return a.start - b.start;
}

function ofThisFile(fact: Fact): SourcedFact {
  return { fact, file: undefined };
}

function kindsOf({ objects }: FactSource): string[] {
  return objects.flatMap(({ kind }) => kind ?? []);
}

/** The topics of all facts, each as often as there are facts on it: what is said about two topics may change its order alone. */
function topicOrder(sources: readonly FactSource[]): string {
  return JSON.stringify(sources.flatMap(({ facts }) => facts.map(topicOf)));
}

/** The topics on which there are other facts than before, or facts at another place of their part. */
function changedTopics(removed: readonly FactSource[], added: readonly FactSource[]): string[] {
  const [before, now] = [byTopic(removed), byTopic(added)];
  return [...new Set([...before.keys(), ...now.keys()])].filter((topic) => !areSame(before.get(topic), now.get(topic)));
}

/** The facts on a topic: as text, and the parts that their places refer to. */
interface TopicFacts {
  text: string;
  readonly parts: (Part | undefined)[];
}

function byTopic(sources: readonly FactSource[]): ReadonlyMap<string, TopicFacts> {
  const found = new Map<string, TopicFacts>();
  for (const fact of sources.flatMap(({ facts }) => facts)) {
    const topic = topicOf(fact);
    const known = found.get(topic) ?? { text: '', parts: [] };
    known.text += `${JSON.stringify(fact, (key, value) => (key === 'part' ? undefined : value))}\n`;
    known.parts.push(fact.at.part);
    found.set(topic, known);
  }
  return found;
}

function areSame(a: TopicFacts | undefined, b: TopicFacts | undefined): boolean {
  return a?.text === b?.text && a?.parts.every((part, index) => part === b?.parts[index]) === true;
}

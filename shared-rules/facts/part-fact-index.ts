import type { Part } from '../language/place.ts';
import type { KubernetesObject, ObjectsOf } from '../model/kubernetes/objects.ts';
import type { Fact, SourcedFact } from './fact.ts';
import { type AskedTopics, type FactQueries, type PartQueries, topicOf } from './fact-queries.ts';
import { SetMap } from './set-map.ts';

/** What a part of a file says. */
export interface FactSource {
  /** Where it begins: the order in which parts are heard. */
  readonly start: number;
  readonly facts: readonly Fact[];
  readonly objects: readonly KubernetesObject[];
}

type Reach = keyof AskedTopics;

/**
 * What the parts of a file say to each other, and what they hear of other files. It knows who asked what, so that a change
 * costs only the parts that asked about it.
 */
export class PartFactIndex {
  readonly #neighbours: FactQueries;
  readonly #facts = new TopicIndex((voice, topic) => voice.facts.filter((fact) => topicOf(fact) === topic));
  readonly #objects = new TopicIndex((voice, kind) => voice.objects.filter((object) => object.kind === kind));
  readonly #askers = {
    together: new SetMap<FactSource>(),
    anywhere: new SetMap<FactSource>(),
    objects: new SetMap<FactSource>(),
  };
  /** By topic, what other files said when they were first asked. */
  readonly #heard = {
    together: new Map<string, readonly SourcedFact[]>(),
    anywhere: new Map<string, readonly SourcedFact[]>(),
  };

  constructor(neighbours: FactQueries) {
    this.#neighbours = neighbours;
  }

  get asked(): AskedTopics {
    const { together, anywhere } = this.#askers;
    return { together: new Set(together.names()), anywhere: new Set(anywhere.names()) };
  }

  /** All objects of the file, whoever asks. */
  readonly objects: ObjectsOf = (...kinds) => kinds.flatMap((kind) => this.#objects.on(kind));

  /**
   * Parts come in the place of others.
   * @returns the parts that asked about something that is said otherwise now, and whether other files hear something new
   */
  replace(gone: readonly FactSource[], come: readonly FactSource[]): { concerned: Set<FactSource>; isNews: boolean } {
    for (const voice of gone) {
      this.forget(voice);
      this.#facts.remove(voice, voice.facts.map(topicOf));
      this.#objects.remove(voice, kindsOf(voice));
    }
    for (const voice of come) {
      this.#facts.add(voice, voice.facts.map(topicOf));
      this.#objects.add(voice, kindsOf(voice));
    }
    const { together, anywhere, objects } = this.#askers;
    const topics = changedTopics(gone, come);
    const kinds = [...gone, ...come].flatMap(kindsOf);
    const concerned = new Set([
      ...topics.flatMap((topic) => [...together.get(topic), ...anywhere.get(topic)]),
      ...kinds.flatMap((kind) => [...objects.get(kind)]),
    ]);
    return { concerned, isNews: topics.length > 0 };
  }

  /** A part is judged anew, or gone: it has asked nothing, and what nobody else asked is not remembered. */
  forget(voice: FactSource): void {
    for (const reach of ['together', 'anywhere', 'objects'] as const) {
      const askers = this.#askers[reach];
      const topics = [...askers.namesOf(voice)];
      askers.setMember(voice, []);
      for (const topic of topics.filter((topic) => askers.get(topic).size === 0)) {
        if (reach === 'objects') this.#objects.forget(topic);
        else {
          this.#facts.forget(topic);
          this.#heard[reach].delete(topic);
        }
      }
    }
  }

  /** Other files may say something else now. @returns the parts that asked about it */
  hearAgain(): Set<FactSource> {
    const concerned = new Set<FactSource>();
    for (const reach of ['together', 'anywhere'] as const)
      for (const [topic, before] of this.#heard[reach]) {
        if (JSON.stringify(this.#neighbours[reach](topic)) === JSON.stringify(before)) continue;
        this.#heard[reach].delete(topic);
        for (const voice of this.#askers[reach].get(topic)) concerned.add(voice);
      }
    return concerned;
  }

  /** What a part hears. What it asks is noted. */
  hearing(voice: FactSource): PartQueries {
    const ask = (reach: Reach) => (topic: string) => {
      this.#askers[reach].add(topic, voice);
      const others = this.#heard[reach].get(topic) ?? this.#neighbours[reach](topic);
      this.#heard[reach].set(topic, others);
      return [...this.#facts.on(topic).map(heardHere), ...others];
    };
    const objects = (kind: string) => {
      this.#askers.objects.add(kind, voice);
      return this.#objects.on(kind);
    };
    return { together: ask('together'), anywhere: ask('anywhere'), objects: (...kinds) => kinds.flatMap(objects) };
  }

  /** What would be heard if one part stood in the place of another. Nothing is noted. */
  hearingInstead(voice: FactSource, instead: FactSource): PartQueries {
    const ask = (reach: Reach) => (topic: string) => [
      ...this.#facts.onInstead(topic, voice, instead).map(heardHere),
      ...this.#neighbours[reach](topic),
    ];
    const objects = (kind: string) => this.#objects.onInstead(kind, voice, instead);
    return { together: ask('together'), anywhere: ask('anywhere'), objects: (...kinds) => kinds.flatMap(objects) };
  }
}

/** What parts say, by topic, in the order of the text. */
class TopicIndex<T> {
  readonly #listen: (voice: FactSource, topic: string) => readonly T[];
  readonly #tellers = new SetMap<FactSource>();
  readonly #answers = new Map<string, readonly T[]>();

  constructor(listen: (voice: FactSource, topic: string) => readonly T[]) {
    this.#listen = listen;
  }

  add(voice: FactSource, topics: readonly string[]): void {
    for (const topic of topics) {
      this.#tellers.add(topic, voice);
      this.#answers.delete(topic);
    }
  }

  remove(voice: FactSource, topics: readonly string[]): void {
    this.#tellers.setMember(voice, []);
    for (const topic of topics) this.#answers.delete(topic);
  }

  /** Nobody asks about a topic now. */
  forget(topic: string): void {
    this.#answers.delete(topic);
  }

  on(topic: string): readonly T[] {
    const known = this.#answers.get(topic) ?? this.#listenTo(this.#tellers.get(topic), topic);
    this.#answers.set(topic, known);
    return known;
  }

  onInstead(topic: string, voice: FactSource, instead: FactSource): readonly T[] {
    const others = [...this.#tellers.get(topic)].filter((other) => other !== voice);
    return this.#listenTo([...others, instead], topic);
  }

  #listenTo(voices: Iterable<FactSource>, topic: string): readonly T[] {
    return [...voices].sort((a, b) => a.start - b.start).flatMap((voice) => this.#listen(voice, topic));
  }
}

function heardHere(fact: Fact): SourcedFact {
  return { fact, file: undefined };
}

function kindsOf({ objects }: FactSource): string[] {
  return objects.flatMap(({ kind }) => kind ?? []);
}

/** The topics on which something else is said than before, or at another place of its part. */
function changedTopics(gone: readonly FactSource[], come: readonly FactSource[]): string[] {
  const [was, is] = [byTopic(gone), byTopic(come)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((topic) => !areSame(was.get(topic), is.get(topic)));
}

/** Facts on a topic: as text, and the parts that their places refer to. */
interface Saying {
  text: string;
  readonly parts: (Part | undefined)[];
}

function byTopic(voices: readonly FactSource[]): ReadonlyMap<string, Saying> {
  const sayings = new Map<string, Saying>();
  for (const fact of voices.flatMap(({ facts }) => facts)) {
    const topic = topicOf(fact);
    const saying = sayings.get(topic) ?? { text: '', parts: [] };
    saying.text += `${JSON.stringify(fact, (key, value) => (key === 'part' ? undefined : value))}\n`;
    saying.parts.push(fact.at.part);
    sayings.set(topic, saying);
  }
  return sayings;
}

function areSame(a: Saying | undefined, b: Saying | undefined): boolean {
  return a?.text === b?.text && a?.parts.every((part, index) => part === b?.parts[index]) === true;
}

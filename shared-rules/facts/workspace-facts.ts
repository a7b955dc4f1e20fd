import { DeploymentUnits, sameSet } from './deployment-units.ts';
import type { Fact, SourcedFact } from './fact.ts';
import { type AskedTopics, type FactQueries, factsByTopic, topicOf } from './fact-queries.ts';
import { SetMap } from './set-map.ts';
import { TopicIndex } from './topic-index.ts';

/** What a lint learned that concerns other files. */
export interface CollectedFacts {
  readonly facts: readonly Fact[];
  /** What it asked about other documents. */
  readonly asked: AskedTopics;
}

/** What is known of a file. */
class FileFacts {
  readonly collected: CollectedFacts;
  /** Those that other files may ask for; which files are deployed together is not among them. */
  readonly facts: readonly Fact[];
  /** The units it is deployed in; see `DeploymentUnits`. */
  readonly units: ReadonlySet<string>;

  constructor(collected: CollectedFacts, units: ReadonlySet<string>) {
    this.collected = collected;
    this.facts = collected.facts.filter(({ is }) => is !== 'kustomization');
    this.units = units;
  }

  get byTopic(): ReadonlyMap<string, readonly Fact[]> {
    return factsByTopic(this.facts);
  }

  /** By unit and topic, where its facts are to be found. */
  *entries(): Iterable<string> {
    for (const topic of this.byTopic.keys()) for (const unit of [...this.units, ANYWHERE]) yield entry(unit, topic);
  }

  /** By unit and topic, what its lint asked. */
  *questions(): Iterable<string> {
    const { together, anywhere } = this.collected.asked;
    for (const topic of together) for (const unit of this.units) yield entry(unit, topic);
    for (const topic of anywhere) yield entry(ANYWHERE, topic);
  }
}

/** A fact of a file other than the one that asks. */
type FactOfFile = SourcedFact & { readonly file: string };

/** Stands for all files, whatever they are deployed with. */
const ANYWHERE = '*';

/**
 * So many claims of other files to one port a file is told of: each that takes the port is given them all, as text where a
 * thread lints it. Only so many more workloads that never run on one host could hide one that does.
 */
const MOST_CLAIMS = 200;

const PORT_TOPICS = topicOf({ is: 'port', key: '' });

/**
 * The facts of all files of a workspace. It is given what every lint learned, and answers which other files have to be linted
 * again: those that asked about a topic on which facts have changed. Facts on what is deployed depend on the texts
 * of other files, which depend on nothing, so that ends. Files are called by paths or URIs with slashes; of those that others
 * are put together with, the text is kept.
 */
export class WorkspaceFacts {
  readonly #files = new Map<string, FileFacts>();
  /** By unit and topic, in the order of the files' names. */
  readonly #index = new TopicIndex<string, FactOfFile>(
    (file, name) => this.#factsOf(file, topicIn(name)),
    (a, b) => (a < b ? -1 : 1),
  );
  /** By unit and topic, the files that asked. */
  readonly #askers = new SetMap();
  readonly #units = new DeploymentUnits();

  get files(): Iterable<string> {
    return this.#files.keys();
  }

  /** Answers what a file asks about others, as they are at present. */
  queriesFor(file: string): FactQueries {
    const home = () => this.#files.get(file)?.units ?? this.#units.of(file);
    return {
      together: (topic) => this.#factsFor(file, home(), topic),
      anywhere: (topic) => this.#factsFor(file, [ANYWHERE], topic),
    };
  }

  #factsFor(file: string, units: Iterable<string>, topic: string): readonly SourcedFact[] {
    const byUnit = [...units].map((unit) => this.#index.on(entry(unit, topic))).filter((facts) => facts.length > 0);
    const [facts = []] = byUnit.length > 1 ? [merged(byUnit)] : byUnit;
    const others = this.#files.get(file)?.byTopic.has(topic) ? facts.filter((one) => one.file !== file) : facts;
    return topic.startsWith(PORT_TOPICS) && others.length > MOST_CLAIMS ? others.slice(0, MOST_CLAIMS) : others;
  }

  #factsOf(file: string, topic: string): readonly FactOfFile[] {
    return (this.#files.get(file)?.byTopic.get(topic) ?? []).map((fact) => ({ fact, file }));
  }

  /**
   * Takes in what a lint of a file learned.
   * @returns the other files in which something else may be found now
   */
  update(file: string, collected: CollectedFacts): string[] {
    const before = this.#files.get(file);
    if (before && collected.facts === before.collected.facts && isSame(collected.asked, before.collected.asked))
      return [];
    const affected = new Set<string>();
    const now = new FileFacts(collected, before?.units ?? this.#units.of(file));
    for (const topic of changedTopics(before?.facts ?? [], now.facts)) this.#addAskers(now.units, topic, affected);
    this.#keep(file, now);
    const kustomization = collected.facts.find((fact) => fact.is === 'kustomization');
    for (const moved of this.#units.set(file, kustomization)) this.#move(moved, affected);
    affected.delete(file);
    return [...affected];
  }

  /** A file is gone, or not looked at any more. @returns as `update` does */
  remove(file: string): string[] {
    const affected = this.update(file, NOTHING);
    this.#keep(file, undefined);
    this.#units.forget(file);
    return affected;
  }

  #addAskers(units: Iterable<string>, topic: string, affected: Set<string>): void {
    for (const unit of [...units, ANYWHERE])
      for (const file of this.#askers.get(entry(unit, topic))) affected.add(file);
  }

  /** A file may be deployed with others than before: it and they have to be linted again where they have to do with each other. */
  #move(file: string, affected: Set<string>): void {
    const before = this.#files.get(file);
    const units = this.#units.of(file);
    if (!before || sameSet(units, before.units)) return;
    for (const fact of before.facts) this.#addAskers([...before.units, ...units], topicOf(fact), affected);
    if (before.collected.asked.together.size > 0) affected.add(file);
    this.#keep(file, new FileFacts(before.collected, units));
  }

  /** Puts into the indexes what is known of a file now, in the place of what was. */
  #keep(file: string, now: FileFacts | undefined): void {
    if (now) this.#files.set(file, now);
    else this.#files.delete(file);
    this.#index.set(file, now?.entries() ?? []);
    this.#askers.setMember(file, now?.questions() ?? []);
  }
}

/** The facts of several units, each once: a file has the same in each of its own. */
function merged(byUnit: readonly (readonly FactOfFile[])[]): FactOfFile[] {
  const byFact = new Map(byUnit.flat().map((one) => [one.fact, one]));
  return [...byFact.values()].sort((a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1));
}

function isSame(a: AskedTopics, b: AskedTopics): boolean {
  return sameSet(a.together, b.together) && sameSet(a.anywhere, b.anywhere);
}

/** A unit and a topic as one text. Both may hold any character. */
function entry(unit: string, topic: string): string {
  return `${topic.length} ${topic}${unit}`;
}

function topicIn(entry: string): string {
  const start = entry.indexOf(' ') + 1;
  return entry.slice(start, start + Number.parseInt(entry, 10));
}

/** The topics on which there are other facts than before. That one stands elsewhere in its file does not count. */
function changedTopics(before: readonly Fact[], now: readonly Fact[]): Set<string> {
  if (before.length === 0) return new Set(now.map(topicOf));
  const [known, kept] = [new Set(before), new Set(now)];
  const was = byContent(before.filter((fact) => !kept.has(fact)));
  const is = byContent(now.filter((fact) => !known.has(fact)));
  return new Set([...missingIn(is, was), ...missingIn(was, is)]);
}

function byContent(facts: readonly Fact[]): Map<string, string> {
  return new Map(facts.map((fact) => [contentOf(fact), topicOf(fact)]));
}

/** The topics of facts that others lack. */
function missingIn(others: ReadonlyMap<string, string>, facts: ReadonlyMap<string, string>): string[] {
  return [...facts].flatMap(([content, topic]) => (others.has(content) ? [] : topic));
}

/** A fact without its places. */
function contentOf(fact: Fact): string {
  return JSON.stringify(fact, (key, value) => (key === 'at' || key === 'enforcesAt' ? undefined : value));
}

const NOTHING: CollectedFacts = { facts: [], asked: { together: new Set(), anywhere: new Set() } };

import { DeploymentUnits, sameSet } from './deployment-units.ts';
import type { Fact, SourcedFact } from './fact.ts';
import { type AskedTopics, type FactQueries, topicOf } from './fact-queries.ts';
import { SetMap } from './set-map.ts';

/** What is known of a file. */
class FileFacts {
  readonly told: CollectedFacts;
  /** What it says to others; what it says of units is not among it. */
  readonly facts: readonly Fact[];
  /** The units it is deployed in; see `Units`. */
  readonly units: ReadonlySet<string>;
  #byTopic: Map<string, Fact[]> | undefined;

  constructor(told: CollectedFacts, units: ReadonlySet<string>) {
    this.told = told;
    this.facts = told.facts.filter(({ is }) => is !== 'kustomization');
    this.units = units;
  }

  get byTopic(): ReadonlyMap<string, readonly Fact[]> {
    if (this.#byTopic) return this.#byTopic;
    this.#byTopic = new Map();
    for (const fact of this.facts) {
      const topic = topicOf(fact);
      const known = this.#byTopic.get(topic);
      if (known) known.push(fact);
      else this.#byTopic.set(topic, [fact]);
    }
    return this.#byTopic;
  }
}

/** What a lint learned that concerns other files. */
export interface CollectedFacts {
  /** What it tells other files. */
  readonly facts: readonly Fact[];
  /** What it asked about other documents. */
  readonly asked: AskedTopics;
}

/** What a file other than the one that asks says. */
type InFile = SourcedFact & { readonly file: string };

/** Stands for all files, whatever they are deployed with. */
const ANYWHERE = '*';

/**
 * What the files of a workspace say to each other. It is told of every lint, and answers which other files have to be
 * linted again: those that asked about a topic on which something else is said now. Facts do not depend on other files,
 * so that ends. Files are called by paths or URIs with slashes; the text of none is kept.
 */
export class WorkspaceFacts {
  readonly #files = new Map<string, FileFacts>();
  /** By unit and topic, the files that say something, and those that asked. */
  readonly #tellers = new SetMap();
  readonly #askers = new SetMap();
  readonly #units = new DeploymentUnits();
  /** What was said to those who asked, by unit and topic, until somebody says something else there. */
  readonly #said = new Map<string, readonly InFile[]>();

  get files(): Iterable<string> {
    return this.#files.keys();
  }

  /** What the files beside one say. The answer is always that of the present. */
  beside(file: string): FactQueries {
    const home = () => this.#files.get(file)?.units ?? this.#units.of(file);
    return {
      together: (topic) => this.#heard(file, home(), topic),
      anywhere: (topic) => this.#heard(file, [ANYWHERE], topic),
    };
  }

  #heard(file: string, units: Iterable<string>, topic: string): readonly SourcedFact[] {
    const all = [...units].map((unit) => this.#saidIn(unit, topic)).filter((said) => said.length > 0);
    const [said = []] = all.length > 1 ? [merged(all)] : all;
    return this.#files.get(file)?.byTopic.has(topic) ? said.filter((one) => one.file !== file) : said;
  }

  /** What all files of a unit say on a topic, in the order of their names. */
  #saidIn(unit: string, topic: string): readonly InFile[] {
    const name = entry(unit, topic);
    const known = this.#said.get(name);
    if (known) return known;
    const tellers = this.#tellers.get(name);
    if (tellers.size === 0) return [];
    const said = [...tellers].sort().flatMap((file) =>
      this.#files
        .get(file)!
        .byTopic.get(topic)!
        .map((fact) => ({ fact, file })),
    );
    this.#said.set(name, said);
    return said;
  }

  /**
   * Takes in what a lint of a file learned.
   * @returns the other files in which something else may be found now
   */
  update(file: string, told: CollectedFacts): string[] {
    const before = this.#files.get(file);
    if (before && told.facts === before.told.facts && isSameAsked(told.asked, before.told.asked)) return [];
    const concerned = new Set<string>();
    const known = new FileFacts(told, before?.units ?? this.#units.of(file));
    for (const topic of changedTopics(before?.facts ?? [], known.facts)) this.#askedBy(known.units, topic, concerned);
    this.#keep(file, known);
    const kustomization = told.facts.find((fact) => fact.is === 'kustomization');
    for (const moved of this.#units.set(file, kustomization)) this.#move(moved, concerned);
    concerned.delete(file);
    return [...concerned];
  }

  /** A file is gone, or not looked at any more. @returns as `update` does */
  remove(file: string): string[] {
    const concerned = this.update(file, NOTHING);
    this.#keep(file, undefined);
    this.#units.forget(file);
    return concerned;
  }

  #askedBy(units: Iterable<string>, topic: string, concerned: Set<string>): void {
    for (const unit of [...units, ANYWHERE])
      for (const file of this.#askers.get(entry(unit, topic))) concerned.add(file);
  }

  /** A file may be deployed with others than before: it and they have to be linted again where they have to do with each other. */
  #move(file: string, concerned: Set<string>): void {
    const known = this.#files.get(file);
    const units = this.#units.of(file);
    if (!known || (units.size === known.units.size && [...units].every((unit) => known.units.has(unit)))) return;
    for (const fact of known.facts) this.#askedBy([...known.units, ...units], topicOf(fact), concerned);
    if (known.told.asked.together.size > 0) concerned.add(file);
    this.#keep(file, new FileFacts(known.told, units));
  }

  /** Puts into the indexes what is known of a file now, in the place of what was. */
  #keep(file: string, known: FileFacts | undefined): void {
    const before = this.#files.get(file);
    const now = known ? [...told(known)] : [];
    for (const name of [...(before ? told(before) : []), ...now]) this.#said.delete(name);
    if (known) this.#files.set(file, known);
    else this.#files.delete(file);
    this.#tellers.setMember(file, now);
    this.#askers.setMember(file, known ? asked(known) : []);
  }
}

/** What is said in several units, once: a file says the same in each of its own. */
function merged(all: readonly (readonly InFile[])[]): InFile[] {
  const byFact = new Map(all.flat().map((said) => [said.fact, said]));
  return [...byFact.values()].sort((a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1));
}

/** Where a file is among those that say something. */
function* told({ byTopic, units }: FileFacts): Iterable<string> {
  for (const topic of byTopic.keys()) for (const unit of [...units, ANYWHERE]) yield entry(unit, topic);
}

/** Where a file is among those that asked. */
function* asked({ told: { asked }, units }: FileFacts): Iterable<string> {
  for (const topic of asked.together) for (const unit of units) yield entry(unit, topic);
  for (const topic of asked.anywhere) yield entry(ANYWHERE, topic);
}

function isSameAsked(a: AskedTopics, b: AskedTopics): boolean {
  return sameSet(a.together, b.together) && sameSet(a.anywhere, b.anywhere);
}

function entry(unit: string, topic: string): string {
  return `${unit}\n${topic}`;
}

/** The topics on which something else is said than before. That it stands elsewhere in its file does not count. */
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

/** What a fact says, without where it stands. */
function contentOf(fact: Fact): string {
  return JSON.stringify(fact, (key, value) => (key === 'at' || key === 'enforcesAt' ? undefined : value));
}

const NOTHING: CollectedFacts = { facts: [], asked: { together: new Set(), anywhere: new Set() } };

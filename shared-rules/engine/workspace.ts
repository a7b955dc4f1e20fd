import type { Fact, Heard } from '../source/facts.ts';
import type { LintResult } from './lint-result.ts';
import { type Neighbours, topicOf } from './neighbours.ts';
import { SetMap } from './set-map.ts';
import { Units } from './units.ts';

/** What is known of a file. */
interface Known extends Told {
  /** The units it is deployed in; see `Units`. */
  readonly units: ReadonlySet<string>;
}

/** What a lint learned that concerns other files. */
type Told = Pick<LintResult, 'facts' | 'asked'>;

/** Stands for all files, whatever they are deployed with. */
const ANYWHERE = '*';

/**
 * What the files of a workspace say to each other. It is told of every lint, and answers which other files have to be
 * linted again: those that asked about a topic on which something else is said now. Facts do not depend on other files,
 * so that ends. Files are called by paths or URIs with slashes; the text of none is kept.
 */
export class Workspace {
  readonly #files = new Map<string, Known>();
  /** By unit and topic, the files that say something, and those that asked. */
  readonly #tellers = new SetMap();
  readonly #askers = new SetMap();
  readonly #units = new Units();

  get files(): Iterable<string> {
    return this.#files.keys();
  }

  /** What the files beside one say. The answer is always that of the present. */
  beside(file: string): Neighbours {
    const home = () => this.#files.get(file)?.units ?? this.#units.of(file);
    return {
      together: (topic) => this.#heard(file, home(), topic),
      anywhere: (topic) => this.#heard(file, [ANYWHERE], topic),
    };
  }

  #heard(file: string, units: Iterable<string>, topic: string): Heard[] {
    const others = new Set([...units].flatMap((unit) => [...this.#tellers.get(entry(unit, topic))]));
    others.delete(file);
    return [...others]
      .sort()
      .flatMap((other) =>
        (this.#files.get(other)?.facts ?? [])
          .filter((fact) => topicOf(fact) === topic)
          .map((fact) => ({ fact, file: other })),
      );
  }

  /**
   * Takes in what a lint of a file learned.
   * @returns the other files in which something else may be found now
   */
  update(file: string, told: Told): string[] {
    const before = this.#files.get(file);
    const facts = told.facts.filter(({ is }) => is !== 'kustomization');
    const concerned = new Set<string>();
    const units = before?.units ?? this.#units.of(file);
    for (const topic of changedTopics(before?.facts ?? [], facts)) this.#askedBy(units, topic, concerned);
    this.#keep(file, { facts, asked: told.asked, units });
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
    if (known.asked.together.size > 0) concerned.add(file);
    this.#keep(file, { ...known, units });
  }

  /** Puts into the indexes what is known of a file now, in the place of what was. */
  #keep(file: string, known: Known | undefined): void {
    const before = this.#files.get(file);
    if (before) for (const [index, name] of this.#entries(before)) index.delete(name, file);
    if (known) {
      this.#files.set(file, known);
      for (const [index, name] of this.#entries(known)) index.add(name, file);
    } else this.#files.delete(file);
  }

  *#entries({ facts, asked, units }: Known): Iterable<[index: SetMap, name: string]> {
    for (const topic of new Set(facts.map(topicOf)))
      for (const unit of [...units, ANYWHERE]) yield [this.#tellers, entry(unit, topic)];
    for (const topic of asked.together) for (const unit of units) yield [this.#askers, entry(unit, topic)];
    for (const topic of asked.anywhere) yield [this.#askers, entry(ANYWHERE, topic)];
  }
}

function entry(unit: string, topic: string): string {
  return `${unit}\n${topic}`;
}

/** The topics on which something else is said than before. That it stands elsewhere in its file does not count. */
function changedTopics(before: readonly Fact[], now: readonly Fact[]): Set<string> {
  const [was, is] = [byContent(before), byContent(now)];
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

const NOTHING: Told = { facts: [], asked: { together: new Set(), anywhere: new Set() } };

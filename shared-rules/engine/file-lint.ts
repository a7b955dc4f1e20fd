import { isInTemplates } from '../assembly/helm/roots.ts';
import { DEPLOYED_FACTS } from '../facts/collect.ts';
import { NO_FACTS, type PartQueries } from '../facts/fact-queries.ts';
import { PartFactIndex } from '../facts/part-fact-index.ts';
import { usedFacts } from '../facts/used-facts.ts';
import { slashedPath } from '../language/paths.ts';
import type { Part } from '../language/place.ts';
import { differenceOf, divide } from '../language/yaml/division.ts';
import { isEnvironmentFile, scriptKind } from '../model/files/file-kinds.ts';
import { type Manifest, readManifest } from '../model/manifest.ts';
import type { Finding } from './finding.ts';
import { FileResult, type LintedPart } from './lint-result.ts';
import { repeatsOfOwners } from './owner-repeats.ts';
import type { DeployedRoots } from './rendered-proof.ts';
import { deployedRoots, type Outcome, type Reading, readText, runRules } from './run-rules.ts';
import type { LintSettings } from './settings.ts';
import { leaveOut } from './suppressions/suppression.ts';
import { mayConcern } from './views.ts';

/** A part of the file, from its text to what is found in it. */
class PartState {
  readonly text: string;
  /** Where it is in the file. A part that takes its place inherits it, so that what refers to it may stay. */
  readonly address: { start: number };
  reading: Reading | undefined;
  outcome: Outcome | undefined;
  /** Whether what is found depends on all of the file's text. */
  asksForParts = false;

  constructor(text: string, address = { start: 0 }) {
    this.text = text;
    this.address = address;
  }

  get start() {
    return this.address.start;
  }

  get part() {
    return this.address;
  }

  get facts() {
    return this.reading?.facts ?? [];
  }

  get objects() {
    return this.reading?.objects ?? [];
  }
}

/** A part to which all was done. */
type Done = PartState & { readonly reading: Reading; readonly outcome: Outcome };

type ReadPart = (text: string, part: Part) => Manifest;

/** What would be so if a text stood in the place of a part. */
interface Instead {
  readonly find: (own: PartState, text: string) => Outcome['findings'];
  readonly deploy: (own: PartState, text: string) => DeployedRoots;
}

/** A part as it was when rules had looked at it. */
class LintedState implements LintedPart {
  readonly start: number;
  readonly findings: LintedPart['findings'];
  readonly accepted: LintedPart['accepted'];
  readonly #own: PartState;
  readonly #reading: Reading;
  readonly #outcome: Outcome;
  readonly #instead: Instead;

  constructor(own: Done, { findings, accepted }: Pick<LintedPart, 'findings' | 'accepted'>, instead: Instead) {
    this.start = own.start;
    this.findings = findings;
    this.accepted = accepted;
    this.#own = own;
    this.#reading = own.reading;
    this.#outcome = own.outcome;
    this.#instead = instead;
  }

  get manifest() {
    return this.#reading.manifest;
  }

  get objects() {
    return this.#reading.objects;
  }

  get characters() {
    return this.#outcome.characters;
  }

  get unassembled() {
    return this.#outcome.unassembled;
  }

  get known() {
    return this.#outcome.known;
  }

  get found() {
    return this.#outcome.findings;
  }

  findIn(text: string): readonly Finding[] {
    return this.#instead.find(this.#own, text);
  }

  deployedIn(text: string): DeployedRoots {
    return this.#instead.deploy(this.#own, text);
  }
}

/**
 * The lint of a file that is edited. It is given each text, and looks only at the parts that are new in it and at those that
 * asked about something these say otherwise; everything else is kept. It finds what a lint of the whole text would find.
 */
export class FileLint {
  readonly #path: string;
  readonly #settings: LintSettings;
  readonly #read: ReadPart;
  readonly #isWhole: (beginning: string) => boolean;
  readonly #factIndex: PartFactIndex;
  #parts: readonly PartState[] = [];
  /** Parts whose facts are in the index and that are gone, and parts that are new and whose facts are not, since the last lint. */
  #removed: PartState[] = [];
  readonly #added = new Set<PartState>();
  #facts: Reading['facts'] = [];
  #usedFacts:
    | {
        readonly parts: readonly PartState[];
        readonly facts: Reading['facts'];
        /** What other files say may change these while the text stays. */
        readonly deployed: readonly Outcome['deployedFacts'][];
        readonly all: Reading['facts'];
      }
    | undefined;
  #changed = 0;
  /** What it has cost since the beginning: parts that were read, the length of their texts, parts that rules looked at. */
  readonly work = { read: 0, characters: 0, linted: 0 };

  /**
   * @param path, settings, queries as for `lint`
   * @param read reads a text that is no manifest or script by its path, as a whole
   */
  constructor(path: string, settings: LintSettings, queries = NO_FACTS, read?: ReadPart) {
    this.#path = path;
    this.#settings = settings;
    this.#read = read ?? ((text, part) => readManifest(path, text, mayConcern, { part }));
    // A template is rendered as a whole.
    const isWhole = read !== undefined || isEnvironmentFile(path) || isInTemplates(slashedPath(path));
    this.#isWhole = (beginning) => isWhole || scriptKind(path, beginning) !== undefined;
    this.#factIndex = new PartFactIndex(queries);
  }

  /** Lints a text. Never throws. */
  lint(text: string): FileResult {
    this.update(divide(text));
    for (const _ of this.steps());
    return this.result();
  }

  /** Takes the file's text as it is now, in the pieces that `divide` gives. Nothing is parsed yet. */
  update(pieces: readonly string[]): void {
    const all = pieces.length > 1 && this.#isWhole(pieces[0]!) ? [pieces.join('')] : pieces;
    const { first, last, end } = differenceOf(this.#parts, all);
    this.#replace(first, last, all.slice(first, end));
    if (this.#removed.length + this.#added.size > 0)
      this.#reconsider(new Set(this.#parts.filter(({ outcome, asksForParts }) => outcome && asksForParts)));
  }

  #replace(first: number, last: number, pieces: readonly string[]): void {
    this.#changed = first;
    const before = this.#parts.slice(first, last);
    const { kept, removed } = keepOrder(before, pieces);
    for (const own of removed) if (!this.#added.delete(own)) this.#removed.push(own);
    const addresses = removed.map(({ address }) => address).values();
    const now = pieces.map((piece, index) => {
      const own = kept[index] ?? new PartState(piece, addresses.next().value);
      if (!kept[index]) this.#added.add(own);
      return own;
    });
    this.#parts = [...this.#parts.slice(0, first), ...now, ...this.#parts.slice(last)];
    let start = 0;
    for (const { address, text } of this.#parts) {
      address.start = start;
      start += text.length;
    }
  }

  /** The facts of other files may have changed. What asked about those that have is to be done again. @returns whether there is such */
  refreshFacts(): boolean {
    const affected = this.#factIndex.refresh() as Set<PartState>;
    this.#reconsider(affected);
    return affected.size > 0;
  }

  /** Does what is left to do, a part a step. In between anything may happen, an update too. */
  *steps(): Generator<void> {
    for (const own of this.#parts) {
      if (own.reading) continue;
      own.reading = readText(this.#path, own.text, () => this.#read(own.text, own.address));
      this.work.read++;
      this.work.characters += own.text.length;
      yield;
    }
    this.#indexFacts();
    for (const own of this.#parts) {
      if (own.outcome || !own.reading) continue;
      own.outcome = runRules(own.reading, this.#settings, this.#queriesFor(own));
      this.work.linted++;
      yield;
    }
  }

  #queriesFor(own: PartState): PartQueries {
    const parts = () => {
      own.asksForParts = true;
      return this.#parts;
    };
    return { ...this.#factIndex.queriesFor(own), part: own.part, parts };
  }

  /** Brings the facts of parts that were added into the index in the place of those of parts that were removed. */
  #indexFacts(): void {
    if (this.#removed.length + this.#added.size === 0) return;
    const { affected, hasChangedFacts } = this.#factIndex.replace(this.#removed, [...this.#added]);
    this.#reconsider(affected as Set<PartState>);
    if (hasChangedFacts) this.#facts = this.#parts.flatMap(({ facts }) => facts);
    this.#removed = [];
    this.#added.clear();
  }

  #reconsider(affected: ReadonlySet<PartState>): void {
    for (const own of affected) {
      own.outcome = undefined;
      own.asksForParts = false;
      this.#factIndex.forgetQuestions(own);
    }
  }

  /** What was found in the text, when all steps are done. */
  result(): FileResult {
    const done = this.#parts as readonly Done[];
    const objections = {
      accepted: done[0]?.outcome.acceptedInFile ?? [],
      dropped: new Set([
        ...this.#repeats(done),
        ...(done.some(({ reading }) => reading.manifest.problems.length > 0) ? done.flatMap(unsureIn) : []),
      ]),
    };
    const instead = this.#instead;
    const parts = done.map(
      (own) => new LintedState(own, leaveOut(own.outcome, objections, this.#settings.policy), instead),
    );
    const failures = done.flatMap(({ reading, outcome }) => [...reading.failures, ...outcome.failures]);
    return new FileResult(parts, {
      changed: this.#changed,
      failures,
      facts: this.#publicFacts(done),
      asked: this.#factIndex.asked,
      dependsOnDay: done.some(({ outcome }) => outcome.dependsOnDay),
    });
  }

  /** What other files may ask for: of a file that is put together with others its text, too. */
  #publicFacts(done: readonly Done[]): Reading['facts'] {
    if (!done.some(({ outcome }) => outcome.isUsed)) return this.#facts;
    const known = this.#usedFacts;
    const deployed = done.map(({ outcome }) => outcome.deployedFacts);
    const isSame =
      known?.parts === this.#parts &&
      known.facts === this.#facts &&
      deployed.every((facts, index) => facts === known.deployed[index]);
    if (isSame) return known.all;
    const facts = done.flatMap(({ reading, outcome }) => deployedInstead(reading.facts, outcome.deployedFacts));
    const all = [...facts, ...usedFacts(this.#path, facts, done)];
    this.#usedFacts = { parts: this.#parts, facts: this.#facts, deployed, all };
    return all;
  }

  #repeats(done: readonly Done[]): ReadonlySet<Finding> {
    const made = done.filter(({ reading }) => reading.hasOwners);
    if (made.length === 0) return new Set();
    const byPart = new Map<Part | undefined, Done>(done.map((own) => [own.address, own]));
    return repeatsOfOwners(made.map(foundIn), this.#factIndex.objects, ({ root }) => foundIn(byPart.get(root.part)!));
  }

  readonly #instead: Instead = {
    find: (own, text) => {
      const { reading, queries } = this.#inPlaceOf(own, text);
      return runRules(reading, this.#settings, queries).findings;
    },
    deploy: (own, text) => {
      const { reading, queries } = this.#inPlaceOf(own, text);
      return deployedRoots(reading, this.#settings, queries);
    },
  };

  #inPlaceOf(own: PartState, text: string): { readonly reading: Reading; readonly queries: PartQueries } {
    const instead = new PartState(text, own.address);
    const reading = readText(this.#path, text, () => this.#read(text, own.address));
    instead.reading = reading;
    const parts = () => this.#parts.map((part) => (part === own ? instead : part));
    return { reading, queries: { ...this.#factIndex.queriesInstead(own, instead), part: own.part, parts } };
  }
}

/** Facts on what is deployed, in the place of those on what is written. */
function deployedInstead(facts: Reading['facts'], deployed: Outcome['deployedFacts']): Reading['facts'] {
  return deployed ? [...facts.filter(({ is }) => !DEPLOYED_FACTS.has(is)), ...deployed] : facts;
}

/** Which parts stay as they are: for each piece the part with its text, in the order of both, where there is one. */
function keepOrder(
  before: readonly PartState[],
  pieces: readonly string[],
): { kept: (PartState | undefined)[]; removed: PartState[] } {
  /** Of each text, where it stands, the last place first: what was passed is taken off the end. */
  const places = new Map<string, number[]>();
  for (const [index, { text }] of [...before.entries()].reverse()) {
    const same = places.get(text);
    if (same) same.push(index);
    else places.set(text, [index]);
  }
  const removed = new Set(before);
  let next = 0;
  const kept = pieces.map((piece) => {
    const same = places.get(piece) ?? [];
    while (same.length > 0 && same.at(-1)! < next) same.pop();
    const index = same.at(-1);
    const own = index === undefined ? undefined : before[index];
    if (own) removed.delete(own);
    next = (index ?? next - 1) + 1;
    return own;
  });
  return { kept, removed: [...removed] };
}

/** What may look otherwise when a part with a syntax error can be read. */
function unsureIn({ outcome }: Done) {
  return outcome.findings.filter(({ rule }) => rule === 'exception-unused');
}

/** Everything that was found in a part, and what it was found in. */
function foundIn({ objects, outcome }: Done) {
  return { objects, findings: [...outcome.findings, ...outcome.accepted.map(({ finding }) => finding)] };
}

import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { type AskedTopics, type FactQueries, takeSnapshot, WorkspaceFacts } from '../../shared-rules/index.ts';
import type { Details, FindingData, LintData } from '../report/finding-data.ts';
import { KnownPositions } from '../report/positions.ts';
import { type CheckedFile, type FindingFixes, toCheckedFile } from '../report/report.ts';
import { type CollectedFacts, type LintHost, LintScheduler, type LintTask } from '../workspace/lint/lint-scheduler.ts';
import type { Order, OrderOutcome } from '../workspace/lint/order.ts';
import type { Workers } from '../workspace/lint/workers.ts';
import { complaintsAbout } from './complaints.ts';
import type { Input } from './inputs.ts';
import type { RunSettings } from './run-settings.ts';

/** Less work than so many bytes is done before another thread has started. */
const ENOUGH = 1024 * 1024;

/** Whether files are worth starting threads for. */
export function isMuch(inputs: readonly Input[]): boolean {
  let size = 0;
  for (const { name } of inputs) {
    size += statSync(name, { throwIfNoEntry: false })?.size ?? 0;
    if (size > ENOUGH) return inputs.length > 1;
  }
  return false;
}

/** What came of a file, the findings left aside: why it was not checked, or what could not be done with it. */
export type CheckState = { readonly refused: string } | { readonly complaints: ReturnType<typeof complaintsAbout> };

/** What is kept of a file with findings. */
interface Kept {
  readonly checked: CheckedFile;
  readonly content: string;
  readonly asked: AskedTopics;
}

/** The files of a run, which say things to each other. */
export class Checking implements LintHost {
  readonly #run: RunSettings;
  readonly #settings: string;
  readonly #workers: Workers;
  readonly #wants: Details;
  readonly #workspace = new WorkspaceFacts();
  readonly #inputs = new Map<string, Input>();
  readonly #kept = new Map<string, Kept>();
  readonly #complaints = new Set<string>();
  #onRead: () => void = () => {};
  /** What came of each file when it was linted first. */
  readonly readings = new Map<string, CheckState>();
  /** Failures that only came when a file had heard the others. */
  readonly late: ReturnType<typeof complaintsAbout> = [];
  /** Where the facts of files stand that others may refer to. */
  readonly lines = new Map<string, KnownPositions>();

  constructor(run: RunSettings, workers: Workers, wants: Details) {
    this.#run = run;
    this.#settings = JSON.stringify(run.lint);
    this.#workers = workers;
    this.#wants = { ...wants, accepted: true };
  }

  /** Checks files. @param onRead called whenever it is known of one more what came of it */
  async check(inputs: readonly Input[], onRead: () => void): Promise<void> {
    this.#onRead = onRead;
    for (const input of inputs) this.#inputs.set(input.name, input);
    await new LintScheduler(this.#workers, this).lint(this.#inputs.keys());
  }

  /** What was found in a file, if there was anything. */
  found(name: string): CheckedFile | undefined {
    return this.#kept.get(name)?.checked;
  }

  async taskFor(name: string): Promise<LintTask | undefined> {
    const order = await this.#orderFor(name);
    return order && { order, take: (json) => this.#take(name, json) };
  }

  async #orderFor(name: string): Promise<Order | undefined> {
    const input = this.#inputs.get(name) as Input;
    const order = { file: name, path: relative(this.#run.root, name), settings: this.#settings, wants: this.#wants };
    if (!input.isStandardInput) return order;
    const read = await input.read();
    if ('text' in read) return { ...order, text: read.text };
    this.#read(name, read);
    return undefined;
  }

  beside(name: string): FactQueries {
    return this.#workspace.beside(name);
  }

  #take(name: string, json: string): CollectedFacts | undefined {
    const outcome: OrderOutcome = JSON.parse(json);
    if ('told' in outcome) return this.#learn(name, outcome.told, outcome.content);
    if ('refused' in outcome) this.#read(name, outcome);
    if ('lost' in outcome) {
      const message = `${name} could not be checked: ${outcome.lost}.`;
      this.#read(name, { complaints: [{ message, isFailure: true }] });
    }
    return undefined;
  }

  #read(name: string, reading: CheckState): void {
    const isFirst = !this.readings.has(name);
    if (isFirst) this.readings.set(name, reading);
    for (const complaint of 'complaints' in reading ? reading.complaints : []) {
      const { message, isFailure } = complaint;
      if (!isFirst && isFailure && !this.#complaints.has(message)) this.late.push(complaint);
      this.#complaints.add(message);
    }
    if (isFirst) this.#onRead();
  }

  #learn(name: string, told: LintData, content: string): CollectedFacts {
    const asked = { together: new Set(told.asked.together), anywhere: new Set(told.asked.anywhere) };
    if (told.facts.length > 0) this.lines.set(name, new KnownPositions(told.factPlaces));
    if (told.findings.length > 0 || told.accepted.length > 0)
      this.#kept.set(name, { checked: toCheckedFile(name, told), content, asked });
    else this.#kept.delete(name);
    this.#read(name, { complaints: complaintsAbout(name, told) });
    return { asked, concerned: this.#workspace.update(name, { facts: told.facts, asked }) };
  }

  /**
   * Tries the fixes of findings.
   * @param complain called for a file whose fixes cannot be tried, with why, as the end of a sentence about it
   */
  async fixesOf(
    wanted: Iterable<readonly [name: string, findings: readonly FindingData[]]>,
    complain: (name: string, why: string) => void,
  ): Promise<Map<FindingData, FindingFixes>> {
    const fixes = new Map<FindingData, FindingFixes>();
    const running: Promise<void>[] = [];
    for (const [name, findings] of wanted) {
      if (findings.length === 0) continue;
      await this.#workers.room();
      const outcome = this.#prove(name, findings).then((outcome) => {
        if ('refused' in outcome) complain(name, outcome.refused);
        if ('lost' in outcome) complain(name, `has fixes that could not be tried: ${outcome.lost}`);
        if (!('fixes' in outcome)) return;
        const places = new KnownPositions(outcome.places);
        for (const [index, finding] of findings.entries())
          fixes.set(finding, { fixes: outcome.fixes[index] ?? [], places });
      });
      running.push(outcome);
    }
    await Promise.all(running);
    return fixes;
  }

  /** Tries fixes again until what other files say on all that was asked meanwhile was heard. */
  async #prove(name: string, findings: readonly FindingData[]): Promise<OrderOutcome> {
    const { checked, content, asked } = this.#kept.get(name) as Kept;
    const order = (await this.#orderFor(name)) as Order;
    const prove = { content, findings: findings.map((finding) => checked.findings.indexOf(finding)) };
    let answers = this.#takeSnapshot(name, asked);
    for (;;) {
      const outcome: OrderOutcome = JSON.parse(await this.#workers.run({ ...order, answers, prove }));
      if (!('fixes' in outcome)) return outcome;
      const { together, anywhere } = outcome.asked;
      const all = this.#takeSnapshot(name, { together: new Set(together), anywhere: new Set(anywhere) });
      if (all === answers) return outcome;
      answers = all;
    }
  }

  #takeSnapshot(name: string, asked: AskedTopics): string | undefined {
    const answers = takeSnapshot(asked, this.beside(name));
    return answers && JSON.stringify(answers);
  }
}

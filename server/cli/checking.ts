import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type AskedTopics, takeSnapshot, WorkspaceFacts } from '../../shared-rules/index.ts';
import type { Details, FindingData } from '../report/finding-data.ts';
import { KnownPositions, type Positions, positionsOfFacts } from '../report/positions.ts';
import { type CheckedFile, type FindingFixes, type MissingPart, toCheckedFile } from '../report/report.ts';
import { plural } from '../report/wording.ts';
import { Companions } from '../workspace/companions.ts';
import { INLINE_WORKERS } from '../workspace/lint/inline-workers.ts';
import type { LintedData, LintHost, LintTask } from '../workspace/lint/lint-host.ts';
import { LintScheduler } from '../workspace/lint/lint-scheduler.ts';
import type { Lost, Order, OrderOutcome } from '../workspace/lint/order.ts';
import { Pool, THREADS } from '../workspace/lint/pool.ts';
import type { Workers } from '../workspace/lint/workers.ts';
import { isPackedChart } from '../workspace/packed-chart.ts';
import type { Refused } from '../workspace/read-file.ts';
import { type Complaint, complaintsAbout, missingParts } from './complaints.ts';
import type { Input } from './inputs.ts';
import type { Messages } from './messages.ts';
import type { RunSettings } from './run-settings.ts';

/** Less work than so many bytes is done before another thread has started. */
const ENOUGH = 1024 * 1024;

/** Who lints files of a run. */
export function workersFor(inputs: readonly Input[]): Workers {
  return isMuch(inputs) ? new Pool(THREADS.command) : INLINE_WORKERS;
}

/** Whether files are worth starting threads for. */
function isMuch(inputs: readonly Input[]): boolean {
  let size = 0;
  for (const { name } of inputs) {
    size += statSync(name, { throwIfNoEntry: false })?.size ?? 0;
    if (size > ENOUGH) return inputs.length > 1;
  }
  return false;
}

/** What came of a file, the findings left aside: why it was not checked, or what could not be done with it. */
export type CheckState = Refused | { readonly complaints: readonly Complaint[] };

/** What is kept of a file with findings. */
interface FileWithFindings {
  readonly checked: CheckedFile;
  readonly content: string;
  readonly asked: AskedTopics;
}

/** The files of a run: what is found in them, given the facts of all. */
export class Checking implements LintHost {
  readonly #run: Pick<RunSettings, 'lint' | 'root'>;
  readonly #settings: string;
  readonly #workers: Workers;
  readonly #details: Details;
  readonly #inputs = new Map<string, Input>();
  readonly #withFindings = new Map<string, FileWithFindings>();
  readonly #complaints = new Set<string>();
  readonly #companions = new Companions();
  /** The files that are read for others alone, by their names. */
  readonly #silent = new Set<string>();
  readonly #missingParts = new Map<string, readonly MissingPart[]>();
  #scheduler: LintScheduler | undefined;
  #onRead: () => void = () => {};
  /** The facts of the files. */
  readonly facts = new WorkspaceFacts();
  /** What came of each file when it was linted first. */
  readonly states = new Map<string, CheckState>();
  /** Failures that only came when a file was given the facts of others. */
  readonly late: Complaint[] = [];
  /** Where the facts of files stand that others may refer to. */
  readonly lines = new Map<string, Positions>();

  constructor(run: Pick<RunSettings, 'lint' | 'root'>, workers: Workers, details: Details) {
    this.#run = run;
    this.#settings = JSON.stringify(run.lint);
    this.#workers = workers;
    this.#details = { ...details, accepted: true };
  }

  /** Checks files. @param onRead called whenever it is known of one more what came of it */
  async check(inputs: readonly Input[], onRead: () => void): Promise<void> {
    this.#onRead = onRead;
    for (const input of inputs) this.#inputs.set(input.name, input);
    this.#scheduler = new LintScheduler(this.#workers, this);
    await this.#scheduler.lint(this.#inputs.keys());
  }

  /** What files could not be put together with. */
  get missingParts(): readonly MissingPart[] {
    return [...this.#missingParts.values()].flat();
  }

  /** What was found in a file, if there was anything. */
  found(name: string): CheckedFile | undefined {
    return this.#withFindings.get(name)?.checked;
  }

  isWanted(): boolean {
    return true;
  }

  async taskFor(name: string): Promise<LintTask | undefined> {
    if (isPackedChart(name) && this.#inputs.has(name)) {
      this.#silent.add(name);
      this.#setState(name, { refused: 'is a packed chart: it is read with the chart that depends on it' });
    }
    const order = await this.#orderFor(name);
    return order && { order };
  }

  async #orderFor(name: string): Promise<Order | undefined> {
    const input = this.#inputs.get(name);
    const path = relative(this.#run.root, name);
    const order = { file: name, path, settings: this.#settings, details: this.#details, links: input?.links };
    if (!input?.isStream) return order;
    const read = await input.read();
    if ('text' in read) return { ...order, text: read.text };
    this.#setState(name, read);
    return undefined;
  }

  queriesFor(name: string) {
    return this.facts.queriesFor(name);
  }

  onLinted(name: string, { data, content, asked }: LintedData): Iterable<string> {
    const positions = positionsOfFacts(data.facts, data.factPlaces);
    if (positions) this.lines.set(name, positions);
    this.#scheduler?.add(this.#unreadCompanions(asked));
    const affected = this.facts.update(name, { facts: data.facts, asked });
    if (this.#silent.has(name)) return affected;
    this.#missingParts.set(name, missingParts(name, data));
    if (data.findings.length > 0 || data.accepted.length > 0)
      this.#withFindings.set(name, { checked: toCheckedFile(name, data), content, asked });
    else this.#withFindings.delete(name);
    this.#setState(name, { complaints: complaintsAbout(name, data) });
    return affected;
  }

  /** Reads what something else asked about the files beside it. @returns whether there was more to read */
  async readMore(asked: AskedTopics): Promise<boolean> {
    const unread = this.#unreadCompanions(asked);
    await this.#scheduler?.lint(unread);
    return unread.length > 0;
  }

  #unreadCompanions(asked: AskedTopics): string[] {
    const { root } = this.#run;
    const names = this.#companions.asked(asked, root).map((file) => relative('', file));
    const unread = names.filter((name) => !this.#inputs.has(name) && !this.#inputs.has(resolve(name)));
    for (const name of unread) this.#silent.add(name);
    return unread;
  }

  onFailed(name: string, failure: Refused | Lost): void {
    if (this.#silent.has(name)) return;
    if ('refused' in failure) this.#setState(name, failure);
    else {
      const message = `${name} could not be checked: ${failure.lost}.`;
      this.#setState(name, { complaints: [{ message, isFailure: true }] });
    }
  }

  #setState(name: string, state: CheckState): void {
    const isFirst = !this.states.has(name);
    if (isFirst) this.states.set(name, state);
    for (const complaint of 'complaints' in state ? state.complaints : []) {
      const { message, isFailure } = complaint;
      if (!isFirst && isFailure && !this.#complaints.has(message)) this.late.push(complaint);
      this.#complaints.add(message);
    }
    if (isFirst) this.#onRead();
  }

  /**
   * Tries the fixes of findings.
   * @param messages told of a file whose fixes cannot be tried, or not all
   */
  async fixesOf(
    wanted: Iterable<readonly [name: string, findings: readonly FindingData[]]>,
    messages: Pick<Messages, 'error' | 'note'>,
  ): Promise<Map<FindingData, FindingFixes>> {
    const fixes = new Map<FindingData, FindingFixes>();
    const running: Promise<void>[] = [];
    for (const [name, findings] of wanted) {
      if (findings.length === 0) continue;
      await this.#workers.room();
      const outcome = this.#prove(name, findings).then((outcome) => {
        if ('refused' in outcome) messages.error(`${name} ${outcome.refused}.`);
        if ('lost' in outcome) messages.error(`${name} has fixes that could not be tried: ${outcome.lost}.`);
        if (!('fixes' in outcome)) return;
        const untried = outcome.fixes.filter((tried) => tried === null).length;
        if (untried > 0)
          messages.note(
            `${name} is too large to try every fix for this report: those of ${plural(untried, 'finding')} are not listed. An editor offers them, and bulkhead fix makes the safe ones.`,
          );
        const places = new KnownPositions(outcome.places);
        for (const [index, finding] of findings.entries())
          fixes.set(finding, { fixes: outcome.fixes[index] ?? [], places });
      });
      running.push(outcome);
    }
    await Promise.all(running);
    return fixes;
  }

  /** Tries fixes again until the facts of others on all that was asked meanwhile were given. */
  async #prove(name: string, findings: readonly FindingData[]): Promise<OrderOutcome> {
    const { checked, content, asked } = this.#withFindings.get(name) as FileWithFindings;
    const order = (await this.#orderFor(name)) as Order;
    const prove = { content, findings: findings.map((finding) => checked.findings.indexOf(finding)) };
    let facts = this.#takeSnapshot(name, asked);
    for (;;) {
      const outcome: OrderOutcome = JSON.parse(await this.#workers.run({ ...order, facts, prove }));
      if (!('fixes' in outcome)) return outcome;
      const { together, anywhere } = outcome.asked;
      const all = this.#takeSnapshot(name, { together: new Set(together), anywhere: new Set(anywhere) });
      if (all === facts) return outcome;
      facts = all;
    }
  }

  #takeSnapshot(name: string, asked: AskedTopics): string | undefined {
    const snapshot = takeSnapshot(asked, this.queriesFor(name));
    return snapshot && JSON.stringify(snapshot);
  }
}

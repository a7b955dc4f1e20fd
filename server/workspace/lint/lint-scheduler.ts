import type { AskedTopics } from '../../../shared-rules/index.ts';
import { Slices } from '../slices.ts';
import { GivenFacts } from './given-facts.ts';
import type { FileMemory, LintHost } from './lint-host.ts';
import { LintQueue } from './lint-queue.ts';
import type { OrderOutcome } from './order.ts';
import type { Workers } from './workers.ts';

/** How a file was linted last. */
interface LintState {
  readonly asked: AskedTopics;
  /** The hash of the facts that it was linted with; empty without any. */
  readonly factsHash: string;
}

/** An outcome that is to be taken in. */
interface ArrivedOutcome {
  readonly file: string;
  readonly memory: FileMemory | undefined;
  readonly mark: symbol;
  readonly factsHash: string;
  readonly json: string;
}

/**
 * Lints files, wherever the workers are: first each by itself, or with the facts it was given before; then those again that
 * are given other facts by then, until there are none. What is found is then the same as if each had been given the facts
 * of all others from the start, in whatever order they were linted.
 */
export class LintScheduler {
  readonly #workers: Workers;
  readonly #host: LintHost;
  readonly #queue = new LintQueue();
  /** Files that may be given other facts than they were linted with. */
  readonly #candidates = new Set<string>();
  readonly #states = new Map<string, LintState>();
  /** The order that counts for a file: what comes of an earlier one is out of date. */
  readonly #orders = new Map<string, symbol>();
  readonly #arrived: ArrivedOutcome[] = [];
  #running: Promise<void> | undefined;
  #wake: () => void = () => {};
  #atWork = 0;
  /** How many lists are not at their end. */
  #lists = 0;

  constructor(workers: Workers, host: LintHost) {
    this.#workers = workers;
    this.#host = host;
  }

  /** Lints files. @returns when no file is left to lint. @param isUrgent whether they go before what waits already */
  lint(files: Iterable<string>, isUrgent = false): Promise<void> {
    this.#queue.add(files, isUrgent);
    return this.#run();
  }

  /** Lints files while they are being listed; their facts are brought together when all are there. */
  async lintListed(files: AsyncIterable<string>): Promise<void> {
    this.#lists++;
    let running = Promise.resolve();
    try {
      for await (const file of files) {
        running = this.lint([file]);
        // The last one reports why it fails.
        running.catch(() => {});
      }
    } finally {
      this.#lists--;
    }
    await running;
    await this.#run();
  }

  /** Adds files to those that are being linted. */
  add(files: Iterable<string>): void {
    this.#queue.add(files);
  }

  /** Lints files again where they are given other facts than before. */
  lintWhereFactsChanged(files: Iterable<string>): Promise<void> {
    for (const file of files) this.#candidates.add(file);
    return this.#run();
  }

  /** A file is not to be looked at any more. */
  forget(file: string): void {
    for (const files of [this.#queue, this.#candidates, this.#states, this.#orders]) files.delete(file);
  }

  /** What waits, and what is at work, does not matter any more: all files are about to be linted anew. */
  drop(): void {
    this.#queue.clear();
    this.#orders.clear();
  }

  /** What waits is left undone, but for what is urgent. */
  cancel(): void {
    this.#queue.clearOthers();
  }

  /** How many files wait. */
  get waiting(): number {
    return this.#queue.size + this.#atWork;
  }

  #run(): Promise<void> {
    this.#wake();
    this.#running ??= Promise.resolve().then(() => this.#pump());
    return this.#running;
  }

  get #hasWork(): boolean {
    return this.waiting + this.#arrived.length > 0 || (this.#candidates.size > 0 && this.#lists === 0);
  }

  async #pump(): Promise<void> {
    try {
      const slices = new Slices();
      // Whether there is more to do is decided together with the end, so that nothing is added in between.
      while (this.#hasWork) {
        await this.#step();
        if (slices.isOver) await slices.next();
      }
    } finally {
      this.#running = undefined;
    }
  }

  async #step(): Promise<void> {
    const arrived = this.#arrived.shift();
    if (arrived) {
      this.#take(arrived);
      return;
    }
    if (this.#queue.size > 0) {
      await this.#workers.room();
      const file = this.#queue.next();
      if (file !== undefined) await this.#order(file);
      return;
    }
    if (this.#atWork > 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      return;
    }
    // All of them, so that every thread has something to do.
    const slices = new Slices();
    for (const candidate of [...this.#candidates]) {
      this.#compare(candidate);
      if (slices.isOver) await slices.next();
    }
  }

  async #order(file: string): Promise<void> {
    const facts = this.#factsFor(file);
    const factsHash = facts?.hash ?? '';
    const mark = Symbol();
    this.#orders.set(file, mark);
    const task = await this.#host.taskFor(file, factsHash);
    if (!task || !this.#host.isWanted(file) || this.#orders.get(file) !== mark) return;
    const { order, memory } = task;
    const arrive = (json: string) => this.#arrived.push({ file, memory, mark, factsHash, json });
    const recalled = memory?.recall();
    if (recalled !== undefined) {
      arrive(recalled);
      return;
    }
    this.#atWork++;
    void this.#workers.run({ ...order, facts: facts?.json }).then((json) => {
      this.#atWork--;
      arrive(json);
      this.#wake();
    });
  }

  #take({ file, memory, mark, factsHash, json }: ArrivedOutcome): void {
    if (this.#orders.get(file) !== mark) return;
    this.#orders.delete(file);
    if (!this.#host.isWanted(file)) return;
    const outcome: OrderOutcome = JSON.parse(json);
    if ('refused' in outcome || 'lost' in outcome) this.#host.onFailed(file, outcome);
    if (!('data' in outcome)) return;
    memory?.keep(outcome, json);
    const { together, anywhere } = outcome.data.asked;
    const asked = { together: new Set(together), anywhere: new Set(anywhere) };
    this.#states.set(file, { asked, factsHash });
    this.#candidates.add(file);
    for (const other of this.#host.onLinted(file, { ...outcome, asked })) this.#candidates.add(other);
  }

  /** The facts of others on what a file asked about when it was linted last. */
  #factsFor(file: string): GivenFacts | undefined {
    const state = this.#states.get(file);
    return state && new GivenFacts(state.asked, this.#host.queriesFor(file));
  }

  #compare(file: string): void {
    this.#candidates.delete(file);
    const state = this.#states.get(file);
    if (state && state.factsHash !== this.#factsFor(file)?.hash) this.#queue.add([file]);
  }
}

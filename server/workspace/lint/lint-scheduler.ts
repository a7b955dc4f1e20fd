import { type AskedTopics, type FactQueries, takeSnapshot } from '../../../shared-rules/index.ts';
import { hash } from '../hash.ts';
import { Slices } from '../slices.ts';
import type { Order } from './order.ts';
import type { Workers } from './workers.ts';

/** What was learned of a file. */
export interface CollectedFacts {
  readonly asked: AskedTopics;
  /** Other files in which something else may be found now. */
  readonly concerned: Iterable<string>;
}

/** What is to be done about a file. */
export interface LintTask {
  readonly order: Omit<Order, 'answers'>;
  /** The outcome, as JSON, where it is known already. */
  readonly recalled?: string | undefined;
  /** Takes in the outcome, as JSON; undefined where nothing was learned. */
  readonly take: (json: string) => CollectedFacts | undefined;
}

/** Who knows the files and takes in what is found in them. */
export interface LintHost {
  /**
   * How a file is to be looked at; undefined for one that is not to be any more.
   * @param heard what it hears from others, by its hash; empty for nothing
   */
  readonly taskFor: (file: string, heard: string) => Promise<LintTask | undefined>;
  readonly beside: (file: string) => FactQueries;
}

interface LintState {
  readonly asked: AskedTopics;
  /** The hash of the answers it was linted with; empty without any. */
  readonly heard: string;
}

/** An outcome that is to be taken in. */
interface ArrivedOutcome {
  readonly file: string;
  readonly task: LintTask;
  readonly mark: symbol;
  readonly heard: string;
  readonly json: string;
}

/**
 * Lints files, wherever the workers are, in rounds: first each by itself, or with what it heard before; then those again
 * that hear something else from the others, until nobody does. What is found is then the same as if each had heard all
 * others from the start, in whatever order they were linted.
 */
export class LintScheduler {
  readonly #workers: Workers;
  readonly #host: LintHost;
  readonly #first = new Set<string>();
  readonly #todo = new Set<string>();
  /** Files that may hear something else than what they were linted with. */
  readonly #candidates = new Set<string>();
  readonly #known = new Map<string, LintState>();
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

  /** Lints files. @returns when all is said and heard. @param isUrgent whether they go before what waits already */
  lint(files: Iterable<string>, isUrgent = false): Promise<void> {
    for (const file of files) (isUrgent ? this.#first : this.#todo).add(file);
    return this.#run();
  }

  /** Lints files while they are being listed; what they say to each other is brought together when all are there. */
  async lintListed(files: AsyncIterable<string>): Promise<void> {
    this.#lists++;
    let running = Promise.resolve();
    try {
      for await (const file of files) {
        running = this.lint([file]);
        // Why it fails is told by the last.
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
    for (const file of files) this.#todo.add(file);
  }

  /** Looks whether files hear something else than before, and lints them again where they do. */
  consider(files: Iterable<string>): Promise<void> {
    for (const file of files) this.#candidates.add(file);
    return this.#run();
  }

  /** A file is not to be looked at any more. */
  forget(file: string): void {
    for (const files of [this.#first, this.#todo, this.#candidates, this.#known, this.#orders]) files.delete(file);
  }

  /** What waits, and what is at work, does not matter any more: all files are about to be linted anew. */
  drop(): void {
    for (const files of [this.#first, this.#todo, this.#orders]) files.clear();
  }

  /** What waits is left undone, but for what is urgent. */
  cancel(): void {
    this.#todo.clear();
  }

  /** How many files wait. */
  get waiting(): number {
    return this.#first.size + this.#todo.size + this.#atWork;
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
    if (this.#first.size + this.#todo.size > 0) {
      await this.#workers.room();
      const file = this.#next();
      if (file !== undefined) await this.#order(file);
      return;
    }
    if (this.#atWork > 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      return;
    }
    for (const candidate of this.#candidates) {
      this.#compare(candidate);
      return;
    }
  }

  #next(): string | undefined {
    for (const files of [this.#first, this.#todo])
      for (const file of files) {
        files.delete(file);
        return file;
      }
    return undefined;
  }

  async #order(file: string): Promise<void> {
    const answers = this.#answersFor(file);
    const heard = answers === undefined ? '' : hash(answers);
    const mark = Symbol();
    this.#orders.set(file, mark);
    const task = await this.#host.taskFor(file, heard);
    if (!task || this.#orders.get(file) !== mark) return;
    const arrive = (json: string) => this.#arrived.push({ file, task, mark, heard, json });
    if (task.recalled !== undefined) {
      arrive(task.recalled);
      return;
    }
    this.#atWork++;
    void this.#workers.run({ ...task.order, answers }).then((json) => {
      this.#atWork--;
      arrive(json);
      this.#wake();
    });
  }

  #take({ file, task, mark, heard, json }: ArrivedOutcome): void {
    if (this.#orders.get(file) !== mark) return;
    this.#orders.delete(file);
    const learned = task.take(json);
    if (!learned) return;
    this.#known.set(file, { asked: learned.asked, heard });
    this.#candidates.add(file);
    for (const other of learned.concerned) this.#candidates.add(other);
  }

  /** What other files say on what a file asked about when it was linted last, as JSON. */
  #answersFor(file: string): string | undefined {
    const known = this.#known.get(file);
    const answers = known && takeSnapshot(known.asked, this.#host.beside(file));
    return answers && JSON.stringify(answers);
  }

  #compare(file: string): void {
    this.#candidates.delete(file);
    const known = this.#known.get(file);
    const answers = this.#answersFor(file);
    if (known && known.heard !== (answers === undefined ? '' : hash(answers))) this.#todo.add(file);
  }
}

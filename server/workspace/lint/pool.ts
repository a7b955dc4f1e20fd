import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DEPTH, type Order, type OrderOutcome, type ThreadData } from './order.ts';
import { runOrder } from './run-order.ts';
import type { Workers } from './workers.ts';

/** More threads than this win little, and each takes some memory. */
const MOST_THREADS = 16;
/** Threads without work end after so many milliseconds: they hold memory, and are back in a tenth of a second. */
const IDLE = 10_000;
/** A thread that takes so many milliseconds for one file is taken for stuck. */
const PATIENCE = 120_000;
/** The memory of a thread, in MiB; a file of the largest size that is read takes a tenth of it. */
const MEMORY = 2048;

/** How many threads work: all cores for a command, which has nothing else to do; for an editor one less. */
export const THREADS = {
  command: Math.min(MOST_THREADS, availableParallelism()),
  editor: Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1)),
};

const IS_BUNDLED = import.meta.filename.endsWith('.cjs');
/** What runs in a thread, and what it loads, which are files beside it when they are bundled. */
export const THREAD_FILES = (IS_BUNDLED ? ['thread.cjs', 'core.cjs', 'grammars.cjs'] : ['thread.ts']).map((name) =>
  join(import.meta.dirname, name),
);

interface Waiting {
  readonly order: Order;
  readonly resolve: (json: string) => void;
}

interface Thread {
  readonly worker: Worker;
  /** How many orders it has begun, which it counts itself. */
  readonly begun: Int32Array;
  /** How many it has answered. */
  answered: number;
  /** The orders it has not answered. */
  readonly waiting: Waiting[];
  /** Those of them that it is yet to be sent. */
  unsent: Order[];
  isThere: boolean;
  /** Why it ended, as far as that is known. */
  reason: string | undefined;
  timer: NodeJS.Timeout | undefined;
}

interface PoolOptions {
  /** What one file may take, instead of the usual: memory in MiB, time in milliseconds. */
  readonly memory?: number;
  readonly patience?: number;
  /** Whether the threads give way to the rest of the machine, where that can be said of threads. */
  readonly givesWay?: boolean;
}

/**
 * Threads that carry out orders. They start when there is work and end when there is none for a while. One that dies is
 * replaced; the order it died of is answered with why. Where no thread can start, the orders are carried out here.
 */
export class Pool implements Workers {
  readonly #size: number;
  readonly #options: PoolOptions;
  readonly #threads = new Set<Thread>();
  readonly #queue: Waiting[] = [];
  #rooms: (() => void)[] = [];
  #idle: NodeJS.Timeout | undefined;
  #canStart = true;

  /** @param size how many threads there are at most */
  constructor(size: number, options: PoolOptions = {}) {
    this.#size = size;
    this.#options = options;
  }

  get #load(): number {
    return [...this.#threads].reduce((sum, { waiting }) => sum + waiting.length, this.#queue.length);
  }

  async room(): Promise<void> {
    while (this.#load >= this.#size * DEPTH) await new Promise<void>((resolve) => this.#rooms.push(resolve));
  }

  run(order: Order): Promise<string> {
    clearTimeout(this.#idle);
    return new Promise((resolve) => {
      this.#queue.push({ order, resolve });
      this.#send();
    });
  }

  /** Ends all threads, whatever they are at; what they were asked is not answered any more. */
  async end(): Promise<void> {
    clearTimeout(this.#idle);
    this.#queue.length = 0;
    const threads = [...this.#threads];
    this.#threads.clear();
    for (const { timer } of threads) clearTimeout(timer);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  /** Sends what waits to the threads with the least to do, as far as they have room. */
  #send(): void {
    while (this.#queue.length > 0) {
      if (!this.#canStart) {
        this.#workHere(this.#queue.splice(0));
        return;
      }
      const [idlest] = [...this.#threads].sort((a, b) => a.waiting.length - b.waiting.length);
      const isBusy = !idlest || idlest.waiting.length > 0;
      const thread = isBusy && this.#threads.size < this.#size ? this.#start() : idlest;
      if (!thread) continue;
      if (thread.waiting.length >= DEPTH) return;
      const next = this.#queue.shift() as Waiting;
      thread.waiting.push(next);
      this.#post(thread, next.order);
      if (thread.waiting.length > 1) continue;
      thread.worker.ref();
      this.#watch(thread);
    }
  }

  /** Sends a thread an order, together with those that come at the same time: each message costs something. */
  #post(thread: Thread, order: Order): void {
    if (thread.unsent.length === 0)
      setImmediate(() => {
        thread.worker.postMessage(thread.unsent);
        thread.unsent = [];
      });
    thread.unsent.push(order);
  }

  #start(): Thread | undefined {
    try {
      const begun = new Int32Array(new SharedArrayBuffer(4));
      const worker = new Worker(THREAD_FILES[0] as string, {
        workerData: { begun, givesWay: this.#options.givesWay ?? false } satisfies ThreadData,
        // What it might print is no part of what the program prints.
        stdout: true,
        resourceLimits: { maxOldGenerationSizeMb: this.#options.memory ?? MEMORY },
      });
      const bare = { waiting: [], unsent: [], isThere: false, reason: undefined, timer: undefined };
      const thread: Thread = { worker, begun, answered: 0, ...bare };
      worker.on('message', (outcomes: readonly string[]) => this.#answered(thread, outcomes));
      worker.on('error', (error: NodeJS.ErrnoException) => {
        thread.reason = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it takes too much memory' : String(error);
      });
      worker.on('exit', () => this.#ended(thread));
      worker.unref();
      this.#threads.add(thread);
      return thread;
    } catch {
      this.#canStart = false;
      return undefined;
    }
  }

  /** Gives a thread that is there its time for the order that it works on. */
  #watch(thread: Thread): void {
    clearTimeout(thread.timer);
    if (!thread.isThere || thread.waiting.length === 0) return;
    const patience = this.#options.patience ?? PATIENCE;
    thread.timer = setTimeout(() => {
      thread.reason = `it takes more than ${patience / 1000} seconds`;
      void thread.worker.terminate();
    }, patience).unref();
  }

  #answered(thread: Thread, outcomes: readonly string[]): void {
    thread.isThere = true;
    thread.answered += outcomes.length;
    for (const json of outcomes) thread.waiting.shift()?.resolve(json);
    if (thread.waiting.length === 0) thread.worker.unref();
    this.#watch(thread);
    this.#proceed();
  }

  #ended(thread: Thread): void {
    clearTimeout(thread.timer);
    if (!this.#threads.delete(thread)) return;
    if (thread.isThere) {
      const lost: OrderOutcome = { lost: thread.reason ?? 'the thread ended' };
      // What it had done but not sent is done again.
      const last = Math.max(0, Atomics.load(thread.begun, 0) - thread.answered - 1);
      const [died] = thread.waiting.splice(last, 1);
      died?.resolve(JSON.stringify(lost));
    } else this.#canStart = false;
    this.#queue.unshift(...thread.waiting.splice(0));
    this.#proceed();
  }

  #proceed(): void {
    this.#send();
    const rooms = this.#rooms;
    this.#rooms = [];
    for (const resolve of rooms) resolve();
    if (this.#load === 0) this.#idle = setTimeout(() => void this.end(), IDLE).unref();
  }

  #workHere(orders: readonly Waiting[]): void {
    for (const { order, resolve } of orders) setImmediate(() => resolve(runOrder(order)));
  }
}

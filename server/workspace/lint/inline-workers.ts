import { statSync } from 'node:fs';
import type { Order } from './order.ts';
import { runOrder } from './run-order.ts';
import type { Workers } from './workers.ts';

/** Carries out orders in this thread, for so little work that starting another takes longer. */
export const INLINE_WORKERS: Workers = {
  room: async () => {},
  run: async (order) => runOrder(order),
  end: async () => {},
};

/** A file of so many bytes is linted within a few frames of a screen. */
const SMALL = 32 * 1024;
/** So many bytes are linted before another thread has started. */
const LITTLE = 256 * 1024;
/** In milliseconds. */
const PAUSE = 1000;

/** Starts no threads for a little work: it does itself what is small, up to a sum, and again after a pause. */
export class InlineWhenSmall implements Workers {
  readonly #others: Workers;
  #sum = 0;
  #last = Number.NEGATIVE_INFINITY;

  constructor(others: Workers) {
    this.#others = others;
  }

  room(): Promise<void> {
    return this.#others.room();
  }

  run(order: Order): Promise<string> {
    const now = performance.now();
    if (now - this.#last > PAUSE) this.#sum = 0;
    this.#last = now;
    if (this.#sum > LITTLE) return this.#others.run(order);
    const size = statSync(order.file, { throwIfNoEntry: false })?.size ?? 0;
    this.#sum += size;
    return size <= SMALL && this.#sum <= LITTLE ? INLINE_WORKERS.run(order) : this.#others.run(order);
  }

  end(): Promise<void> {
    return this.#others.end();
  }
}

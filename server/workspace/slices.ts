/** In milliseconds. */
const SLICE = 8;

/** Divides long work of a thread, so that what else it has to do comes in between. */
export class Slices {
  #end = performance.now() + SLICE;

  /** Whether it is time for something else. */
  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** Resolves when the rest had its turn. */
  async next(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#end = performance.now() + SLICE;
  }
}

/** Results by keys, as long as they are not too long together: those that were asked for last stay. */
export class Kept<Result> {
  readonly #most: number;
  readonly #all = new Map<string, { readonly result: Result; readonly length: number }>();
  #length = 0;

  /** @param most how long all results may be together; one that is longer is kept until the next */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Result | undefined {
    const known = this.#all.get(key);
    if (!known) return undefined;
    this.#all.delete(key);
    this.#all.set(key, known);
    return known.result;
  }

  set(key: string, result: Result, length: number): Result {
    this.#forget(key);
    this.#all.set(key, { result, length });
    this.#length += length;
    for (const oldest of this.#all.keys()) {
      if (this.#length <= this.#most || oldest === key) break;
      this.#forget(oldest);
    }
    return result;
  }

  #forget(key: string): void {
    this.#length -= this.#all.get(key)?.length ?? 0;
    this.#all.delete(key);
  }
}

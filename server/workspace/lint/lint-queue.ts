/** The files that wait to be linted, each once. */
export class LintQueue {
  readonly #urgent = new Set<string>();
  readonly #others = new Set<string>();

  get size(): number {
    return this.#urgent.size + this.#others.size;
  }

  /** @param isUrgent whether they go before what waits already */
  add(files: Iterable<string>, isUrgent = false): void {
    for (const file of files) (isUrgent ? this.#urgent : this.#others).add(file);
  }

  /** Takes out the file whose turn it is. */
  next(): string | undefined {
    for (const files of [this.#urgent, this.#others])
      for (const file of files) {
        files.delete(file);
        return file;
      }
    return undefined;
  }

  delete(file: string): void {
    this.#urgent.delete(file);
    this.#others.delete(file);
  }

  /** All but what is urgent is left undone. */
  clearOthers(): void {
    this.#others.clear();
  }

  clear(): void {
    this.#urgent.clear();
    this.#others.clear();
  }
}

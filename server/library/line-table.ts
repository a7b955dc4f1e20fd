import { lastAtOrBefore } from '../../shared-rules/index.ts';

/** Where the lines of a text begin: enough to tell lines and characters without the text. */
export class LineTable {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    // A byte order mark has no column.
    const starts = [text.startsWith('\uFEFF') ? 1 : 0];
    for (const { index, 0: lineEnd } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + lineEnd.length);
    this.#starts = starts;
    this.#length = text.length;
  }

  /** Counted from 0; the place of an offset behind the end is the end. */
  positionAt(offset: number): { line: number; character: number } {
    const at = Math.max(0, Math.min(offset, this.#length));
    const startOf = (line: number) => this.#starts[line] as number;
    const line = lastAtOrBefore(this.#starts.length, startOf, at);
    return { line, character: Math.max(0, at - startOf(line)) };
  }
}

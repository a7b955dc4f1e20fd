import type { Range } from './text.ts';

/** A stretch of text that stands in the file just so. */
export interface Piece {
  readonly text: string;
  /** Where it begins in the file. */
  readonly offset: number;
}

/**
 * Shell text as a shell reads it, which a file may write with other line starts, continuations or escapes. It knows
 * where each of its characters stands in the file.
 */
export class DerivedText {
  readonly text: string;
  /** Where each piece begins in `text`, with its offset in the file; in order. */
  readonly #starts: readonly { readonly at: number; readonly offset: number }[];

  constructor(pieces: readonly Piece[]) {
    const starts: { at: number; offset: number }[] = [];
    let text = '';
    for (const piece of pieces.flatMap(withoutCarriageReturns)) {
      starts.push({ at: text.length, offset: piece.offset });
      text += piece.text;
    }
    this.text = text;
    this.#starts = starts;
  }

  /** The part of a file that is shell text as it stands. */
  static within(file: string, { start, end }: Range): DerivedText {
    return new DerivedText([{ text: file.slice(start, end), offset: start }]);
  }

  /** Where a part of the shell text stands in the file. */
  inFile({ start, end }: Range): Range {
    return start === end
      ? { start: this.#offsetOf(start), end: this.#offsetOf(start) }
      : { start: this.#offsetOf(start), end: this.#offsetOf(end - 1) + 1 };
  }

  /** A part of it as shell text of its own, such as the string that `sh -c` is given. */
  part({ start, end }: Range): DerivedText {
    const pieces: Piece[] = this.#starts.flatMap(({ at, offset }, index) => {
      const next = this.#starts[index + 1]?.at ?? this.text.length;
      const [from, to] = [Math.max(at, start), Math.min(next, end)];
      return from < to ? { text: this.text.slice(from, to), offset: offset + from - at } : [];
    });
    return new DerivedText(pieces);
  }

  #offsetOf(at: number): number {
    const start = this.#starts.findLast((piece) => piece.at <= at);
    return start ? start.offset + at - start.at : 0;
  }
}

/** Shells take a carriage return for a part of the word before it; files from Windows mean a line end. */
function withoutCarriageReturns({ text, offset }: Piece): Piece[] {
  if (!text.includes('\r\n')) return [{ text, offset }];
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', from)) {
    pieces.push({ text: text.slice(from, at), offset: offset + from });
    from = at + 1;
  }
  return [...pieces, { text: text.slice(from), offset: offset + from }];
}

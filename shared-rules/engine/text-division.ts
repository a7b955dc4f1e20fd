import { partsOf } from '../source/manifest.ts';
import type { Range } from '../source/text.ts';
import { isMarkerAt, isReadWhole, splitDocuments } from '../source/yaml-document.ts';

/** The pieces of a text that come in the place of some of those before: from `first` up to, but without, `last`. */
export interface Replacement {
  readonly first: number;
  readonly last: number;
  readonly pieces: readonly string[];
}

/** A text in pieces that are read one by one. Another text costs what is new in it. */
export class TextDivision {
  readonly #divide: (text: string) => readonly Range[];
  #pieces: readonly string[] = [];
  /** Whether each piece begins at a marker, and nothing in the text makes that depend on more than the lines beside it. */
  #isApart = false;

  /** @param path as for `partsOf`, which says what the pieces are */
  constructor(path: string, divide: (text: string) => readonly Range[] = (text) => partsOf(path, text)) {
    this.#divide = divide;
  }

  /** Takes another text. @returns what that replaces */
  update(text: string): Replacement {
    const isDivided = this.#isApart && this.#pieces.length > 1;
    const replacement = (isDivided && this.#betweenMarkers(text)) || this.#anew(text);
    const { first, last, pieces } = replacement;
    this.#pieces = [...this.#pieces.slice(0, first), ...pieces, ...this.#pieces.slice(last)];
    return replacement;
  }

  /** What is new, where only that has to be looked at. */
  #betweenMarkers(text: string): Replacement | undefined {
    const before = this.#pieces;
    let [first, last] = [0, before.length];
    let [start, end] = [0, text.length];
    const lengthOf = (index: number) => before[index]!.length;
    for (; first < last && isAt(text, start, before[first]!); first++) start += lengthOf(first);
    while (last > first && end - lengthOf(last - 1) >= start && isAt(text, end - lengthOf(last - 1), before[last - 1]!))
      end -= lengthOf(--last);
    // What is new has to begin at a marker, and so has what stands behind it.
    while (first > 0 && !isMarkerAt(text, start)) start -= lengthOf(--first);
    while (last < before.length && !isMarkerAt(text, end)) end += lengthOf(last++);
    // The first piece may say what sort of file it is, and begin with comments.
    if (first === 0) return undefined;
    const between = text.slice(start, end);
    if (isEntangled(between)) return undefined;
    return {
      first,
      last,
      pieces: between === '' ? [] : splitDocuments(between).map((range) => pieceOf(between, range)),
    };
  }

  #anew(text: string): Replacement {
    this.#isApart = !isEntangled(text);
    const before = this.#pieces;
    const now = this.#divide(text).map((range) => pieceOf(text, range));
    let [first, last, end] = [0, before.length, now.length];
    while (first < Math.min(last, end) && before[first] === now[first]) first++;
    for (; Math.min(last, end) > first && before[last - 1] === now[end - 1]; last--) end--;
    return { first, last, pieces: now.slice(first, end) };
  }
}

/** Whether something in a text may have a meaning for what stands far from it. */
function isEntangled(text: string): boolean {
  return text.includes('{{') || text.includes('\0') || isReadWhole(text);
}

function isAt(text: string, start: number, piece: string): boolean {
  return text.slice(start, start + piece.length) === piece;
}

/** A piece that does not keep the whole text in memory, as a mere slice would. */
function pieceOf(text: string, { start, end }: Range): string {
  return end - start === text.length ? text : ` ${text.slice(start, end)}`.slice(1);
}

import { moved, type Range } from '../text.ts';
import { hasOtherLineEnds } from './line-ends.ts';
import { isMarkerAt, isReadWhole, splitDocuments } from './split.ts';

/**
 * The pieces of a text that can be read one by one: its YAML documents. A text in which something may have a meaning for
 * what stands far from it, as a template's actions have, is one piece.
 */
export function divide(text: string): string[] {
  return isEntangled(text) ? [text] : piecesIn(text);
}

/** A text in pieces, as `divide` gives them. An edit costs the pieces it touches. */
export class TextDivision {
  #pieces: readonly string[];
  /** Whether a piece depends on nothing but the line ends beside it. */
  #isApart: boolean;

  constructor(text: string) {
    this.#isApart = !isEntangled(text);
    this.#pieces = divide(text);
  }

  get pieces(): readonly string[] {
    return this.#pieces;
  }

  /** Replaces what stands between two offsets. */
  edit(range: Range, newText: string): void {
    const pieces = this.#pieces;
    let [first, start] = [0, 0];
    while (first + 1 < pieces.length && start + pieces[first]!.length <= range.start) start += pieces[first++]!.length;
    let [last, end] = [first + 1, start + pieces[first]!.length];
    while (last < pieces.length && end < range.end) end += pieces[last++]!.length;
    const own = moved(range, -start);
    const before = pieces.slice(first, last).join('');
    let between = before.slice(0, own.start) + newText + before.slice(own.end);
    // What is new has to begin at a marker, and so has what stands behind it.
    while (last < pieces.length && !between.endsWith('\n')) between += pieces[last++];
    while (first > 0 && !isMarkerAt(between, 0)) between = pieces[--first] + between;
    const [head, tail] = [pieces.slice(0, first), pieces.slice(last)];
    // The first piece may begin with comments that belong to the next.
    const isKept = this.#isApart && first > 0 && !isEntangled(between);
    if (isKept) this.#pieces = [...head, ...piecesIn(between), ...tail];
    else {
      const text = [...head, between, ...tail].join('');
      this.#isApart = !isEntangled(text);
      this.#pieces = divide(text);
    }
  }
}

/** Of pieces before and now: where those that differ begin and end, all others being the same at both ends. */
export function differenceOf(before: readonly { readonly text: string }[], now: readonly string[]) {
  let first = 0;
  while (first < Math.min(before.length, now.length) && before[first]!.text === now[first]) first++;
  let [last, end] = [before.length, now.length];
  for (; Math.min(last, end) > first && before[last - 1]!.text === now[end - 1]; last--) end--;
  return { first, last, end };
}

/** Whether something in a text may have a meaning for what stands far from it. */
function isEntangled(text: string): boolean {
  return text.includes('{{') || text.includes('\0') || hasOtherLineEnds(text) || isReadWhole(text);
}

/** Pieces do not keep the whole text in memory, as mere slices would. */
function piecesIn(text: string): string[] {
  const ranges = splitDocuments(text);
  return ranges.length === 1 ? [text] : ranges.map(({ start, end }) => ` ${text.slice(start, end)}`.slice(1));
}

import { moved, type Range } from './text.ts';

/** A part of a file that is read by itself, so that it stays as it is while the text before it changes. */
export interface Part {
  /** Where it begins in the file now: an offset. */
  readonly start: number;
}

/** Something written in a file: where, and what it is called from the document's root. */
export interface Place {
  /** Counts from the start of the part that the place is in. */
  readonly range: Range;
  /** A field path such as `spec.containers[0].ports`. */
  readonly path: string;
  /** Undefined where it is clear, and for a file that is read as a whole. */
  readonly part?: Part | undefined;
  /** The file it is written in, where that is another one than the one that is linted: as the workspace calls it. */
  readonly file: string | undefined;
  /** Where templates print what is written there, of a rendered text; the innermost first. */
  readonly usedAt?: readonly Place[];
}

/** Where a place is in its file, as that is now. */
export function rangeInFile({ range, part }: Pick<Place, 'range' | 'part'>): Range {
  return part ? moved(range, part.start) : range;
}

/** The place of a value, apart from the tree it stands in. */
export function placeOf({ range, path, part, file }: Place): Place {
  return { range, path, part, file };
}

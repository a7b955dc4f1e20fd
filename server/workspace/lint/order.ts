import type { Details, FixData, LintData } from '../../report/finding-data.ts';
import type { Links, Refused } from '../read-file.ts';

/** A file to be linted, as plain data. */
export interface Order {
  /** Where it lies. */
  readonly file: string;
  /** What rules take for its path. */
  readonly path: string;
  /** What happens where that is a link; without it, links are refused. */
  readonly links?: Links | undefined;
  /** Its text, where it does not lie on disk. */
  readonly text?: string | undefined;
  /** `LintSettings`, as JSON. */
  readonly settings: string;
  /** The facts of other files, `FactSnapshot` as JSON; undefined where there are none. */
  readonly facts?: string | undefined;
  readonly details: Details;
  /** Try the fixes of these findings, by their number, instead of giving back what is found. */
  readonly prove?: { readonly content: string; readonly findings: readonly number[] };
}

/** What is found in a file, and the hash of its content. */
export interface LintOutcome {
  readonly data: LintData;
  readonly content: string;
}

/** The thread that worked on an order ended, and why. */
export interface Lost {
  readonly lost: string;
}

/** The fixes that hold, of each finding that was asked for; null where they were not tried, see `ProofBudget`. */
interface ProvenFixes {
  readonly fixes: readonly (readonly FixData[] | null)[];
  /** Where their edits lie; see `KnownPositions`. */
  readonly places: readonly number[];
  /** The topics that trying them asked about, on which there may be more facts than were given. */
  readonly asked: LintData['asked'];
}

/** What came of an order. */
export type OrderOutcome = LintOutcome | ProvenFixes | Refused | Lost;

/** So many orders wait at each thread, so that it has work while the main thread is busy. */
export const DEPTH = 32;

/** What a thread of a pool is given. */
export interface ThreadData {
  /** How many orders it has begun. */
  readonly begun: Int32Array;
  /** Whether it is to give way to others. */
  readonly givesWay: boolean;
}

import type { Details, FixData, LintData } from '../../report/finding-data.ts';

/** A file to be looked at in a thread, as plain data. */
export interface Order {
  /** Where it lies. */
  readonly file: string;
  /** What rules take for its path. */
  readonly path: string;
  /** Its text, where it does not lie on disk. */
  readonly text?: string | undefined;
  /** `LintSettings`, as JSON. */
  readonly settings: string;
  /** What other files say, `FactSnapshot` as JSON; undefined where that is nothing. */
  readonly answers?: string | undefined;
  readonly wants: Details;
  /** Try the fixes of these findings, by their number, instead of telling what is found. */
  readonly prove?: { readonly content: string; readonly findings: readonly number[] };
}

/** The fixes that hold, of each finding that was asked for. */
interface ProvenFixes {
  readonly fixes: readonly (readonly FixData[])[];
  /** Where their edits lie. */
  readonly places: readonly number[];
  /** The topics that trying them asked about, to which there may be more answers than were given. */
  readonly asked: LintData['asked'];
}

/** What came of an order. */
export type OrderOutcome =
  | { readonly told: LintData; readonly content: string; readonly isDated: boolean }
  | { readonly refused: string }
  | ProvenFixes
  /** The thread that worked on it ended, and why. */
  | { readonly lost: string };

/** So many orders wait at each thread, so that it has work while the main thread is busy. */
export const DEPTH = 32;

/** What a thread of a pool is given. */
export interface ThreadData {
  /** How many orders it has begun. */
  readonly begun: Int32Array;
  /** Whether it is to give way to others. */
  readonly givesWay: boolean;
}

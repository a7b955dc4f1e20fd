import type { AskedTopics, FactQueries } from '../../../shared-rules/index.ts';
import type { LintData } from '../../report/finding-data.ts';
import type { Refused } from '../read-file.ts';
import type { LintOutcome, Lost, Order } from './order.ts';

/** What is remembered of a file from earlier, under the settings and the facts of others that it is linted with now. */
export interface FileMemory {
  /** The outcome for the file's content, as JSON. */
  readonly recall: () => string | undefined;
  readonly keep: (outcome: LintOutcome, json: string) => void;
}

/** How a file is to be linted. */
export interface LintTask {
  readonly order: Omit<Order, 'facts'>;
  readonly memory?: FileMemory | undefined;
}

/** What was found in a file, and what it asked about others. */
export interface LintedData {
  readonly data: LintData;
  readonly content: string;
  readonly asked: AskedTopics;
}

/** Who knows the files and takes in what is found in them: all in which a run of a command and an editor differ. */
export interface LintHost {
  /** Whether a file is to be linted, or what came of it taken in, at all. */
  readonly isWanted: (file: string) => boolean;
  /**
   * How a file is to be linted; undefined for one that cannot be.
   * @param factsHash a hash of the facts of others that it is linted with; empty for none
   */
  readonly taskFor: (file: string, factsHash: string) => Promise<LintTask | undefined>;
  /** The facts of the files beside one. */
  readonly queriesFor: (file: string) => FactQueries;
  /** Takes in what was found in a file. @returns the files that asked about what it says otherwise now */
  readonly onLinted: (file: string, linted: LintedData) => Iterable<string>;
  readonly onFailed: (file: string, failure: Refused | Lost) => void;
}

import type { Finding } from './finding.ts';
import { type LintResult, partAt } from './lint-result.ts';

/**
 * How much may be spent on trying fixes of one file. A trial reads and lints the part of the file anew that its finding
 * stands in, so that trying all fixes of a part would grow with the square of its length. The unit is characters read.
 * The first finding is always within it.
 */
export class ProofBudget {
  #left: number;

  constructor(characters: number) {
    this.#left = characters;
  }

  /**
   * Whether the fixes of a finding may be tried still; if so, their cost is taken off.
   * @param others trials beside those of its fixes
   */
  covers(result: LintResult, finding: Finding, others = 0): boolean {
    if (this.#left <= 0) return false;
    const { manifest, characters } = partAt(result, finding.range.start);
    const read = (manifest.template?.readings.length ?? 1) * manifest.text.length + characters;
    this.#left -= (finding.fixes().length + others) * read;
    return true;
  }
}

/** For a report: more than any real file needed that was tried. */
export const REPORT_BUDGET = 4 * 1024 * 1024;

/** For one question of an editor, which waits for the answer: enough for a line, of a large part too. */
export const ACTIONS_BUDGET = 2 * 1024 * 1024;

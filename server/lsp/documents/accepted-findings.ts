import type { AcceptedBy } from '../../../shared-rules/index.ts';
import type { AcceptedCounts } from '../../report/finding-data.ts';
import type { Folders } from './folders.ts';

/** Many files are linted in a row; what they add up to is said at most so often, in milliseconds. */
const PAUSE = 200;

/** How many findings of each file are accepted, and by what. */
export class AcceptedFindings {
  readonly #folders: Folders;
  readonly #byFile = new Map<string, AcceptedCounts>();
  readonly #onChanged: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** @param onChanged called some time after the numbers are others than before */
  constructor(folders: Folders, onChanged: () => void) {
    this.#folders = folders;
    this.#onChanged = onChanged;
  }

  /** The files that have accepted findings. */
  get files(): Iterable<string> {
    return this.#byFile.keys();
  }

  /** @param counts none for a file that is gone */
  set(uri: string, counts: AcceptedCounts = {}): void {
    const before = this.#byFile.get(uri) ?? {};
    if (JSON.stringify(before) === JSON.stringify(counts)) return;
    if (Object.keys(counts).length > 0) this.#byFile.set(uri, counts);
    else this.#byFile.delete(uri);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#onChanged();
    }, PAUSE).unref();
  }

  /** How many findings of a workspace folder are accepted by what. */
  in(folder: string): ReadonlyMap<AcceptedBy, number> {
    const sums = new Map<AcceptedBy, number>();
    for (const [uri, counts] of this.#byFile)
      if (this.#folders.scopeOf(uri) === folder)
        for (const [by, count] of Object.entries(counts) as [AcceptedBy, number][])
          sums.set(by, (sums.get(by) ?? 0) + count);
    return sums;
  }
}

import {
  type Fact,
  type FactQueries,
  type LintResult,
  rangeInFile,
  WorkspaceFacts,
} from '../../../shared-rules/index.ts';
import type { Positions } from '../../report/positions.ts';
import type { Folders } from './folders.ts';

interface CollectedFile {
  readonly workspace: WorkspaceFacts;
  /** Undefined for a file that tells others nothing. */
  readonly lines: Positions | undefined;
  /** Where it says what it tells others, to be compared; undefined while nobody refers to it. */
  readonly places: string | undefined;
}

/** What changed for other files when one was linted. */
export interface FactChanges {
  /** The files in which something else may be found now. */
  readonly concerned: readonly string[];
  /** Whether something stands elsewhere that others may refer to. */
  readonly isMoved: boolean;
}

/**
 * What files say to each other, for each workspace folder by itself: what lies in different ones is deployed apart. Files
 * outside of all folders are together.
 */
export class FolderFacts {
  readonly #folders: Folders;
  readonly #workspaces = new Map<string, WorkspaceFacts>();
  readonly #known = new Map<string, CollectedFile>();

  constructor(folders: Folders) {
    this.#folders = folders;
  }

  get files(): Iterable<string> {
    return this.#known.keys();
  }

  has(uri: string): boolean {
    return this.#known.has(uri);
  }

  /** What the files beside one say. */
  beside(uri: string): FactQueries {
    return this.#workspaceOf(uri).beside(uri);
  }

  /**
   * Takes in what a lint of a file learned.
   * @param lines where its facts stand, if it tells any
   * @param isMentioned whether what is found in other files refers to it
   */
  learn(
    uri: string,
    told: Pick<LintResult, 'facts' | 'asked'>,
    lines: Positions | undefined,
    isMentioned: boolean,
  ): FactChanges {
    const before = this.#known.get(uri);
    const workspace = this.#workspaceOf(uri);
    // Folders may have come or gone around it.
    const left = before && before.workspace !== workspace ? before.workspace.remove(uri) : [];
    const placeOf = ({ at }: Fact) => lines?.positionAt(rangeInFile(at).start);
    const places = isMentioned ? JSON.stringify(told.facts.map(placeOf)) : undefined;
    this.#known.set(uri, { workspace, lines, places });
    return { concerned: [...left, ...workspace.update(uri, told)], isMoved: isMentioned && before?.places !== places };
  }

  /** A file is not looked at any more. @returns the files in which something else may be found now */
  forget(uri: string): readonly string[] {
    const known = this.#known.get(uri);
    this.#known.delete(uri);
    return known?.workspace.remove(uri) ?? [];
  }

  /** The lines of a file that told others something. */
  linesOf(uri: string): Positions | undefined {
    return this.#known.get(uri)?.lines;
  }

  #workspaceOf(uri: string): WorkspaceFacts {
    const folder = this.#folders.hold(uri) ? this.#folders.scopeOf(uri) : '';
    const workspace = this.#workspaces.get(folder) ?? new WorkspaceFacts();
    this.#workspaces.set(folder, workspace);
    return workspace;
  }
}

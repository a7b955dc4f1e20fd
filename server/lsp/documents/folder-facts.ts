import {
  type Fact,
  type FactQueries,
  type LintResult,
  rangeInFile,
  WorkspaceFacts,
} from '../../../shared-rules/index.ts';
import type { Positions } from '../../report/positions.ts';
import type { Folders } from './folders.ts';

/** What is kept of a file. */
interface CollectedFile {
  readonly workspace: WorkspaceFacts;
  /** Undefined for a file without facts. */
  readonly positions: Positions | undefined;
  /** Where its facts stand, to be compared; undefined while nobody refers to it. */
  readonly places: string | undefined;
}

/** What changed for other files when one was linted. */
export interface FactChanges {
  /** The files in which something else may be found now. */
  readonly affected: readonly string[];
  /** The files that refer to what stands elsewhere now. */
  readonly moved: readonly string[];
}

/** Which files refer to which. */
export interface Mentions {
  readonly isMentioned: (uri: string) => boolean;
  readonly mentioning: (uri: string) => Iterable<string>;
}

/**
 * The facts of files, for each workspace folder by itself: what lies in different ones is deployed apart. Files
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

  /** The facts of the files beside one. */
  queriesFor(uri: string): FactQueries {
    return this.#workspaceOf(uri).queriesFor(uri);
  }

  /**
   * Takes in the facts of a linted file.
   * @param positions where they stand, if there are any
   */
  collect(
    uri: string,
    linted: Pick<LintResult, 'facts' | 'asked'>,
    positions: Positions | undefined,
    mentions: Mentions,
  ): FactChanges {
    const before = this.#known.get(uri);
    const workspace = this.#workspaceOf(uri);
    // Folders may have come or gone around it.
    const left = before && before.workspace !== workspace ? before.workspace.remove(uri) : [];
    const placeOf = ({ at }: Fact) => positions?.positionAt(rangeInFile(at).start);
    const isMentioned = mentions.isMentioned(uri);
    const places = isMentioned ? JSON.stringify(linted.facts.map(placeOf)) : undefined;
    this.#known.set(uri, { workspace, positions, places });
    const affected = [...left, ...workspace.update(uri, linted)];
    return { affected, moved: isMentioned && before?.places !== places ? [...mentions.mentioning(uri)] : [] };
  }

  /** A file is not looked at any more. @returns the files in which something else may be found now */
  forget(uri: string): readonly string[] {
    const known = this.#known.get(uri);
    this.#known.delete(uri);
    return known?.workspace.remove(uri) ?? [];
  }

  /** Where the facts of a file stand. */
  positionsOf(uri: string): Positions | undefined {
    return this.#known.get(uri)?.positions;
  }

  #workspaceOf(uri: string): WorkspaceFacts {
    const folder = this.#folders.hold(uri) ? this.#folders.scopeOf(uri) : '';
    const workspace = this.#workspaces.get(folder) ?? new WorkspaceFacts();
    this.#workspaces.set(folder, workspace);
    return workspace;
  }
}

import { lstatSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type AskedTopics, sourcesAsked } from '../../shared-rules/index.ts';
import { leadsThroughLink } from './walk.ts';

/**
 * Files that are read because others are put together with them, such as the `.env` of a Compose project: nobody named them,
 * and what is found in them is not reported. They lie below the root, and no link leads to them.
 */
export class Companions {
  readonly #asked = new Set<string>();

  /**
   * The companions that a lint asked for and that nobody asked for before.
   * @param root the folder that paths are relative to
   * @returns where they lie
   */
  asked(asked: AskedTopics, root: string): string[] {
    return sourcesAsked(asked).flatMap((path) => {
      const file = join(root, path);
      if (this.#asked.has(file)) return [];
      this.#asked.add(file);
      return isCompanion(root, file) ? file : [];
    });
  }

  /** The next lint that asks for it is told again whether it is there. */
  forget(file: string): void {
    this.#asked.delete(file);
  }
}

function isCompanion(root: string, file: string): boolean {
  const below = relative(root, file).split(sep);
  if (below[0] === '..') return false;
  try {
    return !leadsThroughLink(root, below.join('/')) && lstatSync(file).isFile();
  } catch {
    // It does not exist, a file stands where its folder would, or nobody may look.
    return false;
  }
}

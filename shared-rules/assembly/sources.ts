import type { Place } from '../language/place.ts';
import type { YamlDocument } from '../language/yaml/document.ts';

/** A file of the workspace that something may be put together from. */
export interface SourceText {
  /** Undefined where it does not matter. */
  readonly path?: string;
  readonly text: string;
  /** What the workspace calls it; undefined for the file that is linted. */
  readonly file: string | undefined;
  /** What is parsed from it without variables and a folder, where that is known and will do. */
  readonly documents?: readonly YamlDocument[];
}

/**
 * The files that may be read, by their paths.
 * @returns undefined for one that does not exist, and one that is not known yet
 */
export type Sources = (path: string) => SourceText | undefined;

/** Something that is needed and was not read or applied. */
export interface Missing {
  readonly at: Place;
  /** A sentence without its end, such as `common.yaml does not exist`. */
  readonly message: string;
}

import type { YAMLMap } from 'yaml';
import { resolvePath } from '../../language/paths.ts';
import type { Place } from '../../language/place.ts';
import { YamlDocument } from '../../language/yaml/document.ts';
import { withLineFeeds } from '../../language/yaml/line-ends.ts';
import { splitDocuments } from '../../language/yaml/split.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { Missing, Sources } from '../sources.ts';
import { TreeBuilder } from '../tree-builder.ts';
import { KUSTOMIZATION_NAMES } from './uses.ts';

/** So many files are read for one build, one that is used twice counted once, and so many characters. */
const MOST_FILES = 2_000;
const MOST_TEXT = 16 * 1024 * 1024;
/** So many kustomizations are built for one, one that is used twice counted twice. */
const MOST_KUSTOMIZATIONS = 2_000;
/** So many things that are missing are told. */
const MOST_MISSING = 200;

/** What all parts of one build share: its files, what they make up, and what could not be done. */
export class BuildContext {
  readonly tree = new TreeBuilder();
  readonly missing: Missing[] = [];
  /** Patches that met no object: their roots. */
  readonly unapplied: Value[] = [];
  /** The paths of all files that were read. */
  readonly read = new Set<string>();
  /** The length of what was read. */
  characters = 0;
  /** Whether something of one object was to be put into others. */
  relatesObjects = false;
  /** Whether all objects are built, so that what is not found is not there. */
  readonly isWhole: boolean;
  readonly isNeeded: (path: string) => boolean;
  readonly #sources: Sources;
  #kustomizations = 0;
  readonly #documents = new Map<string, readonly YamlDocument[]>();

  constructor(sources: Sources, isNeeded: ((path: string) => boolean) | undefined) {
    this.#sources = sources;
    this.isWhole = isNeeded === undefined;
    this.isNeeded = isNeeded ?? (() => true);
  }

  /** Whether there may be one more kustomization in the build. */
  mayBuildMore(): boolean {
    return this.#kustomizations++ < MOST_KUSTOMIZATIONS && !this.tree.isFull;
  }

  /** @param message a sentence without its end */
  note(at: Place, message: string): void {
    if (this.missing.length < MOST_MISSING) this.missing.push({ at, message });
  }

  /** An object as it is so far. */
  valueOf({ root }: { readonly root: YAMLMap }): Value {
    return this.tree.build(root).root as Value;
  }

  exists(path: string): boolean {
    return this.#sources(path) !== undefined;
  }

  textOf(path: string): string | undefined {
    const text = this.#sources(path)?.text;
    return text !== undefined && this.#mayRead(path, text) ? text : undefined;
  }

  /** The documents of a file; undefined where it does not exist or is too much. */
  documentsOf(path: string): readonly YamlDocument[] | undefined {
    const known = this.#documents.get(path);
    if (known) return known;
    const source = this.#sources(path);
    if (!source || !this.#mayRead(path, source.text)) return undefined;
    const lines = withLineFeeds(source.text);
    const documents =
      source.documents ??
      splitDocuments(lines).flatMap((range) => YamlDocument.parse(lines, range, { file: source.file }));
    this.#documents.set(path, documents);
    return documents;
  }

  #mayRead(path: string, text: string): boolean {
    if (this.read.has(path)) return true;
    if (this.read.size >= MOST_FILES || this.characters + text.length > MOST_TEXT) return false;
    this.read.add(path);
    this.characters += text.length;
    return true;
  }

  /** The file that makes a folder a kustomization. */
  kustomizationIn(folder: string): string | undefined {
    return KUSTOMIZATION_NAMES.map((name) => resolvePath(folder, name)).find((path) => this.exists(path));
  }
}

/** A folder that kustomizations are read in, and those that led to it. */
export interface Folder {
  readonly path: string;
  readonly chain: readonly string[];
}

/** So far kustomizations are followed. */
const LONGEST_CHAIN = 20;

/**
 * The folder of a kustomization that another one names.
 * @returns a sentence where it may not be read
 */
export function folderIn({ path, chain }: Folder, written: string): Folder | string {
  const next = resolvePath(path, written);
  const visited = [...chain, path];
  // As Kustomize has it: a folder that holds one that led to it is a circle, too.
  if (visited.some((one) => one === next || next === '' || one.startsWith(`${next}/`)))
    return `${written} leads in a circle`;
  return visited.length > LONGEST_CHAIN
    ? `${written} is not read: too many kustomizations lead to it`
    : { path: next, chain: visited };
}

import { resolvePath } from '../../language/paths.ts';
import type { Variables } from '../../language/variables.ts';
import type { YamlDocument } from '../../language/yaml/document.ts';
import type { Sources } from '../sources.ts';
import { TreeBuilder } from '../tree-builder.ts';
import { mergeLayers } from './merge.ts';
import { type Missing, ModelReader } from './model.ts';
import { ENVIRONMENT_NAME } from './uses.ts';

/** Compose files that are deployed together. */
export interface ComposeProject {
  /** Their paths, the base first. */
  readonly files: readonly string[];
  /** What paths in them are relative to, and where `.env` lies. */
  readonly folder: string;
  /** What is read instead of `.env`. */
  readonly environmentFiles?: readonly string[];
}

/** A project as `docker compose config` prints it, with all its profiles; each value is where it was written. */
export interface AssembledProject {
  /** Undefined where none of the files has anything in it. */
  readonly tree: YamlDocument | undefined;
  /** The paths of all files that it was put together from. */
  readonly read: ReadonlySet<string>;
  readonly missing: readonly Missing[];
  /** The length of what was read. */
  readonly characters: number;
  /** Whether there is more of it than is put together. */
  readonly isCut: boolean;
}

const NOTHING_SET: Variables = new Map();

/** So many characters of other files are put together with a file: each file of a project is looked at with all others. */
export const MOST_TEXT = 1024 * 1024;

/** Puts a project together. Never throws. @param most how many characters of other files are parsed for it */
export function assembleProject(project: ComposeProject, sources: Sources, most = MOST_TEXT): AssembledProject {
  const { files, folder, environmentFiles = [resolvePath(folder, ENVIRONMENT_NAME)] } = project;
  const reader = new ModelReader(sources, most);
  const variables = reader.variables(environmentFiles, NOTHING_SET);
  const model = reader.model(files, { folder, variables, chain: [] });
  const tree = new TreeBuilder();
  const sections = [...model.sections.values()].map(({ field, byName }) => {
    const pairs = [...byName.values()].flatMap(({ key, layers }) => mergeLayers(tree, key, layers) ?? []);
    return tree.pair(field, tree.mapping(field.value, pairs));
  });
  const root = [...model.sections.values()][0]?.field.owner;
  const name = model.name ? [tree.pair(model.name)] : [];
  return {
    tree: root && tree.build(tree.mapping(root, [...name, ...sections])),
    read: reader.read,
    missing: reader.missing,
    characters: reader.characters,
    isCut: reader.isCut,
  };
}

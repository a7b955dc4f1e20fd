import { folderOf, resolvePath } from '../../language/paths.ts';
import type { Variables } from '../../language/variables.ts';
import type { YamlDocument } from '../../language/yaml/document.ts';
import type { Missing, Sources } from '../sources.ts';
import { TreeBuilder } from '../tree-builder.ts';
import { mergeLayers } from './merge.ts';
import { ModelReader } from './model.ts';
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

/** What a project is called with. Its paths start from a folder. */
export interface NamedProject {
  readonly files: readonly string[];
  /** Without it what the first file lies in. */
  readonly folder?: string | undefined;
  readonly environmentFiles?: readonly string[] | undefined;
}

/** The project of files that are named from a folder, one of them at least. */
export function composeProject(from: string, { files, folder, environmentFiles = [] }: NamedProject): ComposeProject {
  const paths = files.map((file) => resolvePath(from, file));
  return {
    files: paths,
    folder: folder === undefined ? folderOf(paths[0] as string) : resolvePath(from, folder),
    ...(environmentFiles.length > 0 && { environmentFiles: environmentFiles.map((file) => resolvePath(from, file)) }),
  };
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

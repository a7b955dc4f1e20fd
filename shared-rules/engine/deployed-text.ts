import { projectText } from '../assembly/compose/project-text.ts';
import { printObject } from '../assembly/kustomize/printed-build.ts';
import type { PrintedTree } from '../assembly/printed-tree.ts';
import type { Missing } from '../assembly/sources.ts';
import type { KnownFacts } from '../facts/fact.ts';
import { type AskedTopics, NO_FACTS, recordTopics } from '../facts/fact-queries.ts';
import { folderOf, slashedPath } from '../language/paths.ts';
import { deployingKustomizations, wholeBuildsOf } from './deployed-builds.ts';
import { deployed, mayBeInProject, projectsOf, sourcesFor } from './deployed-projects.ts';
import type { Linted } from './prove-fixes.ts';

/** What is deployed together, as one file. In its places undefined stands for the file that it was asked for. */
export interface DeployedText {
  /** What it is put together from, as the workspace calls it: the Compose files of a project, or a kustomization. */
  readonly files: readonly (string | undefined)[];
  /** What is the same for one deployment, whichever of its files it is asked for. */
  readonly key: string;
  readonly missing: readonly Missing[];
  readonly print: () => readonly DeployedDocument[];
}

/** A YAML document of a deployment. */
export interface DeployedDocument extends PrintedTree {
  /** The file that most of it is written in. */
  readonly file: string | undefined;
}

/** What is deployed of a file. */
export interface DeployedTexts {
  /** None for a file that is nothing which is put together, and for a template. */
  readonly deployments: readonly DeployedText[];
  /** What was asked about other files. */
  readonly asked: AskedTopics;
}

/**
 * The deployments that a file is a part of: Compose projects, or builds of kustomizations. A Compose file that belongs to no
 * project is one by itself.
 */
export function deployedTexts(linted: Linted): DeployedTexts {
  const { known, asked } = knownOf(linted);
  const own = slashedPath(linted.path);
  const builds = wholeBuildsOf(own, known);
  if (builds.length === 0) return { deployments: projectTexts(own, linted, known), asked };
  const deployments = builds.map(({ path, file, missing, objects }) => ({
    files: [file],
    key: path,
    missing,
    print: () => objects.map((object) => ({ file: object.root?.file, ...printObject(object) })),
  }));
  return { deployments, asked };
}

function projectTexts(own: string, { result, settings }: Linted, known: KnownFacts): DeployedText[] {
  const { text, parts } = result;
  if (!parts.some(({ manifest }) => mayBeInProject(manifest))) return [];
  const sources = sourcesFor(own, { text }, known);
  const { withIt } = projectsOf(sources, own, { known, settings });
  const all = withIt.length > 0 ? withIt : [deployed({ files: [own], folder: folderOf(own) }, sources)];
  return all.flatMap(({ files, folder, environmentFiles, tree, missing }) => {
    if (!tree) return [];
    const names = files.map((file) => sources(file)?.file);
    const key = JSON.stringify({ files, folder, environmentFiles });
    return { files: names, key, missing, print: () => [{ file: names[0], ...projectText(tree, folder) }] };
  });
}

/** The other files that a file is deployed by: those of its Compose projects, or the kustomizations that nothing else uses. */
export function deployedBy(linted: Linted): {
  readonly files: readonly string[];
  readonly sort: 'project' | 'build';
} {
  const own = slashedPath(linted.path);
  const { known } = knownOf(linted);
  const kustomizations = deployingKustomizations(own, known);
  if (kustomizations.length > 0) return { files: kustomizations.flatMap(({ file }) => file ?? []), sort: 'build' };
  const files = new Set(projectTexts(own, linted, known).flatMap((project) => project.files));
  return { files: [...files].filter((file) => file !== undefined), sort: 'project' };
}

function knownOf({ result, queries = NO_FACTS }: Linted) {
  const parts = () => result.parts.map(({ start, manifest }) => ({ text: manifest.text, part: { start } }));
  return recordTopics({ ...queries, objects: () => [], part: undefined, parts });
}

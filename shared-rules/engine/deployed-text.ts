import { projectText } from '../assembly/compose/project-text.ts';
import { printObject } from '../assembly/kustomize/printed-build.ts';
import type { PrintedTree } from '../assembly/printed-tree.ts';
import type { Missing } from '../assembly/sources.ts';
import type { FilePart, KnownFacts } from '../facts/fact.ts';
import { type AskedTopics, NO_FACTS, recordTopics } from '../facts/fact-queries.ts';
import { folderOf, slashedPath } from '../language/paths.ts';
import { chartTexts } from './chart-text.ts';
import { deployingKustomizations, wholeBuildsOf } from './deployed-builds.ts';
import { environmentName, readChart } from './deployed-charts.ts';
import { deployed, mayBeInProject, projectsOf, sourcesFor } from './deployed-projects.ts';
import type { Linted } from './prove-fixes.ts';

/** What is deployed together, as one file. In its places undefined stands for the file that it was asked for. */
export interface DeployedText {
  /** What it is put together from, as the workspace calls it: the Compose files of a project, a kustomization, a template or a chart. */
  readonly files: readonly (string | undefined)[];
  /** What is the same for one deployment, whichever of its files it is asked for. */
  readonly key: string;
  /** With which values a chart is rendered, for people, such as `values-prod.yaml`. */
  readonly environment?: string;
  readonly missing: readonly Missing[];
  /** What else there is to say of it, as sentences. */
  readonly notes?: () => readonly string[];
  readonly print: () => readonly DeployedDocument[];
}

/** A YAML document of a deployment. */
export interface DeployedDocument extends PrintedTree {
  /** The file that most of it is written in. */
  readonly file: string | undefined;
}

/** What is deployed of a file. */
export interface DeployedTexts {
  /** None for a file that is nothing which is put together. */
  readonly deployments: readonly DeployedText[];
  /** What was asked about other files. */
  readonly asked: AskedTopics;
}

/**
 * The deployments that a file is a part of: charts as they are rendered, Compose projects, or builds of kustomizations. A
 * Compose file that belongs to no project is one by itself.
 * @param isWhole whether of a template the whole chart is wanted
 */
export function deployedTexts(linted: Linted, isWhole = false): DeployedTexts {
  const { known, asked } = knownOf(linted);
  const own = slashedPath(linted.path);
  const charts = chartTexts(own, { known, settings: linted.settings }, isWhole);
  if (charts.length > 0) return { deployments: charts, asked };
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

/** How a file is deployed: with other files of a Compose project, or by kustomizations that nothing else uses, or as a part of a chart. */
export type DeployedBy =
  | { readonly sort: 'project' | 'build'; readonly files: readonly string[] }
  | {
      readonly sort: 'chart';
      /** Whether it is rendered by itself, or is a file that the templates of the chart use. */
      readonly isTemplate: boolean;
      /** The names of the values that it is rendered with. */
      readonly environments: readonly string[];
    };

export function deployedBy(linted: Linted): DeployedBy {
  const own = slashedPath(linted.path);
  const { known } = knownOf(linted);
  const chart = readChart(own, { known, settings: linted.settings });
  if (chart) {
    const { isTemplate, environments } = chart;
    return { sort: 'chart', isTemplate, environments: environments.map(environmentName) };
  }
  const kustomizations = deployingKustomizations(own, known);
  if (kustomizations.length > 0) return { files: kustomizations.flatMap(({ file }) => file ?? []), sort: 'build' };
  const files = new Set(projectTexts(own, linted, known).flatMap((project) => project.files));
  return { files: [...files].filter((file) => file !== undefined), sort: 'project' };
}

/**
 * What is known to a file of itself and others, and what was asked.
 * @param parts what the file consists of, where it is not as it was linted
 */
export function knownOf({ result, queries = NO_FACTS }: Linted, parts?: readonly FilePart[]) {
  const linted = () => result.parts.map(({ start, manifest }) => ({ text: manifest.text, part: { start } }));
  return recordTopics({ ...queries, objects: () => [], part: undefined, parts: () => parts ?? linted() });
}

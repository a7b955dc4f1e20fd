import { type ProjectText, projectText } from '../assembly/compose/project-text.ts';
import type { Missing } from '../assembly/sources.ts';
import { type AskedTopics, NO_FACTS, recordTopics } from '../facts/fact-queries.ts';
import { folderOf, slashedPath } from '../language/paths.ts';
import { deployed, mayBeInProject, projectsOf, sourcesFor } from './deployed-projects.ts';
import type { Linted } from './prove-fixes.ts';

/** A Compose project as one file. In its places undefined stands for the file that it was asked for. */
export interface DeployedText {
  readonly print: () => ProjectText;
  /** Its files as the workspace calls them, the base first. */
  readonly files: readonly (string | undefined)[];
  /** What is the same for one project, whichever of its files it is asked for. */
  readonly key: string;
  readonly missing: readonly Missing[];
}

/** What is deployed of a file. */
export interface DeployedTexts {
  /** None for a file that is no Compose file, and for a template. */
  readonly projects: readonly DeployedText[];
  /** What was asked about other files. */
  readonly asked: AskedTopics;
}

/** The projects that a Compose file is a part of, each as one file; a file that belongs to none is one by itself. */
export function deployedTexts({ path, result, queries = NO_FACTS }: Omit<Linted, 'settings'>): DeployedTexts {
  const { known, asked } = recordTopics({ ...queries, objects: () => [] });
  const { text, parts } = result;
  if (!parts.some(({ manifest }) => mayBeInProject(manifest))) return { projects: [], asked };
  const own = slashedPath(path);
  const sources = sourcesFor(own, { text }, known);
  const { withIt } = projectsOf(sources, own, known);
  const all = withIt.length > 0 ? withIt : [deployed({ files: [own], folder: folderOf(own) }, sources)];
  const projects = all.flatMap(({ files, folder, environmentFiles, tree, missing }) => {
    if (!tree) return [];
    const key = JSON.stringify({ files, folder, environmentFiles });
    return { print: () => projectText(tree, folder), files: files.map((file) => sources(file)?.file), key, missing };
  });
  return { projects, asked };
}

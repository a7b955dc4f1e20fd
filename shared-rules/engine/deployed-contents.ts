import { MOST_FILES } from '../assembly/compose/model.ts';
import type { KnownFacts } from '../facts/fact.ts';
import { slashedPath } from '../language/paths.ts';
import type { ParseProblem } from '../language/yaml/document.ts';
import { readCompose } from '../model/compose/compose.ts';
import type { Content, Manifest } from '../model/manifest.ts';
import { listed } from '../model/wording.ts';
import { type DeployedProject, mayBeInProject, projectsOf, sourcesFor } from './deployed-projects.ts';

/** What is deployed of a text, once. */
export interface Deployment {
  /** What it is called for people; undefined for a text that is deployed as it stands. */
  readonly name: string | undefined;
  readonly contents: readonly Content[];
}

export interface Deployments {
  readonly all: readonly Deployment[];
  /** What could not be put together, in the text. */
  readonly unassembled: readonly ParseProblem[];
  /** The length of what was read of other files. */
  readonly characters: number;
}

export function asItStands({ contents }: Manifest): Deployments {
  return { all: [{ name: undefined, contents }], unassembled: [], characters: 0 };
}

/** The deployments that a text is a part of: Compose projects, or the text as it stands. */
export function deploymentsOf(path: string, manifest: Manifest, known: KnownFacts): Deployments {
  const alone = asItStands(manifest);
  const own = slashedPath(path);
  // A file of several documents is judged by each.
  if (!mayBeInProject(manifest) || known.anywhere('source', own).length > 1) return alone;
  const { projects, withIt } = projectsOf(sourcesFor(own, manifest, known), own, known);
  const all = withIt.flatMap((one) => toDeployment(own, manifest, one) ?? []);
  const isCut = projects.some((project) => project.isCut);
  if (all.length === 0) return isCut ? { ...alone, unassembled: [TOO_LARGE] } : alone;
  const combined = withIt.filter(({ read }) => read.size > 1);
  const characters = combined.reduce((sum, one) => sum + one.characters, 0);
  return { all, unassembled: [...(isCut ? [TOO_LARGE] : []), ...problemsOf(projects)], characters };
}

function toDeployment(own: string, manifest: Manifest, project: DeployedProject): Deployment | undefined {
  const { files, tree, read } = project;
  const [content] = manifest.contents;
  const itself = content?.dialect === 'compose' ? content.compose : undefined;
  // A file that is combined with nothing is judged as it stands.
  const compose = read.size === 1 ? itself : tree?.root && readCompose(files[0] ?? own, tree.root);
  const name = listed(files.map(nameOf));
  return compose && { name, contents: [{ dialect: 'compose', compose: { ...compose, isProject: true } }] };
}

const TOO_LARGE: ParseProblem = {
  message: `A Compose project of this file has more than ${MOST_FILES} files, or all have more than 1 MiB of others: it is not put together`,
  range: { start: 0, end: 0 },
  isLimit: true,
};

function problemsOf(projects: readonly DeployedProject[]): ParseProblem[] {
  const own = projects.flatMap(({ missing }) => missing).filter(({ at }) => at.file === undefined);
  const problems = own.map(({ at, message }) => ({ range: at.range, message, isLimit: true }));
  return [...new Map(problems.map((problem) => [`${problem.range.start} ${problem.message}`, problem])).values()];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

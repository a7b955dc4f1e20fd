import { MOST_FILES } from '../assembly/compose/model.ts';
import { factsInBuild } from '../facts/collect.ts';
import type { Fact, KnownFacts } from '../facts/fact.ts';
import { folderOf, slashedPath } from '../language/paths.ts';
import type { Part } from '../language/place.ts';
import type { ParseProblem } from '../language/yaml/document.ts';
import type { Value } from '../language/yaml/value.ts';
import { readCompose } from '../model/compose/compose.ts';
import { readObjects } from '../model/kubernetes/objects.ts';
import type { Content, Manifest } from '../model/manifest.ts';
import { listed } from '../model/wording.ts';
import { buildsOf, type DeployedBuild, type PartBuild } from './deployed-builds.ts';
import { chartOf, type DeployedChart } from './deployed-charts.ts';
import {
  type DeployedProject,
  mayBeInProject,
  projectsOf,
  type Surroundings,
  sourcesFor,
} from './deployed-projects.ts';
import { withReleases } from './with-releases.ts';

/** What is deployed of a text, once. */
export interface Deployment {
  readonly sort: 'project' | 'build' | 'environment';
  /** What it is called for people; undefined for a text that is deployed as it stands. */
  readonly name: string | undefined;
  readonly contents: readonly Content[];
  /** Whether it is there only to tell what would be so without something: what is found in it alone is not found. */
  readonly isComparison?: boolean;
  /** What facts about it name it by: the path of the kustomization's file, or a chart and its environment. */
  readonly build?: string;
}

export interface Deployments {
  readonly all: readonly Deployment[];
  /** What could not be put together, in the text. */
  readonly unassembled: readonly ParseProblem[];
  /** The length of what was read of other files. */
  readonly characters: number;
  /** What the objects in the text say to others as they are deployed, if they are deployed otherwise than they are written. */
  readonly facts?: readonly Fact[];
}

export function asItStands({ contents }: Manifest): Deployments {
  return { all: [{ sort: 'project', name: undefined, contents }], unassembled: [], characters: 0 };
}

/** The deployments that a text is a part of: Compose projects, builds of kustomizations, or the text as it stands. */
export function deploymentsOf(path: string, manifest: Manifest, around: Surroundings): Deployments {
  const { known } = around;
  const own = slashedPath(path);
  const chart = chartOf(own, around);
  if (chart) return inChart(chart, manifest);
  const builds = buildsOf(own, manifest, known);
  const written = builds.length > 0 ? inBuilds(builds, manifest, known) : inProjects(own, manifest, around);
  return withReleases(written, { own, manifest, around });
}

function inChart(chart: DeployedChart, manifest: Manifest): Deployments {
  const { environments, problems, isTemplate, isUnknown, characters } = chart;
  if (isUnknown) return { ...asItStands(manifest), unassembled: problems };
  const all = environments.map(({ name, id, contents, isComparison }) => ({
    sort: 'environment' as const,
    name,
    contents,
    isComparison,
    build: id,
  }));
  const deployedOnes = environments.filter(({ isComparison }) => !isComparison);
  const facts = isTemplate
    ? deployedOnes.flatMap(({ id, contents }) => contents.flatMap((content) => factsInBuild(id, content)))
    : [];
  return { all, unassembled: problems, characters, facts };
}

function inBuilds(builds: readonly PartBuild[], manifest: Manifest, known: KnownFacts): Deployments {
  const all: Deployment[] = builds.map((build) => ({
    sort: 'build' as const,
    build: build.path,
    name: folderOf(build.path) || '.',
    contents: [{ dialect: 'kubernetes' as const, objects: build.rootsIn(known.part).flatMap(readObjects) }],
  }));
  const alone = unappliedIn(builds, manifest);
  if (alone.length > 0) all.push({ sort: 'build', name: undefined, contents: alone });
  const characters = builds.reduce((sum, build) => sum + build.characters, 0);
  return {
    all,
    unassembled: problemsOf(builds, known),
    characters,
    facts: builds.flatMap((build) => factsOf(build, known.part)),
  };
}

/** The patches in a text that change nothing in any build: it is not known what they are for. */
function unappliedIn(builds: readonly DeployedBuild[], { contents }: Manifest): Content[] {
  const keyOf = ({ range, part, file }: Value) =>
    file === undefined ? `${part?.start} ${range.start} ${range.end}` : '';
  const keys = builds.map(({ unapplied }) => new Set(unapplied.map(keyOf)));
  return contents.filter((content) => {
    const root = content.dialect === 'kubernetes' ? content.objects[0]?.root : undefined;
    return root && keys.every((unapplied) => unapplied.has(keyOf(root)));
  });
}

function factsOf({ path, objects }: DeployedBuild, part: Part | undefined): Fact[] {
  return objects.flatMap(({ root }) => {
    if (!root || root.file !== undefined || root.part !== part) return [];
    return factsInBuild(path, { dialect: 'kubernetes', objects: readObjects(root) });
  });
}

function inProjects(own: string, manifest: Manifest, around: Surroundings): Deployments {
  const { known } = around;
  const alone = asItStands(manifest);
  // A file of several documents is judged by each.
  if (!mayBeInProject(manifest) || known.anywhere('source', own).length > 1) return alone;
  const { projects, withIt } = projectsOf(sourcesFor(own, manifest, known), own, around);
  const all = withIt.flatMap((one) => toDeployment(own, manifest, one) ?? []);
  const isCut = projects.some((project) => project.isCut);
  if (all.length === 0) return isCut ? { ...alone, unassembled: [TOO_LARGE] } : alone;
  const combined = withIt.filter(({ read }) => read.size > 1);
  const characters = combined.reduce((sum, one) => sum + one.characters, 0);
  return { all, unassembled: [...(isCut ? [TOO_LARGE] : []), ...problemsOf(projects, known)], characters };
}

function toDeployment(own: string, manifest: Manifest, project: DeployedProject): Deployment | undefined {
  const { files, tree, read } = project;
  const [content] = manifest.contents;
  const itself = content?.dialect === 'compose' ? content.compose : undefined;
  // A file that is combined with nothing is judged as it stands.
  const compose = read.size === 1 ? itself : tree?.root && readCompose(files[0] ?? own, tree.root);
  const name = listed(files.map(nameOf));
  return (
    compose && { sort: 'project', name, contents: [{ dialect: 'compose', compose: { ...compose, isProject: true } }] }
  );
}

const TOO_LARGE: ParseProblem = {
  message: `A Compose project of this file has more than ${MOST_FILES} files, or all have more than 1 MiB of others: it is not put together`,
  range: { start: 0, end: 0 },
  isLimit: true,
};

/** What the text was judged without, and files of which it was judged with an earlier text. */
function problemsOf(
  assembled: readonly Pick<DeployedProject, 'missing' | 'read'>[],
  known: KnownFacts,
): ParseProblem[] {
  const own = assembled.flatMap(({ missing }) => missing).filter(({ at }) => at.file === undefined);
  const missing = own.map(({ at, message }) => ({ range: at.range, message: `${message}; it was judged without it.` }));
  const stale = assembled.flatMap(({ read }) => [...read].filter((path) => isStale(path, known)));
  const earlier = stale.map((path) => ({
    range: { start: 0, end: 0 },
    message: `${path} has a syntax error; what it said before was used.`,
  }));
  const problems = [...missing, ...earlier].map((problem) => ({ ...problem, isLimit: true }));
  return [...new Map(problems.map((problem) => [`${problem.range.start} ${problem.message}`, problem])).values()];
}

function isStale(path: string, known: KnownFacts): boolean {
  return known.anywhere('source', path).some(({ file, fact }) => file !== undefined && fact.isStale);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

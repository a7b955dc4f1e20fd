import { type ChartRelease, releasesIn, releasesOf } from '../assembly/helm/releases.ts';
import { isKustomizationPath } from '../assembly/kustomize/uses.ts';
import { contains, type Range } from '../language/text.ts';
import type { Value } from '../language/yaml/value.ts';
import { type Content, type Manifest, objectsOf } from '../model/manifest.ts';
import type { Deployment, Deployments } from './deployed-contents.ts';
import type { Surroundings } from './deployed-projects.ts';
import { type DeployedRelease, deployedReleases, releasesWith } from './deployed-releases.ts';

/** The file that is linted. */
interface OwnFile {
  readonly own: string;
  readonly manifest: Manifest;
  readonly around: Surroundings;
}

/** Releases that are deployed together. */
interface ReleaseGroup {
  readonly deployment: Pick<Deployment, 'sort' | 'name'>;
  readonly releases: readonly ChartRelease[];
}

/**
 * The deployments of a text, and those of the releases of charts that are in it or have values from it. What is known of a
 * release by its chart takes the place of what its values look like.
 */
export function withReleases(written: Deployments, { own, manifest, around }: OwnFile): Deployments {
  const groups = groupsIn(written, { own, manifest, around });
  const each = groups.map((group) => ({ group, deployed: deployedReleases(group.releases, own, around) }));
  const others = releasesWith(own, manifest.text, around);
  const all = [...each.flatMap(({ deployed }) => deployed), ...others];
  if (all.length === 0) return written;
  const judged = each.flatMap(({ group, deployed }) => judgedRoots(group.releases, deployed));
  return {
    ...written,
    all: [
      ...each.flatMap(({ group, deployed }) => (deployed.length > 0 ? ofGroup(group, deployed, own) : [])),
      ...others.map(
        ({ name, contents }): Deployment => ({ sort: 'environment', name, contents, build: `release ${name}` }),
      ),
      ...written.all.map((one) => ({ ...one, contents: one.contents.map((content) => without(judged, content)) })),
    ],
    unassembled: [
      ...written.unassembled.filter(({ range }) => !isAboutCharts(range, judged)),
      ...all.flatMap(({ problems }) => problems),
    ],
    characters: written.characters + all.reduce((sum, { characters }) => sum + characters, 0),
  };
}

/** The releases in a text; where kustomizations use it, as each of them builds these. */
function groupsIn({ all }: Deployments, { own, manifest, around }: OwnFile): ReleaseGroup[] {
  const builds = all.filter(({ sort, name }) => sort === 'build' && name !== undefined);
  if (builds.length === 0 || isKustomizationPath(own)) {
    const releases = releasesIn(own, manifest.text, { part: around.known.part });
    return [{ deployment: { sort: 'environment', name: undefined }, releases }];
  }
  return builds.map((deployment) => ({ deployment, releases: objectsOf(deployment).flatMap(releasesOf) }));
}

function ofGroup({ deployment }: ReleaseGroup, deployed: readonly DeployedRelease[], own: string): Deployment {
  const { sort, name } = deployment;
  return { sort, name, contents: deployed.flatMap(({ contents }) => contents), build: `releases in ${own}` };
}

/** What is written of releases of which all was rendered. */
function judgedRoots(releases: readonly ChartRelease[], deployed: readonly DeployedRelease[]): Value[] {
  const whole = new Set(deployed.filter(({ isWhole }) => isWhole).map(({ release }) => release));
  const left = new Set(releases.filter((release) => !whole.has(release)).map(({ root }) => root.node));
  return [...whole].map(({ root }) => root).filter(({ node }) => !left.has(node));
}

/** Whether it is said of a list of charts in a kustomization that they are not built, and all of them are judged. */
function isAboutCharts({ start }: Range, judged: readonly Value[]): boolean {
  const lists = new Set(judged.flatMap(({ parent }) => (parent?.isSequence ? parent : [])));
  return [...lists].some((list) => {
    const field = list.parent?.field(String(list.key));
    const isJudged = ({ node }: Value) => judged.some((root) => root.node === node);
    return field?.range.start === start && list.items().every(isJudged);
  });
}

function without(judged: readonly Value[], content: Content): Content {
  if (judged.length === 0 || content.dialect !== 'kubernetes') return content;
  const isJudged = (root: Value) =>
    judged.some(({ file, part, range }) => file === root.file && part === root.part && contains(range, root.range));
  return { ...content, objects: content.objects.filter(({ root }) => !isJudged(root)) };
}

import { type Chart, type LoadedChart, loadChart } from '../assembly/helm/chart.ts';
import { ChartProblem } from '../assembly/helm/metadata.ts';
import { readReleaseValues, type ValuesPlaces } from '../assembly/helm/release-values.ts';
import { type ChartRelease, type ReleaseValues, releasesIn } from '../assembly/helm/releases.ts';
import { mergedValues, type RenderedChart, type RenderOptions } from '../assembly/helm/render.ts';
import { isKustomizationPath } from '../assembly/kustomize/uses.ts';
import type { Sources, SourceText } from '../assembly/sources.ts';
import type { Fact, KnownFacts } from '../facts/fact.ts';
import { configMapKey, configMapsIn } from '../facts/release-facts.ts';
import type { Dict } from '../language/go-template/data.ts';
import { folderOf } from '../language/paths.ts';
import { remembered } from '../language/remembered.ts';
import type { ParseProblem } from '../language/yaml/document.ts';
import type { Content } from '../model/manifest.ts';
import { capabilitiesFor, chartProblem, folderAt, isChartIn, renderedWith } from './chart-files.ts';
import type { Surroundings } from './deployed-projects.ts';
import { RecordedSources } from './kept-charts.ts';
import { RenderedContents } from './rendered-contents.ts';
import { sourceTexts } from './source-texts.ts';

/** A release, and the file that it is in. */
interface FoundRelease {
  readonly release: ChartRelease;
  readonly by: string;
}

/** A release as far as it has to do with a file. */
export interface DeployedRelease {
  readonly release: ChartRelease;
  /** For people: `HelmRelease web in apps/web.yaml`. */
  readonly name: string;
  readonly contents: readonly Content[];
  /** What it was judged without, in the file that is linted. */
  readonly problems: readonly ParseProblem[];
  /** Whether all that its chart has was rendered. */
  readonly isWhole: boolean;
  readonly characters: number;
}

/** Whether others are judged with what a file says of releases, or with its values. */
export function isUsedByReleases(own: string, facts: readonly Fact[], known: KnownFacts): boolean {
  const isAsked = (key: string) => known.anywhere('releaseUse', key).length > 0;
  return (
    facts.some(({ is, key }) => is === 'release' || (is === 'configMap' && isAsked(configMapKey(key)))) || isAsked(own)
  );
}

/** As many releases of one file are judged with their charts, and none more after so much text. */
const MOST_RELEASES = 20;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** The releases of a chart in other files. @param root the folder of the chart */
export function releasesOfChart(root: string, own: string, known: KnownFacts, sources: Sources): FoundRelease[] {
  const files = new Set(known.anywhere('release', root).map(({ fact }) => fact.by));
  return [...files]
    .flatMap((by) => releasesAt(by, own, known, sources))
    .filter(({ release }) => release.chart === root);
}

/** The releases in other files that have values from a file. */
export function releasesWith(own: string, text: string, { known, settings }: Surroundings): DeployedRelease[] {
  const configMaps = configMapsIn(text).map(({ name }) => configMapKey(name));
  const keys = new Set([own, ...configMaps]);
  const files = new Set([...keys].flatMap((key) => known.anywhere('releaseUse', key).map(({ fact }) => fact.by)));
  const sources = sourceTexts(own, known);
  const found = [...files].flatMap((by) => releasesAt(by, own, known, sources));
  return deployed(
    found.filter(({ release }) => uses(release, keys)),
    own,
    { known, settings },
  );
}

export function nameOfRelease({ release, by }: FoundRelease): string {
  return `${release.label} in ${by}`;
}

export function uses({ defaults, values }: ChartRelease, keys: ReadonlySet<string>): boolean {
  return [...defaults, ...values].some(
    (one) => ('file' in one && keys.has(one.file)) || ('configMap' in one && keys.has(configMapKey(one.configMap))),
  );
}

function releasesAt(by: string, own: string, known: KnownFacts, sources: Sources): FoundRelease[] {
  const source = by === own ? undefined : sources(by);
  if (!source || isPatched(by, known)) return [];
  return releasesInSource(source).map((release) => ({ release, by }));
}

const releasesInSource = remembered(({ path = '', text, file }: SourceText) => releasesIn(path, text, { file }));

/** Whether what comes out of the charts of a kustomization is changed by another one, for all that is known. */
function isPatched(path: string, known: KnownFacts): boolean {
  const isUsed = (used: string) => known.anywhere('kustomizationUse', used).length > 0;
  return isKustomizationPath(path) && (isUsed(path) || isUsed(folderOf(path)));
}

/** What the releases in the file that is linted deploy, as far as their charts are in the workspace. */
export function deployedReleases(
  releases: readonly ChartRelease[],
  own: string,
  around: Surroundings,
): DeployedRelease[] {
  if (isPatched(own, around.known)) return [];
  return deployed(
    releases.map((release) => ({ release, by: own })),
    own,
    around,
  );
}

function deployed(found: readonly FoundRelease[], own: string, { known, settings }: Surroundings): DeployedRelease[] {
  const inWorkspace = found.filter(({ release }) => isChartIn(release.chart, own, known));
  const capabilities = capabilitiesFor(settings.kubernetesVersion);
  const reading = new RenderedContents(own, sourceTexts(own, known));
  let left = MOST_CHARACTERS;
  return inWorkspace.map((one, index) => {
    const { release } = one;
    const start = release.root.range.start;
    const note = (message: string) => chartProblem(`${release.label}: ${message}`, { start, end: start });
    const none = { release, name: nameOfRelease(one), contents: [], isWhole: false, characters: 0 };
    if (index >= MOST_RELEASES || left <= 0)
      return { ...none, problems: [note('there are too many releases to judge it with its chart')] };
    const sources = new RecordedSources(sourceTexts(own, known));
    const loaded = loadChart(folderAt(release.chart, own, known, sources.read));
    const { chart, unread } = renderRelease(loaded, release, valuesPlaces(known, sources.read), { capabilities });
    const { characters } = sources;
    left -= characters;
    const messages = [...unread, ...chart.notes.map(({ message }) => message)];
    return {
      ...none,
      contents: reading.of(chart),
      problems: release.root.file === undefined ? [...messages.map(note), ...unreadIn(release)] : [],
      isWhole: chart.templates.length > 0 && chart.templates.every(({ output }) => output !== undefined),
      characters,
    };
  });
}

function unreadIn({ label, unread }: ChartRelease): ParseProblem[] {
  const here = unread.filter(({ at }) => at.file === undefined);
  return here.map(({ name, at }) => chartProblem(`${label} was judged without the values of ${name}`, at.range));
}

export function valuesPlaces(known: KnownFacts, sources: Sources): ValuesPlaces {
  return {
    sources,
    configMaps: (name, namespace) => {
      const alike = known.anywhere('configMap', name).map(({ fact }) => fact);
      const isThere = (other: string | undefined) => !other || !namespace || other === namespace;
      return [...new Set(alike.flatMap((fact) => (isThere(fact.namespace) ? fact.path : [])))];
    },
  };
}

/** A chart with the values of a release, and what was not read of these. */
export function renderRelease(
  loaded: LoadedChart,
  release: ChartRelease,
  places: ValuesPlaces,
  options: RenderOptions,
): { readonly chart: RenderedChart; readonly unread: readonly string[] } {
  const unread: string[] = [];
  const read = (values: readonly ReleaseValues[]) => values.flatMap((one) => readOr(one, places, unread) ?? []);
  const defaults = read(release.defaults);
  const withDefaults = (chart: Chart) => ({ ...chart, values: mergedValues(defaults) });
  const chart = loaded.chart && defaults.length > 0 ? withDefaults(loaded.chart) : loaded.chart;
  const values = read(release.values);
  const { name, namespace } = release;
  return {
    chart: renderedWith({ ...loaded, chart }, () => values, { ...options, release: { name, namespace } }),
    unread,
  };
}

function readOr(values: ReleaseValues, places: ValuesPlaces, unread: string[]): Dict | undefined {
  try {
    return readReleaseValues(values, places);
  } catch (error) {
    if (!(error instanceof ChartProblem)) throw error;
    unread.push(error.message);
    return undefined;
  }
}

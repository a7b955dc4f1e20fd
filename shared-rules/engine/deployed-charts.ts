import type { Capabilities } from '../assembly/helm/capabilities.ts';
import { type LoadedChart, loadChart, readValues } from '../assembly/helm/chart.ts';
import { type Environment, environmentsOf, isValuesFile } from '../assembly/helm/environments.ts';
import { ChartProblem } from '../assembly/helm/metadata.ts';
import type { RenderedChart, RenderOptions } from '../assembly/helm/render.ts';
import { CHART_FILE, deployedChartFolder, isInTemplates } from '../assembly/helm/roots.ts';
import { setKeys } from '../assembly/helm/set-values.ts';
import type { SourceText } from '../assembly/sources.ts';
import type { Dict } from '../language/go-template/data.ts';
import { relativePath, resolvePath } from '../language/paths.ts';
import type { ParseProblem } from '../language/yaml/document.ts';
import type { Content } from '../model/manifest.ts';
import { listed } from '../model/wording.ts';
import { capabilitiesFor, folderAt, isChartIn, renderedWith } from './chart-files.ts';
import { notesOfChart, notesOfTemplate } from './chart-notes.ts';
import type { Surroundings } from './deployed-projects.ts';
import { nameOfRelease, releasesOfChart, renderRelease, uses, valuesPlaces } from './deployed-releases.ts';
import { keptChart, RecordedSources } from './kept-charts.ts';
import { RenderedContents } from './rendered-contents.ts';
import type { ChartValues } from './settings.ts';
import { sourceTexts } from './source-texts.ts';

/** What a chart is with the values of an environment, as far as it has to do with a file. */
export interface RenderedEnvironment {
  /** For people, such as `values-prod.yaml`. */
  readonly name: string;
  /** The chart and the environment, as what is said of one is told from what is said of others. */
  readonly id: string;
  readonly contents: readonly Content[];
  /** Whether it is there only to tell what would be so without single values that are given. */
  readonly isComparison: boolean;
}

export interface DeployedChart {
  readonly environments: readonly RenderedEnvironment[];
  /** What is to be said of it in the file: what could not be rendered, and why. */
  readonly problems: readonly ParseProblem[];
  /** Whether the file is a template that is rendered by itself: what it prints is deployed in it. */
  readonly isTemplate: boolean;
  /** Whether the file is a template that is rendered in no environment, or a partial that none calls: nothing is known of it. */
  readonly isUnknown: boolean;
  /** The length of what was read. */
  readonly characters: number;
}

/** Values that a chart is deployed with, of an environment or a release. */
interface DeployedValues {
  readonly name: string;
  /** Whether they depend on texts of files alone. */
  readonly areInFiles: boolean;
  readonly isComparison: boolean;
  readonly render: (options: RenderOptions) => RenderedChart;
}

/** Charts with more environments than this are judged with the first ones, and so are those with more text for all of them. */
const MOST_ENVIRONMENTS = 20;
const MOST_CHARACTERS = 4 * 1024 * 1024;

const TOO_MUCH_PRINTED: ParseProblem = {
  range: { start: 0, end: 0 },
  message: 'More than 4 MiB are printed of what is written here, in all environments: what is beyond is not judged',
  isLimit: true,
};

/** A chart as it is read around one of its files. */
export interface ReadChart {
  /** Its folder. */
  readonly root: string;
  /** The path of the file in the chart. */
  readonly path: string;
  /** Whether the file is a template that is rendered by itself: of partials and values files others print something. */
  readonly isTemplate: boolean;
  readonly loaded: LoadedChart;
  readonly sources: RecordedSources;
  /** Those whose values the file has; of any other file all, of a large chart the first ones. */
  readonly environments: readonly Environment[];
  /** Whether somebody said which values it is deployed with: then the second one is without the single values. */
  readonly areGiven: boolean;
  /** How many there are, those that are not rendered among them. */
  readonly environmentCount: number;
  /** The values of its files, the last ones above the others. @throws ChartProblem */
  readonly valuesOf: (environment: Environment) => Dict[];
  /** Never throws. */
  readonly render: (environment: Environment, isWanted?: RenderOptions['isWanted']) => RenderedChart;
  readonly capabilities: Capabilities;
}

/** The chart that a file belongs to; undefined where it belongs to none. */
export function readChart(own: string, { known, settings }: Surroundings): ReadChart | undefined {
  const { chartValues } = settings;
  const root = chartValues?.files.includes(own)
    ? chartValues.chart
    : deployedChartFolder(own, (folder) => isChartIn(folder, own, known));
  if (root === undefined) return undefined;
  const sources = new RecordedSources(sourceTexts(own, known));
  const folder = folderAt(root, own, known, sources.read);
  const path = relativePath(root, own);
  const loaded = loadChart(folder);
  const capabilities = capabilitiesFor(settings.kubernetesVersion);
  const valuesOf = ({ files }: Environment) =>
    files.map((file) => {
      const source = folder.read(file);
      if (!source) throw new ChartProblem(`cannot load ${file}: it was not read`);
      return readValues(file, source);
    });
  const given = chartValues?.chart === root ? chartValues : undefined;
  const all = given ? environmentsOfValues(given, own) : environmentsFor(path, folder.paths);
  const most = given ? all.length : mostEnvironments(sources.characters);
  return {
    root,
    path,
    isTemplate: isRenderedItself(path),
    loaded,
    sources,
    environments: all.slice(0, most),
    areGiven: given !== undefined,
    environmentCount: all.length,
    valuesOf,
    render: (environment, isWanted) =>
      renderedWith(loaded, () => valuesOf(environment), { capabilities, isWanted, sets: environment.sets }),
    capabilities,
  };
}

/** The chart that a file belongs to, with the values of each environment; undefined where it belongs to none. */
export function chartOf(own: string, around: Surroundings): DeployedChart | undefined {
  const chart = readChart(own, around);
  if (!chart) return undefined;
  const { root, path, isTemplate, loaded, sources, environments, environmentCount, areGiven, capabilities } = chart;
  const render = ({ name, areInFiles, render }: DeployedValues, index: number) => {
    if (isTemplate) return render({ capabilities, isWanted: isItself });
    const whole = () => render({ capabilities });
    // Values know the file that they are in, which has no name while it is linted itself.
    if (!isInTemplates(path) || !areInFiles) return whole();
    return keptChart([root, capabilities.kubeVersion, name, index].join('\n'), sources, whole);
  };
  const ofFiles = environments.map(
    (environment, index): DeployedValues => ({
      name: environmentName(environment),
      areInFiles: true,
      isComparison: areGiven && index > 0,
      render: ({ isWanted }) => chart.render(environment, isWanted),
    }),
  );
  const ofReleases = areGiven ? [] : valuesOfReleases(own, chart, around);
  const judged = [...ofFiles, ...ofReleases].slice(0, areGiven ? undefined : mostEnvironments(sources.characters));
  const rendered = judged.map((values, index) => ({
    name: values.name,
    chart: render(values, index),
    isComparison: values.isComparison,
  }));
  const deployed = rendered.filter(({ isComparison }) => !isComparison);
  const reading = new RenderedContents(own, sources.read);
  const read = rendered.map(({ name, chart, isComparison }) => ({
    name,
    id: `${root} ${name}`,
    contents: reading.of(chart),
    isComparison,
  }));
  return {
    environments: read,
    isTemplate,
    problems: [
      ...(reading.isCut ? [TOO_MUCH_PRINTED] : []),
      ...(isInTemplates(path)
        ? notesOfTemplate(deployed, isTemplate)
        : path === CHART_FILE
          ? [
              ...notesOfChart(loaded.notes, deployed, sources.read(own)),
              ...leftOut(environmentCount, environments.length),
            ]
          : []),
    ],
    isUnknown: isInTemplates(path) && rendered.every(({ chart }) => !(isTemplate ? hasOutput : isCalled)(chart, own)),
    characters: sources.characters,
  };
}

/** The releases of a chart that have to do with a file of it. */
function valuesOfReleases(own: string, { root, path, loaded, sources }: ReadChart, { known }: Surroundings) {
  const places = valuesPlaces(known, sources.read);
  return releasesOfChart(root, own, known, sources.read)
    .filter(({ release }) => !isOfOneEnvironment(path) || uses(release, new Set([own])))
    .map((found): DeployedValues => {
      const { release } = found;
      return {
        name: nameOfRelease(found),
        areInFiles: !release.values.some((one) => 'configMap' in one),
        isComparison: false,
        render: (options) => renderRelease(loaded, release, places, options).chart,
      };
    });
}

function hasOutput({ templates }: RenderedChart): boolean {
  return templates.some(({ output }) => output !== undefined);
}

/** Whether some template includes a definition of a file. */
function isCalled({ templates, sourceOf }: RenderedChart, own: string): boolean {
  return templates.some(({ reads }) => [...reads.templates].some((file) => sourceOf(file)?.path === own));
}

/** Whether a template is the file that is linted. */
export function isItself({ source }: { readonly source: SourceText }): boolean {
  return source.file === undefined;
}

/** What an environment is called for people. */
export function environmentName({ files, sets = [] }: Environment): string {
  if (sets.length > 0) return `--set ${listed(sets.flatMap(setKeys))}`;
  return files.length > 0 ? files.join(' and ') : 'the default values';
}

/**
 * What a chart is deployed with where somebody says it: first with all that is given, then without the single values, to tell
 * what comes of these.
 */
function environmentsOfValues({ chart, files, sets }: ChartValues, own: string): Environment[] {
  const isLeftOut = isValuesFile(relativePath(chart, own)) && own !== resolvePath(chart, 'values.yaml');
  if (isLeftOut && !files.includes(own)) return [];
  const given = { name: '', files: files.map((file) => relativePath(chart, file)) };
  return sets.length > 0 ? [{ ...given, sets }, given] : [given];
}

/** Whether something is printed of a file by itself: of partials and values files others print something. */
function isRenderedItself(path: string): boolean {
  return isInTemplates(path) && !/(?:^|\/)_[^/]*$/.test(path);
}

/** The environments whose values a file has; of any other file of the chart all. */
function environmentsFor(path: string, paths: readonly string[]): Environment[] {
  const all = environmentsOf(paths);
  return isOfOneEnvironment(path) ? all.filter(({ files }) => files.includes(path)) : all;
}

/** Whether a file has values that not every environment has. */
function isOfOneEnvironment(path: string): boolean {
  return path !== 'values.yaml' && isValuesFile(path);
}

/** @param characters how long the files of the chart are */
function mostEnvironments(characters: number): number {
  const most = Math.floor(MOST_CHARACTERS / Math.max(1, characters));
  return Math.min(MOST_ENVIRONMENTS, Math.max(1, most));
}

function leftOut(all: number, judged: number): ParseProblem[] {
  if (all === judged) return [];
  const reason = judged === MOST_ENVIRONMENTS ? '' : ', since the chart is large';
  const message = `The chart has ${all} environments: its templates are judged with the first ${judged} of them${reason}`;
  return [{ range: { start: 0, end: 0 }, message, isLimit: true }];
}

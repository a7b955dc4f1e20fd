import { loadChart, readValues } from '../assembly/helm/chart.ts';
import { type Environment, environmentsOf, isValuesFile } from '../assembly/helm/environments.ts';
import type { RenderedChart, RenderOptions } from '../assembly/helm/render.ts';
import { CHART_FILE, deployedChartFolder } from '../assembly/helm/roots.ts';
import type { ChartFolder } from '../assembly/helm/sources.ts';
import type { SourceText } from '../assembly/sources.ts';
import type { Dict } from '../language/go-template/data.ts';
import type { ParseProblem } from '../language/yaml/document.ts';
import type { Content } from '../model/manifest.ts';
import { listed } from '../model/wording.ts';
import { capabilitiesFor, chartProblem, folderAt, isChartIn, pathIn, renderedWith } from './chart-files.ts';
import type { Surroundings } from './deployed-projects.ts';
import { nameOfRelease, releasesOfChart, renderRelease, uses, valuesPlaces } from './deployed-releases.ts';
import { keptChart, RecordedSources } from './kept-charts.ts';
import { RenderedContents } from './rendered-contents.ts';
import { sourceTexts } from './source-texts.ts';

/** What a chart is with the values of an environment, as far as it has to do with a file. */
export interface RenderedEnvironment {
  /** For people, such as `values-prod.yaml`. */
  readonly name: string;
  /** The chart and the environment, as what is said of one is told from what is said of others. */
  readonly id: string;
  readonly contents: readonly Content[];
}

export interface DeployedChart {
  readonly environments: readonly RenderedEnvironment[];
  /** What could not be rendered, at the file's beginning. */
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
  readonly render: (options: RenderOptions) => RenderedChart;
}

/** Charts with more environments than this are judged with the first ones, and so are those with more text for all of them. */
const MOST_ENVIRONMENTS = 20;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** The chart that a file belongs to, with the values of each environment; undefined where it belongs to none. */
export function chartOf(own: string, { known, settings }: Surroundings): DeployedChart | undefined {
  const root = deployedChartFolder(own, (folder) => isChartIn(folder, own, known));
  if (root === undefined) return undefined;
  const sources = new RecordedSources(sourceTexts(own, known));
  const folder = folderAt(root, known, sources.read);
  const path = pathIn(root, own) as string;
  const loaded = loadChart(folder);
  const capabilities = capabilitiesFor(settings.kubernetesVersion);
  const isTemplate = isRenderedItself(path);
  const render = ({ name, areInFiles, render }: DeployedValues, index: number) => {
    if (isTemplate) return render({ capabilities, isWanted: isItself });
    const whole = () => render({ capabilities });
    // Values know the file that they are in, which has no name while it is linted itself.
    if (!isInTemplates(path) || !areInFiles) return whole();
    return keptChart([root, capabilities.kubeVersion, name, index].join('\n'), sources, whole);
  };
  const environments = environmentsFor(path, folder.paths).map(
    (environment): DeployedValues => ({
      name: nameOf(environment),
      areInFiles: true,
      render: (options) => renderedWith(loaded, () => valuesOf(environment, folder), options),
    }),
  );
  const releases = releasesOfChart(root, own, known, sources.read)
    .filter(({ release }) => !isOfOneEnvironment(path) || uses(release, new Set([own])))
    .map((found): DeployedValues => {
      const places = valuesPlaces(known, sources.read);
      const { release } = found;
      return {
        name: nameOfRelease(found),
        areInFiles: !release.values.some((one) => 'configMap' in one),
        render: (options) => renderRelease(loaded, release, places, options).chart,
      };
    });
  const judged = [...environments, ...releases].slice(0, mostEnvironments(sources.characters));
  const rendered = judged.map((values, index) => ({ name: values.name, chart: render(values, index) }));
  const reading = new RenderedContents(own, sources.read);
  return {
    environments: rendered.map(({ name, chart }) => ({ name, id: `${root} ${name}`, contents: reading.of(chart) })),
    isTemplate,
    problems: [
      ...(path === CHART_FILE ? problemsOf(loaded.notes.map(({ message }) => message)) : []),
      ...(isTemplate ? problemsOf(messagesOf(rendered)) : []),
    ],
    isUnknown: isInTemplates(path) && rendered.every(({ chart }) => !(isTemplate ? hasOutput : isCalled)(chart, own)),
    characters: sources.characters,
  };
}

function hasOutput({ templates }: RenderedChart): boolean {
  return templates.some(({ output }) => output !== undefined);
}

/** Whether some template includes a definition of a file. */
function isCalled({ templates, sourceOf }: RenderedChart, own: string): boolean {
  return templates.some(({ reads }) => [...reads.templates].some((file) => sourceOf(file)?.path === own));
}

function isItself({ source }: { readonly source: SourceText }): boolean {
  return source.file === undefined;
}

function nameOf({ files }: Environment): string {
  return files.length > 0 ? files.join(' and ') : 'the default values';
}

/** Whether something is printed of a file by itself: of partials and values files others print something. */
function isRenderedItself(path: string): boolean {
  return isInTemplates(path) && !/(?:^|\/)_[^/]*$/.test(path);
}

function isInTemplates(path: string): boolean {
  return /(?:^|\/)templates\//.test(path);
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

function valuesOf({ files }: Environment, folder: ChartFolder): Dict[] {
  return files.flatMap((file) => {
    const source = folder.read(file);
    return source ? readValues(file, source) : [];
  });
}

/** What is said of a chart in its environments, each once. */
function messagesOf(rendered: readonly { readonly name: string; readonly chart: RenderedChart }[]): string[] {
  const names = new Map<string, string[]>();
  for (const { name, chart } of rendered)
    for (const { message } of chart.notes) names.set(message, [...(names.get(message) ?? []), name]);
  return [...names].map(([message, among]) =>
    among.length === rendered.length ? message : `with ${listed(among)}: ${message}`,
  );
}

function problemsOf(messages: readonly string[]): ParseProblem[] {
  return messages.map((message) => chartProblem(message, { start: 0, end: 0 }));
}

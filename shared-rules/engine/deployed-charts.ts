import { DEFAULT_CAPABILITIES } from '../assembly/helm/capabilities.ts';
import { type LoadedChart, loadChart, readValues } from '../assembly/helm/chart.ts';
import { type Environment, environmentsOf, isValuesFile } from '../assembly/helm/environments.ts';
import { ChartProblem } from '../assembly/helm/metadata.ts';
import { type RenderedChart, renderChart } from '../assembly/helm/render.ts';
import { CHART_FILE, chartFileIn, chartFolders, deployedChartFolder, isInTemplates } from '../assembly/helm/roots.ts';
import type { ChartFolder } from '../assembly/helm/sources.ts';
import type { Sources, SourceText } from '../assembly/sources.ts';
import type { KnownFacts } from '../facts/fact.ts';
import { resolvePath } from '../language/paths.ts';
import type { ParseProblem } from '../language/yaml/document.ts';
import type { Content } from '../model/manifest.ts';
import { listed } from '../model/wording.ts';
import type { Surroundings } from './deployed-projects.ts';
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

/** Charts with more environments than this are judged with the first ones, and so are those with more text for all of them. */
const MOST_ENVIRONMENTS = 20;
const MOST_CHARACTERS = 4 * 1024 * 1024;

const TOO_MUCH_PRINTED =
  'More than 4 MiB are printed of what is written here, in all environments: what is beyond is not judged';

/** Whether a file belongs to a chart. */
export function isUsedByCharts(own: string, known: KnownFacts): boolean {
  return chartFolders(own).some((folder) => isChartIn(folder, own, known));
}

function isChartIn(folder: string, own: string, known: KnownFacts): boolean {
  const file = chartFileIn(folder);
  return file === own || known.anywhere('source', file).length > 0;
}

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
  const render = (environment: Environment) => {
    if (isTemplate) return renderedWith(loaded, environment, folder, { capabilities, isWanted: isItself });
    const whole = () => renderedWith(loaded, environment, folder, { capabilities });
    // Values know the file that they are in, which has no name while it is linted itself.
    if (!isInTemplates(path)) return whole();
    return keptChart([root, capabilities.kubeVersion, ...environment.files].join('\n'), sources, whole);
  };
  const environments = environmentsFor(path, folder.paths, sources.characters);
  const rendered = environments.map((environment) => ({ name: nameOf(environment), chart: render(environment) }));
  const reading = new RenderedContents(own, sources.read);
  const read = rendered.map(({ name, chart }) => ({ name, id: `${root} ${name}`, contents: reading.of(chart) }));
  return {
    environments: read,
    isTemplate,
    problems: [
      ...(reading.isCut ? problemsOf([TOO_MUCH_PRINTED]) : []),
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

/**
 * The environments whose values a file has; of any other file of the chart all, of a large chart the first ones.
 * @param characters how long the files of the chart are
 */
function environmentsFor(path: string, paths: readonly string[], characters: number): Environment[] {
  const all = environmentsOf(paths);
  if (path !== 'values.yaml' && isValuesFile(path)) return all.filter(({ files }) => files.includes(path));
  const most = Math.floor(MOST_CHARACTERS / Math.max(1, characters));
  return all.slice(0, Math.min(MOST_ENVIRONMENTS, Math.max(1, most)));
}

function capabilitiesFor(version: string | undefined) {
  return version === undefined ? DEFAULT_CAPABILITIES : { ...DEFAULT_CAPABILITIES, kubeVersion: `v${version}.0` };
}

const NOTHING: RenderedChart = { templates: [], notes: [], sourceOf: () => undefined };

function renderedWith(
  { chart }: LoadedChart,
  { files }: Environment,
  folder: ChartFolder,
  options: Parameters<typeof renderChart>[2],
): RenderedChart {
  if (!chart) return NOTHING;
  try {
    const values = files.flatMap((file) => {
      const source = folder.read(file);
      return source ? readValues(file, source) : [];
    });
    return renderChart(chart, values, options);
  } catch (error) {
    if (!(error instanceof ChartProblem)) throw error;
    return { ...NOTHING, notes: [{ kind: 'unreadable', message: error.message }] };
  }
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
  const range = { start: 0, end: 0 };
  return messages.map((message) => ({ range, message: message.replaceAll(/\s*\n\s*/g, ' '), isLimit: true }));
}

/** The files of a chart that are known. */
function folderAt(root: string, known: KnownFacts, sources: Sources): ChartFolder {
  const files = known.anywhere('chartFile', root).map(({ fact }) => fact.path);
  return {
    paths: [...new Set(files)].flatMap((file) => pathIn(root, file) ?? []).sort(),
    read: (path) => sources(resolvePath(root, path)),
    folder: (path) => folderAt(resolvePath(root, path), known, sources),
  };
}

function pathIn(root: string, file: string): string | undefined {
  if (root === '') return file;
  return file.startsWith(`${root}/`) ? file.slice(root.length + 1) : undefined;
}

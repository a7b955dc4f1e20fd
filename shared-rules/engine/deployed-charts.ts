import { DEFAULT_CAPABILITIES } from '../assembly/helm/capabilities.ts';
import { type LoadedChart, loadChart, readValues } from '../assembly/helm/chart.ts';
import { type Environment, environmentsOf, isValuesFile } from '../assembly/helm/environments.ts';
import { ChartProblem } from '../assembly/helm/metadata.ts';
import { type RenderedChart, renderChart } from '../assembly/helm/render.ts';
import { readRendered } from '../assembly/helm/rendered.ts';
import { chartFileIn, chartFolders, deployedChartFolder } from '../assembly/helm/roots.ts';
import type { ChartFolder } from '../assembly/helm/sources.ts';
import type { Sources, SourceText } from '../assembly/sources.ts';
import type { KnownFacts } from '../facts/fact.ts';
import { resolvePath } from '../language/paths.ts';
import type { ParseProblem, YamlDocument } from '../language/yaml/document.ts';
import { readObjects } from '../model/kubernetes/objects.ts';
import type { Content } from '../model/manifest.ts';
import type { Surroundings } from './deployed-projects.ts';
import { sourceTexts } from './source-texts.ts';
import { mayConcern } from './views.ts';

/** What a chart is with the values of an environment, as far as it has to do with a file. */
export interface RenderedEnvironment {
  /** For people, such as `values-prod.yaml`. */
  readonly name: string;
  readonly contents: readonly Content[];
}

export interface DeployedChart {
  readonly environments: readonly RenderedEnvironment[];
  /** What could not be rendered, at the file's beginning. */
  readonly problems: readonly ParseProblem[];
  /** Whether the file is a template that is rendered in no environment, so that nothing is known of it. */
  readonly isUnknown: boolean;
  /** The length of what was read. */
  readonly characters: number;
}

/** Charts with more environments than this are judged with the first ones. */
const MOST_ENVIRONMENTS = 20;

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
  const sources = countingSources(sourceTexts(own, known));
  const folder = folderAt(root, known, sources.read);
  const loaded = loadChart(folder);
  const path = pathIn(root, own) as string;
  const isTemplate = isRenderedItself(path);
  const environments = environmentsFor(path, folder.paths);
  const options = {
    capabilities: capabilitiesFor(settings.kubernetesVersion),
    ...(isTemplate && { isWanted: ({ source }: { readonly source: SourceText }) => source.file === undefined }),
  };
  const rendered = environments.map((environment) => ({
    name: environment.files.length > 0 ? environment.files.join(' and ') : 'the default values',
    chart: renderedWith(loaded, environment, folder, options),
  }));
  const outputs = rendered.flatMap(({ chart }) => chart.templates.filter(({ output }) => output !== undefined));
  return {
    environments: rendered.map(({ name, chart }) => ({ name, contents: contentsOf(chart) })),
    problems: isTemplate || path === 'Chart.yaml' ? problemsOf(loaded, rendered) : [],
    isUnknown: isTemplate && outputs.length === 0,
    characters: sources.characters(),
  };
}

/** Whether something is printed of a file by itself: of partials and values files others print something. */
function isRenderedItself(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /(?:^|\/)templates\//.test(path) && !name.startsWith('_');
}

/** Those whose values a file has; of any other file of the chart all. */
function environmentsFor(path: string, paths: readonly string[]): Environment[] {
  const all = environmentsOf(paths).slice(0, MOST_ENVIRONMENTS);
  if (path === 'values.yaml' || !isValuesFile(path)) return all;
  return all.filter(({ files }) => files.includes(path));
}

function capabilitiesFor(version: string | undefined) {
  return version === undefined ? DEFAULT_CAPABILITIES : { ...DEFAULT_CAPABILITIES, kubeVersion: `v${version}.0` };
}

const NOTHING: RenderedChart = { templates: [], notes: [], workspaceFile: () => undefined };

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

function contentsOf({ templates, workspaceFile }: RenderedChart): Content[] {
  const documents = templates.flatMap(({ output }) =>
    output && mayConcern(output.text) ? readRendered(output, workspaceFile, mayConcern).documents : [],
  );
  return documents.flatMap(({ root }) =>
    root?.field('apiVersion') && root.field('kind') ? { dialect: 'kubernetes', objects: readObjects(root) } : [],
  );
}

/** What is said of a chart, each once. */
function problemsOf(
  { notes }: LoadedChart,
  rendered: readonly { readonly name: string; readonly chart: RenderedChart }[],
): ParseProblem[] {
  const messages = new Map<string, string[]>();
  for (const { name, chart } of rendered)
    for (const { message } of chart.notes) messages.set(message, [...(messages.get(message) ?? []), name]);
  const all = [...messages].map(([message, names]) =>
    names.length === rendered.length ? message : `With ${names.join(', ')}: ${message}`,
  );
  return [...notes.map(({ message }) => message), ...all].map((message) => ({
    range: { start: 0, end: 0 },
    message,
    isLimit: true,
  }));
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

/** Counts how much is read, of each file once. */
function countingSources(sources: Sources) {
  const lengths = new Map<string, number>();
  const read: Sources = (path) => {
    const source = sources(path);
    lengths.set(path, source?.text.length ?? 0);
    return source;
  };
  return { read, characters: () => [...lengths.values()].reduce((sum, length) => sum + length, 0) };
}

/** The documents that are rendered of a template in each environment. */
export function renderedDocuments({ environments }: DeployedChart): YamlDocument[][] {
  return environments.map(({ contents }) =>
    contents.flatMap((content) =>
      content.dialect === 'kubernetes' ? content.objects.flatMap(({ root }) => (root.parent ? [] : root.tree)) : [],
    ),
  );
}

import { DEFAULT_CAPABILITIES } from '../assembly/helm/capabilities.ts';
import type { LoadedChart } from '../assembly/helm/chart.ts';
import { ChartProblem } from '../assembly/helm/metadata.ts';
import { type RenderedChart, renderChart } from '../assembly/helm/render.ts';
import { chartFileIn, chartFolders } from '../assembly/helm/roots.ts';
import type { ChartFolder } from '../assembly/helm/sources.ts';
import type { Sources } from '../assembly/sources.ts';
import type { KnownFacts } from '../facts/fact.ts';
import type { Dict } from '../language/go-template/data.ts';
import { resolvePath } from '../language/paths.ts';
import type { Range } from '../language/text.ts';
import type { ParseProblem } from '../language/yaml/document.ts';
import type { Surroundings } from './deployed-projects.ts';

/** Whether a file belongs to a chart. */
export function isUsedByCharts(own: string, { known, settings }: Surroundings): boolean {
  if (settings.chartValues?.files.includes(own)) return true;
  return chartFolders(own).some((folder) => isChartIn(folder, own, known));
}

/** @param own the file that is linted */
export function isChartIn(folder: string, own: string, known: KnownFacts): boolean {
  const file = chartFileIn(folder);
  return file === own || known.anywhere('source', file).length > 0;
}

/** The files of a chart that are known, with the one that it is read around. */
export function folderAt(root: string, own: string, known: KnownFacts, sources: Sources): ChartFolder {
  const files = known.anywhere('chartFile', root).map(({ fact }) => fact.path);
  return {
    paths: [...new Set([...files, own])].flatMap((file) => pathIn(root, file) ?? []).sort(),
    read: (path) => sources(resolvePath(root, path)),
    folder: (path) => folderAt(resolvePath(root, path), own, known, sources),
    unpack: (path) => unpacked(resolvePath(root, path), own, { root, known, sources }),
  };
}

/** What is in a packed chart. @param path that of the package */
function unpacked(
  path: string,
  own: string,
  { root, known, sources }: { readonly root: string; readonly known: KnownFacts; readonly sources: Sources },
): ReturnType<NonNullable<ChartFolder['unpack']>> {
  const refused = known.anywhere('chartFile', root).find(({ fact }) => fact.path === path)?.fact.refused;
  return refused === undefined ? folderAt(path, own, known, sources) : { refused };
}

/** The path of a file in a chart; undefined for one that is not in it. */
export function pathIn(root: string, file: string): string | undefined {
  if (root === '') return file;
  return file.startsWith(`${root}/`) ? file.slice(root.length + 1) : undefined;
}

/** @param version such as `1.30`; the default for none */
export function capabilitiesFor(version: string | undefined) {
  return version === undefined ? DEFAULT_CAPABILITIES : { ...DEFAULT_CAPABILITIES, kubeVersion: `v${version}.0` };
}

const NOTHING: RenderedChart = { templates: [], notes: [], sourceOf: () => undefined };

/** @param values what is laid over the values of the chart; may throw a ChartProblem */
export function renderedWith(
  { chart }: LoadedChart,
  values: () => readonly Dict[],
  options: Parameters<typeof renderChart>[2],
): RenderedChart {
  if (!chart) return NOTHING;
  try {
    return renderChart(chart, values(), options);
  } catch (error) {
    if (!(error instanceof ChartProblem)) throw error;
    return { ...NOTHING, notes: [{ kind: 'unreadable', message: error.message }] };
  }
}

/** What a chart was judged without, in one line. */
export function chartProblem(message: string, range: Range): ParseProblem {
  const lines = message.split('\n').map((line) => line.trim());
  return { range, message: lines.filter((line) => line !== '').join(' '), isLimit: true };
}

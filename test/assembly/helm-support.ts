import { DEFAULT_CAPABILITIES } from '../../shared-rules/assembly/helm/capabilities.ts';
import { loadChart, readValues } from '../../shared-rules/assembly/helm/chart.ts';
import { type RenderedChart, renderChart } from '../../shared-rules/assembly/helm/render.ts';
import type { ChartFolder } from '../../shared-rules/assembly/helm/sources.ts';

export type Files = Readonly<Record<string, string>>;

/** The capabilities of Helm's packages without a version that is set when Helm is built. */
const CAPABILITIES = { ...DEFAULT_CAPABILITIES, kubeVersion: 'v1.20.0', helmVersion: 'v3.20' };

/** A folder of texts in memory. */
export function folderOf(files: Files, folders: Readonly<Record<string, Files>> = {}): ChartFolder {
  return {
    paths: Object.keys(files),
    read: (path) => (files[path] === undefined ? undefined : { text: files[path], file: path }),
    folder: (path) => folders[path] && folderOf(folders[path]),
    unpack: (path) => folders[path] && folderOf(folders[path]),
  };
}

/** Renders a chart with some of its values files. Undefined where it cannot be loaded; the notes say why. */
export function render(
  folder: ChartFolder,
  values: readonly string[] = [],
): Partial<RenderedChart> & { said: string[] } {
  const { chart, notes } = loadChart(folder);
  const given = values.map((path) => readValues(path, folder.read(path)!));
  const rendered = chart && renderChart(chart, given, { capabilities: CAPABILITIES });
  return { ...rendered, said: [...notes, ...(rendered?.notes ?? [])].map(({ message }) => message) };
}

/** What one template in a chart prints, with UNKNOWN_CHARACTER for what is not known, or why it cannot be rendered. */
export function printed(template: string, values = ''): string {
  const files = { 'Chart.yaml': 'name: chart\nversion: 1.0.0', 'values.yaml': values, 'templates/t.yaml': template };
  const [rendered] = render(folderOf(files)).templates ?? [];
  return rendered?.output?.text ?? `error: ${rendered?.error?.message}`;
}

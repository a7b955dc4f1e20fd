import { folderOf, resolvePath } from '../../language/paths.ts';
import { isValuesFile } from './environments.ts';

/** What makes a folder a chart. */
export const CHART_FILE = 'Chart.yaml';
const OWN_FILES = [CHART_FILE, 'requirements.yaml', '.helmignore'];

/**
 * The folders that a file belongs to if they are charts: by a folder `templates`, or as one of the files of a chart with
 * values or data about it; and charts that have such a one in `charts/`. @param path with forward slashes
 */
export function chartFolders(path: string): string[] {
  const names = path.split('/');
  const found = new Set<string>();
  for (const [index, name] of names.entries()) {
    const folder = names.slice(0, index).join('/');
    const below = names.slice(index).join('/');
    const isTemplate = name === 'templates' && index < names.length - 1;
    if (isTemplate || OWN_FILES.includes(below) || isValuesFile(below)) found.add(folder);
  }
  for (const folder of found) {
    const parent = parentChart(folder);
    if (parent !== undefined) found.add(parent);
  }
  return [...found];
}

/** Whether a file is a template if it belongs to a chart. @param path with forward slashes */
export function isInTemplates(path: string): boolean {
  return !path.startsWith('../') && /(?:^|\/)templates\//.test(path);
}

/** Whether a file may be rendered with a chart, or has values or data of it, by its path below the chart. */
export function mayBeOfChart(path: string): boolean {
  return chartFolders(path).length > 0 && !path.endsWith('.txt');
}

/** The folder of the chart that another one would be a subchart of, by where it lies. */
export function parentChart(folder: string): string | undefined {
  const charts = folderOf(folder);
  if (charts === 'charts') return '';
  return charts.endsWith('/charts') ? charts.slice(0, -'/charts'.length) : undefined;
}

/**
 * The chart that a file is deployed with, by its folder: the outermost one.
 * @param isChart whether there is a chart in a folder
 */
export function deployedChartFolder(path: string, isChart: (folder: string) => boolean): string | undefined {
  let folder = chartFolders(path).find(isChart);
  for (;;) {
    const parent = folder === undefined ? undefined : parentChart(folder);
    if (parent === undefined || !isChart(parent)) return folder;
    folder = parent;
  }
}

export function chartFileIn(folder: string): string {
  return resolvePath(folder, CHART_FILE);
}

/** The subcharts that a file of a chart belongs to, the outermost first, by their folders. */
export function subchartNames(path: string): string[] {
  const names = path.split('/');
  const found: string[] = [];
  while (names.length > 2 && names[0] === 'charts') found.push(...names.splice(0, 2).slice(1));
  return found;
}

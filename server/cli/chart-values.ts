import { relative } from 'node:path';
import { folderOf, parentChart, slashedPath } from '../../shared-rules/index.ts';
import { UsageError } from './exit-status.ts';
import type { Input } from './inputs.ts';
import type { RunSettings } from './run-settings.ts';

/** The values that a chart is deployed with, in the place of its own values files. */
export interface ChartValuesOptions {
  /** Values files, the last one above the others. */
  readonly values?: readonly string[];
  /** Single values such as `a.b=c,d[0]=e`, over those of the files. */
  readonly set?: readonly string[];
  /** The same, whose values are strings. */
  readonly setString?: readonly string[];
}

/**
 * The settings of a run in which values are given for a chart.
 * @param inputs what is read, the values files among it
 * @throws UsageError where they are for no chart, or for one of several
 */
export function withChartValues(
  run: RunSettings,
  inputs: readonly Pick<Input, 'name'>[],
  { values: files = [], set = [], setString = [] }: ChartValuesOptions,
): RunSettings {
  if (files.length + set.length + setString.length === 0) return run;
  const pathOf = (name: string) => slashedPath(relative(run.root, name));
  const chart = onlyChart(inputs.map(({ name }) => pathOf(name)));
  const sets = [
    ...set.map((text) => ({ text, isString: false })),
    ...setString.map((text) => ({ text, isString: true })),
  ];
  return { ...run, lint: { ...run.lint, chartValues: { chart, files: files.map(pathOf), sets } } };
}

function onlyChart(paths: readonly string[]): string {
  const folders = new Set(paths.filter((path) => /(?:^|\/)Chart\.yaml$/.test(path)).map(folderOf));
  const charts = [...folders].filter((folder) => !isWithParent(folder, folders));
  const [chart, ...others] = charts;
  if (chart === undefined)
    throw new UsageError('--values and --set are for a chart, and none is among the paths. Name its folder.');
  if (others.length > 0)
    throw new UsageError(
      `--values and --set are for one chart, and there are ${charts.length} among the paths, such as ${chart || '.'} and ${others[0]}. Name one.`,
    );
  return chart;
}

/** Whether a chart is deployed with another one. */
function isWithParent(folder: string, charts: ReadonlySet<string>): boolean {
  const parent = parentChart(folder);
  return parent !== undefined && charts.has(parent);
}

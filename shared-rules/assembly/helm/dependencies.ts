import { type Dict, dict, put } from '../../language/go-template/data.ts';
import type { Chart } from './chart.ts';
import { FREE } from './functions/deep-equal.ts';
import { deepCopy } from './functions/dicts.ts';
import { ChartProblem, type Dependency } from './metadata.ts';
import { satisfies, VersionError } from './semver.ts';
import { type Composed, coalesceTables, coalesceValues, tableAt, valueAt } from './values.ts';

/** A chart as it is deployed with some values. */
export interface DeployedChart extends Composed {
  readonly chart: Chart;
  dependencies: DeployedChart[];
  /** Those that are switched on, by their aliases. */
  declared: readonly Dependency[];
}

/**
 * The subcharts that a chart has for some values, and its values with those that it imports from them: `dependencies.go` of
 * helm.sh/helm/v3/pkg/chartutil.
 * @throws ChartProblem
 */
export function deployedChart(chart: Chart, given: Dict): DeployedChart {
  const counter = { count: 0 };
  const root = deployed(chart, chart.metadata.name, counter);
  enable(root, given, '', counter);
  importValues(root);
  return root;
}

/** With aliases a chart may be there any number of times. */
const MAX_CHARTS = 1000;

interface Counter {
  count: number;
}

function deployed(chart: Chart, name: string, counter: Counter): DeployedChart {
  if (++counter.count > MAX_CHARTS) throw new ChartProblem('too many subcharts');
  const dependencies = chart.subcharts.map((subchart) => deployed(subchart, subchart.metadata.name, counter));
  return { name, chart, values: chart.values, dependencies, declared: chart.metadata.dependencies };
}

function isCompatible(constraint: string, version: string): boolean {
  try {
    return satisfies(constraint, version);
  } catch (error) {
    if (error instanceof VersionError) return false;
    throw error;
  }
}

function isWanted(one: DeployedChart, { name, version }: Dependency): boolean {
  return one.name === name && isCompatible(version, one.chart.metadata.version);
}

/** Gives subcharts their aliases and takes those out that conditions and tags switch off. */
function enable(chart: DeployedChart, given: Dict, path: string, counter: Counter): void {
  const { declared } = chart;
  if (declared.length === 0) return;
  const undeclared = chart.dependencies.filter((one) => !declared.some((wanted) => isWanted(one, wanted)));
  const wanted = declared.flatMap((dependency) => {
    const found = chart.dependencies.find((one) => isWanted(one, dependency));
    // The same chart may be there under several aliases.
    return found ? deployed(found.chart, dependency.alias || found.name, counter) : [];
  });
  chart.dependencies = [...undeclared, ...wanted];
  const named = declared.map((dependency) => ({ ...dependency, name: dependency.alias || dependency.name }));
  const values = coalesceValues(chart, given, false);
  const isOff = (dependency: Dependency) => !isEnabled(dependency, values, path);
  const off = new Set(named.filter(isOff).map(({ name }) => name));
  chart.declared = named.filter(({ name }) => !off.has(name));
  chart.dependencies = chart.dependencies.filter(({ name }) => !off.has(name));
  for (const subchart of chart.dependencies) enable(subchart, values, `${path}${subchart.name}.`, counter);
}

/** The first condition that has a boolean decides, else the tags. */
function isEnabled({ condition, tags }: Dependency, values: Dict, path: string): boolean {
  for (const one of condition.trim().split(',')) {
    const found = one === '' ? undefined : valueAt(values, path + one);
    if (found?.kind === 'bool') return found.value;
  }
  const table = tableAt(values, 'tags');
  const switches = tags.flatMap((tag) => {
    const found = table?.entries.get(tag)?.value;
    return found?.kind === 'bool' ? found.value : [];
  });
  return switches.length === 0 || switches.includes(true);
}

/** `import-values`: values of subcharts, which count less than the chart's own. */
function importValues(chart: DeployedChart): void {
  for (const subchart of chart.dependencies) importValues(subchart);
  if (chart.declared.length === 0) return;
  const values = coalesceValues(chart, dict(), true);
  const imported = dict();
  for (const { name, importValues: wanted } of chart.declared)
    for (const { child, parent } of wanted) {
      const table = tableAt(values, `${name}.${child}`);
      if (table) coalesceTables(imported, under(parent, table), true);
    }
  chart.values = coalesceTables(deepCopy(values, FREE) as Dict, imported, true);
}

/** A mapping at a path in an empty one. */
function under(path: string, table: Dict): Dict {
  if (path === '.') return table;
  let outer = table;
  for (const name of path.split('.').toReversed()) {
    const made = dict();
    put(made, name, outer);
    outer = made;
  }
  return outer;
}

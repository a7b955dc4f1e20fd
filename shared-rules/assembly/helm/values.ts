import { type Data, type Dict, dict, put } from '../../language/go-template/data.ts';
import { FREE } from './functions/deep-equal.ts';
import { deepCopy } from './functions/dicts.ts';
import { ChartProblem } from './metadata.ts';

/** Values as Helm composes them: `coalesce.go` of helm.sh/helm/v3/pkg/chartutil. */

/** A chart with the subcharts that it has for some values. */
export interface Composed {
  readonly name: string;
  values: Dict;
  dependencies: Composed[];
}

const GLOBAL = 'global';

/**
 * The values of a chart and its subcharts, under those that are given.
 * @param merges whether a null of the given values stays; else it takes the key out
 * @throws ChartProblem where a subchart's values are no mapping
 */
export function coalesceValues(chart: Composed, given: Dict, merges: boolean): Dict {
  return coalesce(chart, copyOf(given), merges);
}

function copyOf(values: Dict): Dict {
  return deepCopy(values, FREE) as Dict;
}

function get(target: Dict, key: string): Data | undefined {
  return target.entries.get(key)?.value;
}

function coalesce(chart: Composed, target: Dict, merges: boolean): Dict {
  addDefaults(chart, target, merges);
  for (const subchart of chart.dependencies) {
    if (!target.entries.has(subchart.name)) put(target, subchart.name, dict());
    const own = get(target, subchart.name);
    if (own?.kind !== 'dict') throw new ChartProblem(`The values of the subchart ${subchart.name} are no mapping`);
    shareGlobals(own, target);
    coalesce(subchart, own, merges);
  }
  return target;
}

function shareGlobals(target: Dict, source: Dict): void {
  const own = get(target, GLOBAL);
  const outer = get(source, GLOBAL);
  if ((own && own.kind !== 'dict') || (outer && outer.kind !== 'dict')) return;
  const globals = own ?? dict();
  for (const [name, { key, value }] of outer?.entries ?? []) {
    const found = get(globals, name);
    if (value.kind !== 'dict') {
      if (found?.kind !== 'dict') put(globals, key, value);
    } else if (!found) put(globals, key, { ...value, entries: new Map(value.entries) });
    else if (found.kind === 'dict') {
      // The globals of the parent count more.
      const merged: Dict = { ...value, entries: new Map(value.entries) };
      coalesceTables(merged, found, true);
      put(globals, key, merged);
    }
  }
  put(target, GLOBAL, globals);
}

/** Adds what the chart's own values have and the given ones have not. */
function addDefaults(chart: Composed, target: Dict, merges: boolean): void {
  const defaults = copyOf(chart.values);
  for (const [name, entry] of defaults.entries) {
    const given = get(target, name);
    if (!given) target.entries.set(name, entry);
    else if (given.kind === 'nil') {
      if (!merges) target.entries.delete(name);
    } else if (given.kind === 'dict' && entry.value.kind === 'dict') {
      const isSubchart = chart.dependencies.some((subchart) => subchart.name === name);
      coalesceTables(given, entry.value, merges || isSubchart);
    }
  }
}

/**
 * Adds to a mapping what another one has and it has not.
 * @param source is changed, too
 */
export function coalesceTables(target: Dict, source: Dict, merges: boolean): Dict {
  const known = new Set([...source.entries].filter(([, { value }]) => value.kind !== 'nil').map(([name]) => name));
  for (const { key, value } of target.entries.values()) if (value.kind === 'nil') put(source, key, value);
  for (const [name, entry] of source.entries) {
    const found = get(target, name);
    if (!found) target.entries.set(name, entry);
    else if (found.kind === 'nil' && !merges && known.has(name)) target.entries.delete(name);
    else if (found.kind === 'dict' && entry.value.kind === 'dict') coalesceTables(found, entry.value, merges);
  }
  return target;
}

/** The mapping at the end of a path such as `a.b`; undefined where there is none. */
export function tableAt(values: Dict, path: string): Dict | undefined {
  let table: Data | undefined = values;
  for (const name of path.split('.')) table = table?.kind === 'dict' ? get(table, name) : undefined;
  return table?.kind === 'dict' ? table : undefined;
}

/** What is at the end of a path, unless it is a mapping; undefined where there is nothing. */
export function valueAt(values: Dict, path: string): Data | undefined {
  const names = path.split('.');
  const table = names.length === 1 ? values : tableAt(values, names.slice(0, -1).join('.'));
  const found = table && get(table, names.at(-1) as string);
  return found?.kind === 'dict' ? undefined : found;
}

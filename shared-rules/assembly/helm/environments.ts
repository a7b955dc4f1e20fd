import type { SetValues } from './set-values.ts';

/** A set of values that a chart is deployed with. */
export interface Environment {
  /** What people call it: the part of the file's name that is its own, such as `prod` for `values-prod.yaml`; empty for the chart's own values. */
  readonly name: string;
  /** Paths of values files that are laid over the chart's values.yaml, the last one above the others. */
  readonly files: readonly string[];
  /** Single values over those of the files. */
  readonly sets?: readonly SetValues[];
}

const YAML = /\.ya?ml$/;

/**
 * The environments that the files of a chart are for: its own values alone, then one for each file with values by the names
 * that are common: `values-prod.yaml`, `values.prod.yaml`, `prod-values.yaml`, `prod.values.yaml`, and what is in `values/`,
 * `environments/` and `ci/`. Files of a folder in `environments/` belong together.
 * @param paths paths relative to the chart's folder
 */
export function environmentsOf(paths: readonly string[]): Environment[] {
  const found = new Map<string, string[]>();
  for (const path of [...paths].sort(byPurpose)) {
    const name = environmentName(path);
    if (name === undefined) continue;
    // Two files that go by the same name are two environments, but for those of one folder.
    const key = path.startsWith('environments/') ? name : `${name}\0${path}`;
    found.set(key, [...(found.get(key) ?? []), path]);
  }
  const environments = Array.from(found, ([key, files]) => ({ name: key.split('\0')[0] as string, files }));
  return [{ name: '', files: [] }, ...environments];
}

/** Values that tests use come last. */
function byPurpose(a: string, b: string): number {
  const isTest = (path: string) => Number(path.startsWith('ci/'));
  return isTest(a) - isTest(b) || (a < b ? -1 : 1);
}

/** Whether a file of a chart has values, by its path in the chart. */
export function isValuesFile(path: string): boolean {
  return path === 'values.yaml' || environmentName(path) !== undefined;
}

function environmentName(path: string): string | undefined {
  const names = path.split('/');
  const file = names.at(-1) as string;
  if (!YAML.test(file)) return undefined;
  const stem = file.replace(YAML, '');
  const folder = names[0];
  if (names.length === 1) return ownPart(stem);
  if (folder === 'environments') return names.length > 2 ? names.slice(1, -1).join('/') : (ownPart(stem) ?? stem);
  if (names.length > 2) return undefined;
  if (folder === 'values') return ownPart(stem) ?? stem;
  return folder === 'ci' && stem.endsWith('-values') ? `ci/${ownPart(stem) ?? stem}` : undefined;
}

/** What is beside `values` in a file's name. */
function ownPart(stem: string): string | undefined {
  if (/^values[-.]./.test(stem)) return stem.slice('values-'.length);
  return /.[-.]values$/.test(stem) ? stem.slice(0, -'-values'.length) : undefined;
}

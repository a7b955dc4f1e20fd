import { folderOf } from '../../language/paths.ts';
import { keyPlace, type Value } from '../../language/yaml/value.ts';
import type { BuildContext, Folder } from './context.ts';

/** A kustomization or a component, as its file says it. */
export interface Kustomization {
  readonly root: Value;
  readonly folder: Folder;
  readonly isComponent: boolean;
}

/** The fields of a kustomization: https://github.com/kubernetes-sigs/kustomize, `api/types/kustomization.go`. */
const FIELDS: ReadonlySet<string> = new Set(
  [
    ...['apiVersion', 'kind', 'metadata', 'openapi', 'namePrefix', 'nameSuffix', 'namespace', 'commonLabels', 'labels'],
    ...['commonAnnotations', 'patchesStrategicMerge', 'patchesJson6902', 'patches', 'images', 'imageTags'],
    ...['replacements', 'replicas', 'vars', 'sortOptions', 'resources', 'components', 'crds', 'bases'],
    ...['configMapGenerator', 'secretGenerator', 'helmGlobals', 'helmCharts', 'helmChartInflationGenerator'],
    ...['generatorOptions', 'configurations', 'generators', 'transformers', 'validators', 'buildMetadata'],
  ].map((name) => name.toLowerCase()),
);

/** Those that are run or fetched, which Bulkhead never does. */
const NEVER_RUN = ['helmCharts', 'helmChartInflationGenerator'];

/**
 * Reads the file of a kustomization.
 * @param from what names its folder, where something does
 */
export function readKustomization(
  context: BuildContext,
  path: string,
  chain: readonly string[],
  from?: Value,
): Kustomization | undefined {
  const documents = context.documentsOf(path);
  const root = documents?.find((document) => document.root && !document.root.isNull)?.root;
  if (!root?.isMapping) {
    if (from) context.note(from, `${path} has no kustomization`);
    return undefined;
  }
  if (from && root.fields().every(({ name }) => name === 'apiVersion' || name === 'kind'))
    context.note(from, `${path} is empty`);
  for (const field of root.fields())
    if (!FIELDS.has(field.name.toLowerCase()))
      context.note(keyPlace(field), `Kustomize refuses the unknown field ${field.name}`);
  for (const name of NEVER_RUN) {
    const field = root.field(name);
    if (field && !field.value.isNull) context.note(keyPlace(field), `charts are not built into kustomizations`);
  }
  const openapi = root.field('openapi');
  if (openapi && !openapi.value.isNull)
    context.note(keyPlace(openapi), 'other schemas than that of Kubernetes are not read');
  return { root, folder: { path: folderOf(path), chain }, isComponent: root.get('kind')?.text === 'Component' };
}

/** The items of lists, which are one list for Kustomize. */
export function itemsIn(root: Value, ...names: readonly string[]): Value[] {
  return names.flatMap((name) => given(root, name)?.items() ?? []).filter((item) => !item.isNull);
}

/** What a field says, in whatever case it is written: Kustomize reads it all the same. */
export function given(value: Value | undefined, name: string): Value | undefined {
  const exact = value?.get(name);
  if (exact || !value) return exact;
  const lower = name.toLowerCase();
  const other = value.fields().find((field) => field.name.toLowerCase() === lower)?.value;
  return other?.isNull ? undefined : other;
}

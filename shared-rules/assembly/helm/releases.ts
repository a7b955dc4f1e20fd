import { folderOf, resolvePath } from '../../language/paths.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { type DocumentSource, YamlDocument } from '../../language/yaml/document.ts';
import { withLineFeeds } from '../../language/yaml/line-ends.ts';
import { splitDocuments } from '../../language/yaml/split.ts';
import type { Value } from '../../language/yaml/value.ts';
import { type ObjectIdentity, readObjects } from '../../model/kubernetes/objects.ts';
import { isKustomization, isKustomizationPath } from '../kustomize/uses.ts';
import type { Release } from './built-in-data.ts';

/** Some of the values of a release, where they are written. Paths are those of the workspace. */
export type ReleaseValues =
  | { readonly file: string }
  /** A mapping, or a text that is YAML. */
  | { readonly value: Value }
  | { readonly configMap: string; readonly namespace: string | undefined; readonly key: string }
  /** As `--set`, or `--set-string` for a text, has it. */
  | { readonly parameter: string; readonly value: Value; readonly isText: boolean };

/** A release of a chart, as a file of some tool says it. */
export interface ChartRelease extends Release {
  /** What people call it, such as `HelmRelease web`. */
  readonly label: string;
  /** What it is written in: an object, or an item of a list. */
  readonly root: Value;
  /** The folder of the chart, if it is in the workspace. */
  readonly chart: string;
  /** In the place of the chart's values.yaml, where something is. */
  readonly defaults: readonly ReleaseValues[];
  /** The last ones above the others. */
  readonly values: readonly ReleaseValues[];
  /** What more values are from that cannot be read, such as `Secret keys`. */
  readonly unread: readonly { readonly name: string; readonly at: Value }[];
}

/** Whether a file has releases by its name, whatever objects are in it. @param path with forward slashes */
function isHelmfile(path: string): boolean {
  return /(?:^|\/)(?:helmfile(?:\.yaml|\.yml)(?:\.gotmpl)?|helmfile\.d\/[^/]+\.ya?ml(?:\.gotmpl)?)$/.test(path);
}

const KINDS = /^[ \t]*["']?kind["']?[ \t]*:[ \t]*["']?(?:HelmRelease|Application(?:Set)?)\b/m;
/** Where a kustomization has charts. */
const CHARTS_OF_KUSTOMIZE = ['helmCharts', 'helmChartInflationGenerator'] as const;

/** Whether a text may have releases in it. Those in templates of a chart depend on its values. */
function mayHaveReleases(path: string, text: string): boolean {
  if (text.includes('\0') || /(?:^|\/)templates\//.test(path)) return false;
  if (isHelmfile(path)) return text.includes('releases');
  if (isKustomizationPath(path)) return text.includes('helmChart');
  return KINDS.test(text);
}

/** The releases in a text, or in a part of one. @param path the path of its file, with forward slashes */
export function releasesIn(path: string, text: string, source: DocumentSource = {}): ChartRelease[] {
  if (!mayHaveReleases(path, text)) return [];
  const lines = withLineFeeds(withoutActions(text));
  const documents = splitDocuments(lines).flatMap((range) => YamlDocument.parse(lines, range, source));
  return documents.flatMap(({ root, problems }) =>
    root?.isMapping && problems.length === 0 ? inRoot(path, root) : [],
  );
}

/** Template actions in one line as what is not known. What blocks print is not known: a text with one has no releases. */
function withoutActions(text: string): string {
  if (/\{\{-?\s*(?:if|range|with|define|block|template)\b/.test(text)) return '';
  return text.replace(/\{\{[^\n{}]*\}\}/g, (action) => UNKNOWN_CHARACTER.repeat(action.length));
}

function inRoot(path: string, root: Value): ChartRelease[] {
  const folder = folderOf(path);
  if (isHelmfile(path)) return itemsOf(root, 'releases').flatMap((item) => ofHelmfile(item, folder) ?? []);
  if (isKustomizationPath(path) && isKustomization(root)) return inKustomization(root, folder);
  return readObjects(root).flatMap(releasesOf);
}

type ReadObject = ObjectIdentity & { readonly root: Value };

/** The releases that an object of Flux or Argo CD is. */
export function releasesOf(object: ReadObject): ChartRelease[] {
  switch (`${object.group}/${object.kind}`) {
    case 'helm.toolkit.fluxcd.io/HelmRelease':
      return ofFlux(object);
    case 'argoproj.io/Application':
      return ofArgo(object, object.root);
    case 'argoproj.io/ApplicationSet':
      return ofArgo(object, object.root.at('spec', 'template'));
    default:
      return [];
  }
}

/** Fields: https://fluxcd.io/flux/components/helm/helmreleases/, `api/v2/helmrelease_types.go` of github.com/fluxcd/helm-controller. */
function ofFlux({ root, name = '', namespace }: ReadObject): ChartRelease[] {
  const spec = root.get('spec');
  const chartSpec = spec?.at('chart', 'spec');
  const isInRepository = /^(?:GitRepository|Bucket)$/.test(chartSpec?.at('sourceRef', 'kind')?.text ?? '');
  const chart = isInRepository ? inRepository('', chartSpec?.get('chart')?.text) : undefined;
  if (chart === undefined || isGiven(spec, 'postRenderers')) return [];
  const files = filesOf('', [...textsOf(chartSpec, 'valuesFile'), ...textsOf(chartSpec, 'valuesFiles')]);
  const from = itemsOf(spec, 'valuesFrom');
  const targetNamespace = spec?.get('targetNamespace')?.text;
  return withValues({
    label: `HelmRelease ${name}`,
    root,
    chart,
    name: spec?.get('releaseName')?.text ?? (targetNamespace === undefined ? name : `${targetNamespace}-${name}`),
    namespace: targetNamespace ?? namespace ?? 'default',
    defaults: files.values,
    values: [...from.flatMap((item) => ofConfigMap(item, namespace) ?? []), ...written(spec?.get('values'))],
    more: [...files.more, ...from.flatMap((at) => (ofConfigMap(at, namespace) ? [] : { name: namedIn(at), at }))],
  });
}

function ofConfigMap(reference: Value, namespace: string | undefined): ReleaseValues | undefined {
  const configMap = reference.get('name')?.text;
  const isWhole = reference.get('kind')?.text === 'ConfigMap' && !isGiven(reference, 'targetPath');
  if (!isWhole || configMap === undefined) return undefined;
  return { configMap, namespace, key: reference.get('valuesKey')?.text ?? 'values.yaml' };
}

/** Such as `Secret keys`. */
function namedIn(reference: Value): string {
  return ['kind', 'name'].map((field) => reference.get(field)?.text ?? '').join(' ');
}

/** Fields: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/ and `multiple_sources/` beside it. */
function ofArgo({ root, kind, name = '' }: ReadObject, application: Value | undefined): ChartRelease[] {
  const spec = application?.get('spec');
  const several = itemsOf(spec, 'sources');
  const sources = several.length > 0 ? several : [spec?.get('source')].filter((one) => one !== undefined);
  return sources.flatMap((source) => {
    const path = source.get('chart') ? undefined : source.get('path')?.text;
    const chart = inRepository('', path);
    const helm = source.get('helm');
    if (chart === undefined || !helm) return [];
    const object = helm.get('valuesObject');
    const files = filesOf(chart, textsOf(helm, 'valueFiles'), argoPath);
    return withValues({
      label: `${kind} ${name}`,
      root,
      chart,
      name: known(helm.get('releaseName')) ?? known(application?.at('metadata', 'name')) ?? name,
      namespace: known(spec?.at('destination', 'namespace')) ?? 'default',
      more: files.more,
      defaults: [],
      values: [
        ...files.values,
        ...written(object && !object.isNull ? object : helm.get('values')),
        ...parametersOf(helm, 'parameters', (item) => item.get('forceString')?.boolean === true),
      ],
    });
  });
}

/** `/x` and `$ref/x` are from the root of a repository: https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/ */
function argoPath(text: string): { readonly isFromRoot: boolean; readonly path: string } {
  const path = text.replace(/^\$[\w-]+\//, '/');
  return { isFromRoot: path.startsWith('/'), path };
}

/** Fields: https://helmfile.readthedocs.io/en/latest/configuration/ */
function ofHelmfile(root: Value, folder: string): ChartRelease[] {
  const name = known(root.get('name')) ?? '';
  const chart = inRepository(folder, root.get('chart')?.text, false);
  const changers = ['strategicMergePatches', 'jsonPatches', 'transformers', 'postRenderer'];
  if (chart === undefined || root.get('installed')?.boolean === false) return [];
  if (changers.some((field) => isGiven(root, field))) return [];
  const layers = itemsOf(root, 'values').map((item) =>
    item.isMapping ? { values: written(item), more: [] } : filesOf(folder, [item]),
  );
  return withValues({
    label: `Helmfile release ${name}`,
    root,
    chart,
    name,
    namespace: known(root.get('namespace')) ?? 'default',
    defaults: [],
    values: [
      ...layers.flatMap(({ values }) => values),
      ...parametersOf(root, 'set', () => false),
      ...parametersOf(root, 'setString', () => true),
    ],
    more: [
      ...layers.flatMap(({ more }) => more),
      ...textsOf(root, 'secrets').map((at) => ({ name: at.text ?? '', at })),
      ...itemsOf(root, 'inherit').map((at) => ({ name: 'what it inherits', at })),
    ],
  });
}

/** What changes objects that come out of a chart, so that it is not known what is deployed. */
const CHANGERS = ['patches', 'patchesStrategicMerge', 'patchesJson6902', 'replacements', 'transformers', 'components'];

/** Fields: `api/types/helmchartargs.go` of github.com/kubernetes-sigs/kustomize. */
function inKustomization(root: Value, folder: string): ChartRelease[] {
  if (CHANGERS.some((name) => isGiven(root, name))) return [];
  const home = root.at('helmGlobals', 'chartHome')?.text;
  const [charts, older] = CHARTS_OF_KUSTOMIZE.map((name) => itemsOf(root, name)) as [Value[], Value[]];
  return [
    ...charts.flatMap((item) =>
      ofKustomize(item, folder, { home, name: 'name', file: 'valuesFile', inline: 'valuesInline' }),
    ),
    ...older.flatMap((item) =>
      ofKustomize(item, folder, {
        home: item.get('chartHome')?.text,
        name: 'chartName',
        file: 'values',
        inline: 'valuesLocal',
      }),
    ),
  ];
}

interface KustomizeFields {
  readonly home: string | undefined;
  readonly name: string;
  readonly file: string;
  readonly inline: string;
}

function ofKustomize(
  root: Value,
  folder: string,
  { home = 'charts', name, file, inline }: KustomizeFields,
): ChartRelease[] {
  const chartName = root.get(name)?.text;
  const chart = inRepository(folder, chartName === undefined ? undefined : `${home}/${chartName}`, false);
  if (chart === undefined) return [];
  const own = filesOf(folder, textsOf(root, file));
  const others = filesOf(folder, textsOf(root, 'additionalValuesFiles'));
  const inlined = written(root.get(inline));
  const merge = root.get('valuesMerge')?.text ?? 'override';
  const ownOrChart = own.values.length > 0 ? own.values : [{ file: resolvePath(chart, 'values.yaml') }];
  const merged = merge === 'merge' && inlined.length > 0 ? [...inlined, ...ownOrChart] : [...own.values, ...inlined];
  const release = {
    label: `Helm chart ${chartName}`,
    root,
    chart,
    name: root.get('releaseName')?.text ?? 'release-name',
    namespace: root.get('namespace')?.text ?? root.get('releaseNamespace')?.text ?? 'default',
    defaults: [],
    values: [...(merge === 'replace' && inlined.length > 0 ? inlined : merged), ...others.values],
    unread: [...own.more, ...others.more],
  };
  return [release];
}

type Unread = ChartRelease['unread'];
type Draft = Omit<ChartRelease, 'unread'> & { readonly more: Unread };

/** Without values of its own it is the chart with its defaults, which is judged there. */
function withValues({ more, ...release }: Draft): ChartRelease[] {
  return release.defaults.length + release.values.length > 0 ? [{ ...release, unread: more }] : [];
}

function written(value: Value | undefined): ReleaseValues[] {
  return value && !value.isNull ? [{ value }] : [];
}

function isGiven(value: Value | undefined, name: string): boolean {
  const given = value?.field(name);
  return given !== undefined && !given.value.isNull;
}

function itemsOf(value: Value | undefined, name: string): Value[] {
  return (value?.get(name)?.items() ?? []).filter(({ isNull }) => !isNull);
}

/** The scalars of a list, or the one scalar that there is. */
function textsOf(value: Value | undefined, name: string): Value[] {
  const given = value?.get(name);
  const all = given?.isSequence ? given.items() : given ? [given] : [];
  return all.filter(({ rawText }) => rawText !== undefined);
}

/** The text of a value without expressions of a template. */
function known(value: Value | undefined): string | undefined {
  const text = value?.text;
  return text === undefined || isTemplated(text) ? undefined : text;
}

/** Whether expressions of ApplicationSets or helmfiles are in a text. */
export function isTemplated(text: string): boolean {
  return text.includes('{{') || text.includes(UNKNOWN_CHARACTER);
}

/**
 * A path in the workspace; undefined for one that leads out of it, or somewhere else.
 * @param isRooted whether `/` is the root of the workspace
 */
function inRepository(folder: string, text: string | undefined, isRooted = true): string | undefined {
  if (text === undefined || text === '' || isTemplated(text) || /^[a-z][a-z\d+.-]*:|[*?[\]$\n]/i.test(text))
    return undefined;
  if (text.startsWith('/') && !isRooted) return undefined;
  const path = resolvePath(text.startsWith('/') ? '' : folder, text.replace(/^\/+/, ''));
  return path === '..' || path.startsWith('../') ? undefined : path;
}

/** The files that texts name, and what else they name. */
function filesOf(
  folder: string,
  texts: readonly Value[],
  read: typeof argoPath = (path) => ({ isFromRoot: false, path }),
): { readonly values: readonly ReleaseValues[]; readonly more: Unread } {
  const values: ReleaseValues[] = [];
  const more: Unread[number][] = [];
  for (const at of texts) {
    const text = at.rawText as string;
    const { isFromRoot, path } = read(text);
    const file = text.endsWith('.gotmpl') ? undefined : inRepository(folder, path, isFromRoot);
    if (file === undefined) more.push({ name: text, at });
    else values.push({ file });
  }
  return { values, more };
}

function parametersOf(value: Value, name: string, isText: (item: Value) => boolean): ReleaseValues[] {
  return itemsOf(value, name).flatMap((item) => {
    const [parameter, given] = [item.get('name')?.text, item.get('value')];
    return parameter === undefined || !given ? [] : [{ parameter, value: given, isText: isText(item) }];
  });
}

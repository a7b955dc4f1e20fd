import {
  bool,
  type Data,
  type Dict,
  dict,
  int,
  MISSING,
  put,
  textOf,
  unknown,
} from '../../language/go-template/data.ts';
import { embeddedRoot } from '../../language/yaml/embedded.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { Sources } from '../sources.ts';
import { readValues } from './chart.ts';
import { readYamlValue, YamlError } from './formats/yaml-read.ts';
import { ChartProblem } from './metadata.ts';
import { isTemplated, type ReleaseValues } from './releases.ts';

/** Where the values of releases are found. */
export interface ValuesPlaces {
  readonly sources: Sources;
  /** The paths of the files that have a ConfigMap. */
  readonly configMaps: (name: string, namespace: string | undefined) => readonly string[];
}

/** Some of the values of a release. @throws ChartProblem where they cannot be read */
export function readReleaseValues(values: ReleaseValues, places: ValuesPlaces): Dict {
  if ('file' in values) {
    const source = places.sources(values.file);
    if (!source) throw new ChartProblem(`${values.file} does not exist`);
    return readValues(values.file, source);
  }
  if ('parameter' in values) return parameterValues(values.parameter, typedValue(values));
  if ('configMap' in values) return mappingIn(configMapValue(values, places));
  return mappingIn(values.value);
}

function mappingIn(value: Value): Dict {
  const root = value.isMapping ? value : embeddedRoot(value);
  if (!root) throw new ChartProblem(`${value.path} is no mapping`);
  const data = dataOf(root);
  if (data.kind === 'dict') return data;
  if (data.kind === 'nil') return dict();
  throw new ChartProblem(`${value.path} is no mapping`);
}

function dataOf(value: Value): Data {
  try {
    return readYamlValue(value, isTemplated);
  } catch (error) {
    if (error instanceof YamlError) throw new ChartProblem(`${value.path} cannot be read: ${error.message}`);
    throw error;
  }
}

function configMapValue(
  { configMap, namespace, key }: Extract<ReleaseValues, { readonly configMap: string }>,
  { sources, configMaps }: ValuesPlaces,
): Value {
  const [path, ...others] = configMaps(configMap, namespace);
  // Which of several it is depends on what is deployed.
  if (path === undefined || others.length > 0) throw new ChartProblem(`ConfigMap ${configMap} is not known`);
  const roots = (sources(path)?.documents ?? []).flatMap(({ root }) => root ?? []);
  const found = roots.filter((root) => isConfigMap(root) && root.at('metadata', 'name')?.text === configMap);
  const value = found[0]?.at('data', key);
  if (!value) throw new ChartProblem(`ConfigMap ${configMap} has no ${key}`);
  return value;
}

export function isConfigMap(root: Value): boolean {
  return root.get('apiVersion')?.text === 'v1' && root.get('kind')?.text === 'ConfigMap';
}

/** More names than this one path of a parameter does not have. */
const DEEPEST = 64;

/** The mapping that `--set` makes of a path such as `a.b\.c`: https://helm.sh/docs/intro/using_helm/ */
function parameterValues(path: string, value: Data): Dict {
  const names = [...path.matchAll(/(?:\\.|[^.\\])+/g)].map(([name]) => name.replaceAll(/\\(.)/g, '$1'));
  if (names.length === 0 || names.length > DEEPEST || /[[\]{}=,]/.test(path))
    throw new ChartProblem(`The parameter ${path} is not read`);
  const [last, ...outer] = names.reverse() as [string, ...string[]];
  const inner = dict([[last, value]]);
  return outer.reduce((below, name) => {
    const around = dict();
    put(around, name, below);
    return around;
  }, inner);
}

/** As `typedVal` of helm.sh/helm/v3/pkg/strvals takes a text. */
function typedValue({ value, isText }: { readonly value: Value; readonly isText: boolean }): Data {
  const text = value.rawText;
  if (text === undefined) return unknown('a parameter without a text');
  if (isTemplated(text) || (text.startsWith('{') && text.endsWith('}'))) return unknown('a parameter that is not read');
  if (isText) return textOf(text, value);
  if (text === 'true' || text === 'false') return bool(text === 'true', value);
  if (text === 'null') return MISSING;
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(text)) return int(Number(text), 'int64', value);
  return textOf(text, value);
}

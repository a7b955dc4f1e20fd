import {
  bool,
  type Data,
  type Dict,
  dict,
  type Float,
  list,
  type Struct,
  scalarSource,
  text,
} from '../../language/go-template/data.ts';
import { PLAIN } from '../../language/go-template/format.ts';
import { formatFloat } from '../../language/go-template/format-number.ts';
import { Rope } from '../../language/go-template/rope.ts';
import { resolvePlain } from './formats/yaml-scalars.ts';
import { parseVersion, VersionError } from './semver.ts';

/** A dependency as Chart.yaml, or requirements.yaml of an old chart, declares it. */
export interface Dependency {
  /** Its alias where it has one, once that is known. */
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  readonly condition: string;
  readonly tags: readonly string[];
  readonly alias: string;
  readonly importValues: readonly ImportedValues[];
}

/** Values of a subchart that its parent gets: those at a path under another path. */
export interface ImportedValues {
  readonly child: string;
  readonly parent: string;
}

/** What is written in Chart.yaml; see https://helm.sh/docs/topics/charts. */
export interface Metadata {
  readonly name: string;
  readonly version: string;
  readonly isLibrary: boolean;
  readonly dependencies: readonly Dependency[];
  /** All of it as `.Chart` has it, without `IsRoot`. */
  readonly fields: ReadonlyMap<string, Data>;
}

/** Why a chart cannot be loaded. */
export class ChartProblem extends Error {}

const TEXTS = {
  Name: 'name',
  Home: 'home',
  Version: 'version',
  Description: 'description',
  Icon: 'icon',
  APIVersion: 'apiVersion',
  Condition: 'condition',
  Tags: 'tags',
  AppVersion: 'appVersion',
  KubeVersion: 'kubeVersion',
  Type: 'type',
} as const;

const NO_TEXT = text('');

/**
 * @param chart Chart.yaml
 * @param requirements requirements.yaml, which declares dependencies of charts with `apiVersion: v1`
 * @throws ChartProblem as Helm refuses a chart
 */
export function readMetadata(chart: Data, requirements: Data | undefined): Metadata {
  const entries = mapping(chart, 'Chart.yaml');
  const declared = requirements ? mapping(requirements, 'requirements.yaml') : undefined;
  const dependencies = dependenciesOf(declared?.entries.has('dependencies') ? declared : entries);
  const texts = Object.entries(TEXTS).map(([field, key]) => [field, stringIn(entries, key)] as const);
  const fields = new Map<string, Data>([
    ...texts,
    ['APIVersion', orElse(stringIn(entries, 'apiVersion'), 'v1')],
    ['Sources', stringsIn(entries, 'sources')],
    ['Keywords', stringsIn(entries, 'keywords')],
    ['Maintainers', list(itemsIn(entries, 'maintainers').map(maintainer), '*chart.Maintainer')],
    [
      'Deprecated',
      field(entries, 'deprecated')?.kind === 'bool' ? (field(entries, 'deprecated') as Data) : bool(false),
    ],
    ['Annotations', annotations(field(entries, 'annotations'))],
    ['Dependencies', list(dependencies.map(dependencyData), '*chart.Dependency')],
  ]);
  const name = textOf(fields.get('Name'));
  const version = textOf(fields.get('Version'));
  const type = textOf(fields.get('Type'));
  validate(name, version, type, dependencies);
  return { name, version, isLibrary: type.toLowerCase() === 'library', dependencies, fields };
}

function validate(name: string, version: string, type: string, dependencies: readonly Dependency[]): void {
  if (name === '') throw new ChartProblem('chart.metadata.name is required');
  if (name === '.' || name === '..' || name.includes('/'))
    throw new ChartProblem(`chart.metadata.name ${quoted(name)} is invalid`);
  if (version === '') throw new ChartProblem('chart.metadata.version is required');
  try {
    parseVersion(version);
  } catch (error) {
    if (error instanceof VersionError) throw new ChartProblem(`chart.metadata.version ${quoted(version)} is invalid`);
    throw error;
  }
  if (!['', 'application', 'library'].includes(type))
    throw new ChartProblem('chart.metadata.type must be application or library');
  const names = dependencies.map((one) => one.alias || one.name);
  const repeated = names.find((one, index) => names.indexOf(one) !== index);
  if (repeated !== undefined) throw new ChartProblem(`more than one dependency with name or alias ${quoted(repeated)}`);
}

/** A text of the chart in a message. */
function quoted(written: string): string {
  return JSON.stringify(written.length > 100 ? `${written.slice(0, 100)}…` : written);
}

function mapping(data: Data, file: string): Dict {
  if (data.kind === 'nil') return dict();
  if (data.kind !== 'dict') throw new ChartProblem(`cannot load ${file}: it is no mapping`);
  return data;
}

function field(entries: Dict, key: string): Data | undefined {
  return entries.entries.get(key)?.value;
}

/** A text for a field that wants one: numbers and booleans are spelled as sigs.k8s.io/yaml does. */
function asText(data: Data | undefined): Data {
  switch (data?.kind) {
    case 'text':
      return text(data.rope.spelled(sanitised));
    case 'bool':
    case 'float': {
      const spelled = data.kind === 'bool' ? String(data.value) : numberText(data);
      return text(Rope.of(spelled, data.source && scalarSource(spelled, data.source)));
    }
    default:
      return NO_TEXT;
  }
}

/** A number as it is spelled for a text: a whole one as it is, else the shortest that says which float32 it is. */
function numberText({ value, source }: Float): string {
  const isWhole = source?.rawText === undefined || resolvePlain(source.rawText).kind === 'int';
  if (isWhole && Number.isInteger(value)) return BigInt(value).toString();
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return formatFloat(short, 'g', PLAIN);
  }
  return formatFloat(Math.fround(value), 'g', PLAIN);
}

function sanitised(value: string): string {
  return value
    .replaceAll(/[\t-\r\u0085\u00a0]/g, ' ')
    .replaceAll(/[\p{C}]/gu, (character) => (/\p{Co}/u.test(character) ? character : ''));
}

function stringIn(entries: Dict, key: string): Data {
  return asText(field(entries, key));
}

function orElse(data: Data, fallback: string): Data {
  return textOf(data) === '' ? text(fallback) : data;
}

function itemsIn(entries: Dict, key: string): readonly Data[] {
  const data = field(entries, key);
  return data?.kind === 'list' ? data.items : [];
}

function stringsIn(entries: Dict, key: string): Data {
  return list(itemsIn(entries, key).map(asText), 'string');
}

function textOf(data: Data | undefined): string {
  return data?.kind === 'text' ? data.rope.text : '';
}

function annotations(data: Data | undefined): Data {
  const entries = data?.kind === 'dict' ? [...data.entries.values()] : [];
  return { ...dict(entries.map(({ key, value }) => [key, asText(value)])), element: 'string' };
}

function maintainer(data: Data): Data {
  const entries = data.kind === 'dict' ? data : dict();
  const fields = { Name: 'name', Email: 'email', URL: 'url' };
  return struct(
    '*chart.Maintainer',
    Object.entries(fields).map(([name, key]) => [name, stringIn(entries, key)]),
  );
}

export function struct(type: string, fields: Iterable<readonly [string, Data]>): Struct {
  return { kind: 'struct', type, fields: new Map(fields) };
}

function dependenciesOf(entries: Dict): Dependency[] {
  return itemsIn(entries, 'dependencies').map((item) => {
    if (item.kind !== 'dict') throw new ChartProblem('dependencies must not contain empty or null nodes');
    const string = (key: string) => textOf(stringIn(item, key));
    const alias = string('alias');
    if (alias !== '' && !/^[\w-]+$/.test(alias))
      throw new ChartProblem(`dependency ${JSON.stringify(string('name'))} has disallowed characters in the alias`);
    return {
      name: string('name'),
      version: string('version'),
      repository: string('repository'),
      condition: string('condition'),
      tags: itemsIn(item, 'tags').map((tag) => textOf(asText(tag))),
      alias,
      importValues: itemsIn(item, 'import-values').flatMap(importedValues),
    };
  });
}

/** Either form: a name in `exports`, or two paths. */
function importedValues(data: Data): ImportedValues | [] {
  if (data.kind === 'text') return { child: `exports.${data.rope.text}`, parent: '.' };
  if (data.kind !== 'dict') return [];
  return { child: textOf(stringIn(data, 'child')), parent: textOf(stringIn(data, 'parent')) };
}

export function dependencyData({ name, version, repository, condition, tags, alias }: Dependency): Data {
  return struct('*chart.Dependency', [
    ['Name', text(name)],
    ['Version', text(version)],
    ['Repository', text(repository)],
    ['Condition', text(condition)],
    [
      'Tags',
      list(
        tags.map((tag) => text(tag)),
        'string',
      ),
    ],
    ['Enabled', bool(true)],
    ['ImportValues', list([])],
    ['Alias', text(alias)],
  ]);
}

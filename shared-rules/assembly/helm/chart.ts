import { type Data, type Dict, dict } from '../../language/go-template/data.ts';
import type { TemplatePlace } from '../../language/go-template/rope.ts';
import { YamlDocument } from '../../language/yaml/document.ts';
import type { SourceText } from '../sources.ts';
import { readYamlFile, YamlError } from './formats/yaml-read.ts';
import { notIgnored } from './ignore.ts';
import { ChartProblem, type Dependency, type Metadata, readMetadata } from './metadata.ts';
import { type ChartFolder, subfolder } from './sources.ts';

/** A file of a chart; its path is relative to the chart's folder. */
export interface ChartFile {
  readonly path: string;
  readonly source: SourceText;
}

/** A chart as it is in its folder, before values decide which subcharts it has. */
export interface Chart {
  readonly metadata: Metadata;
  /** Its values.yaml. */
  readonly values: Dict;
  readonly templates: readonly ChartFile[];
  /** What `.Files` has; a text is read when a template asks for it. */
  readonly files: readonly string[];
  readonly readFile: (path: string) => SourceText | undefined;
  readonly subcharts: readonly Chart[];
}

/** What Bulkhead has to say of a chart beside its objects. */
export interface ChartNote {
  readonly kind: 'missing-dependency' | 'unreadable' | 'refused' | 'not-rendered' | 'needs-cluster';
  readonly message: string;
  /** The dependency that it is about, as Chart.yaml of the outermost chart names it, if it is about one of that. */
  readonly dependency?: string | undefined;
  /** The action that it is about, if it is about one. */
  readonly place?: TemplatePlace | undefined;
}

export interface LoadedChart {
  /** Undefined where Helm would refuse the chart. */
  readonly chart: Chart | undefined;
  readonly notes: readonly ChartNote[];
}

/** More subcharts than this are not read, nor charts in charts deeper than that. */
const MAX_CHARTS = 1000;
const MAX_DEPTH = 20;

/** Reads a chart with its subcharts in `charts/`. Never throws: what is wrong is a note. */
export function loadChart(folder: ChartFolder): LoadedChart {
  const loader = new Loader();
  try {
    const ignore = folder.read('.helmignore')?.text ?? '';
    const paths = notIgnored(folder.paths, ignore);
    return { chart: loader.load({ ...folder, paths }, 0), notes: loader.notes };
  } catch (error) {
    if (!(error instanceof ChartProblem)) throw error;
    return { chart: undefined, notes: [...loader.notes, { kind: 'unreadable', message: error.message }] };
  }
}

/** The values of a file, such as one for an environment. @throws ChartProblem */
export function readValues(name: string, source: SourceText): Dict {
  const data = readYaml(name, source);
  if (data.kind === 'dict') return data;
  if (data.kind === 'nil') return dict();
  throw new ChartProblem(`cannot load ${name}: it is no mapping`);
}

function readYaml(name: string, { text, file, documents }: SourceText): Data {
  try {
    return readYamlFile(documents ?? YamlDocument.parse(text, { start: 0, end: text.length }, { file }));
  } catch (error) {
    if (error instanceof YamlError) throw new ChartProblem(`cannot load ${name}: ${error.message}`);
    throw error;
  }
}

class Loader {
  readonly notes: ChartNote[] = [];
  /** The names of packages that could not be read. */
  readonly #unread: string[] = [];
  #count = 0;

  /** @throws ChartProblem */
  load(folder: ChartFolder, depth: number): Chart {
    if (++this.#count > MAX_CHARTS || depth > MAX_DEPTH) throw new ChartProblem('too many subcharts');
    const chartFile = folder.paths.includes('Chart.yaml') ? folder.read('Chart.yaml') : undefined;
    if (!chartFile) throw new ChartProblem('Chart.yaml file is missing');
    const requirements = folder.paths.includes('requirements.yaml') ? folder.read('requirements.yaml') : undefined;
    const metadata = readMetadata(
      readYaml('Chart.yaml', chartFile),
      requirements && readYaml('requirements.yaml', requirements),
    );
    const valuesFile = folder.paths.includes('values.yaml') ? folder.read('values.yaml') : undefined;
    const subcharts = this.#subcharts(folder, depth);
    return {
      metadata,
      values: valuesFile ? readValues('values.yaml', valuesFile) : dict(),
      templates: folder.paths.flatMap((path) => {
        const source = path.startsWith('templates/') ? folder.read(path) : undefined;
        return source ? { path, source } : [];
      }),
      files: folder.paths.filter((path) => isPlainFile(path, metadata)),
      readFile: folder.read,
      subcharts: [...subcharts, ...this.#fromRepositories(folder, metadata, subcharts, depth)],
    };
  }

  #subcharts(folder: ChartFolder, depth: number): Chart[] {
    const inCharts = folder.paths.filter((path) => path.startsWith('charts/') && !path.endsWith('.prov'));
    const names = new Set(inCharts.map((path) => path.split('/')[1] as string));
    return [...names].sort().flatMap((name) => {
      if (/^[_.]/.test(name)) return [];
      const path = `charts/${name}`;
      if (!name.endsWith('.tgz')) return this.#subchart(name, subfolder(folder, path), depth);
      const unpacked = folder.unpack?.(path) ?? { refused: 'was not read' };
      if (!('refused' in unpacked)) return this.#subchart(name, unpacked, depth);
      this.#unread.push(name);
      this.notes.push({ kind: 'unreadable', message: `The packed chart ${path} ${unpacked.refused}` });
      return [];
    });
  }

  #subchart(name: string, folder: ChartFolder, depth: number): Chart {
    try {
      return this.load(folder, depth + 1);
    } catch (error) {
      if (error instanceof ChartProblem) throw new ChartProblem(`error unpacking subchart ${name}: ${error.message}`);
      throw error;
    }
  }

  /** Dependencies that are not in `charts/`: from `file://` repositories, else they are missing. */
  #fromRepositories(
    folder: ChartFolder,
    { name, dependencies }: Metadata,
    present: readonly Chart[],
    depth: number,
  ): Chart[] {
    const missing = dependencies.filter((wanted) => !present.some(({ metadata }) => metadata.name === wanted.name));
    return missing.flatMap((wanted) => {
      const local = this.#local(folder, wanted);
      if (local) return this.#subchart(wanted.name, local, depth);
      if (this.#unread.some((packed) => packed.startsWith(`${wanted.name}-`))) return [];
      this.notes.push({
        kind: 'missing-dependency',
        dependency: depth === 0 ? wanted.name : undefined,
        message: `The chart ${name} depends on ${wanted.name}, which is not in charts/: run \`helm dependency build\``,
      });
      return [];
    });
  }

  #local(folder: ChartFolder, { repository }: Dependency): ChartFolder | undefined {
    const path = /^file:\/\/(.+)$/.exec(repository)?.[1];
    const found = path === undefined ? undefined : folder.folder?.(path);
    if (!found?.paths.includes('Chart.yaml')) return undefined;
    return { ...found, paths: notIgnored(found.paths, found.read('.helmignore')?.text ?? '') };
  }
}

const OWN_FILES = new Set(['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json']);
const OLD_FILES = new Set(['requirements.yaml', 'requirements.lock']);

function isPlainFile(path: string, { fields }: Metadata): boolean {
  if (OWN_FILES.has(path) || path.startsWith('templates/')) return false;
  if (path.startsWith('charts/')) return path.endsWith('.prov');
  const version = fields.get('APIVersion');
  return !OLD_FILES.has(path) || (version?.kind === 'text' && version.rope.text === 'v1');
}

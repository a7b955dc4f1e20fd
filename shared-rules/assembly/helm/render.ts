import {
  type Data,
  type Dict,
  dict,
  put,
  type TemplateFunction,
  text,
  unknown,
} from '../../language/go-template/data.ts';
import { Limits, MAX_STEPS } from '../../language/go-template/limits.ts';
import type { Definition } from '../../language/go-template/nodes.ts';
import { Rope, type TemplatePlace } from '../../language/go-template/rope.ts';
import { Session } from '../../language/go-template/session.ts';
import { TemplateError } from '../../language/go-template/template-error.ts';
import { type Template, TemplateSet, type TemplateText } from '../../language/go-template/templates.ts';
import type { SourceText } from '../sources.ts';
import { chartData, type Release, releaseData } from './built-in-data.ts';
import { type Capabilities, capabilitiesData, DEFAULT_CAPABILITIES } from './capabilities.ts';
import type { Chart, ChartNote } from './chart.ts';
import { type DeployedChart, deployedChart } from './dependencies.ts';
import { filesData } from './files.ts';
import { FREE } from './functions/deep-equal.ts';
import { deepCopy } from './functions/dicts.ts';
import { Refusal } from './functions/flow.ts';
import { HELM_FUNCTIONS } from './functions/index.ts';
import { baseName } from './functions/paths.ts';
import { ChartProblem } from './metadata.ts';
import { ReadRecorder, type Reads, recorded } from './reads.ts';
import { type SetValues, SetValuesError, setValues } from './set-values.ts';
import { coalesceTables, coalesceValues } from './values.ts';

const DEFAULT_RELEASE: Release = { name: 'release-name', namespace: 'default' };

/** A template of a chart or a subchart, rendered. */
export interface RenderedTemplate {
  /** Its path as Helm has it, such as `app/charts/redis/templates/service.yaml`. */
  readonly name: string;
  /** What it prints; undefined where it cannot be rendered. */
  readonly output: Rope | undefined;
  readonly error: TemplateError | undefined;
  readonly reads: Reads;
}

export interface RenderedChart {
  /** All but partials and notes, in the order that Helm renders them in. */
  readonly templates: readonly RenderedTemplate[];
  readonly notes: readonly ChartNote[];
  /** The file of a template, or one that `.Files` read, by the path that places in the output have. */
  readonly sourceOf: (template: string) => SourceText | undefined;
}

export interface RenderOptions {
  /** Which templates are rendered; all of them without it. */
  readonly isWanted?: ((template: Pick<Renderable, 'name' | 'source'>) => boolean) | undefined;
  /** Values over the given ones. */
  readonly sets?: readonly SetValues[] | undefined;
  readonly capabilities?: Capabilities | undefined;
  readonly release?: Release | undefined;
}

/** As many steps all templates of a chart may take together; one of them may take `MAX_STEPS`. */
const MAX_CHART_STEPS = 10 * MAX_STEPS;

/**
 * Renders a chart as `helm template` does. Never throws: what cannot be rendered has an error, and the rest is rendered.
 * Where `required` misses a value, that is not known and said in a note.
 * @param given the values of an environment, the last file above the others
 */
export function renderChart(chart: Chart, given: readonly Dict[], options: RenderOptions = {}): RenderedChart {
  try {
    return new ChartRun(chart, mergedValues(given, options.sets), options).render();
  } catch (error) {
    if (!(error instanceof ChartProblem)) throw error;
    const note = { kind: 'unreadable', message: error.message } as const;
    return { templates: [], notes: [note], sourceOf: () => undefined };
  }
}

/**
 * The values that the templates of a chart see, of a subchart its own. Undefined where the chart has no such subchart with them.
 * @param given the values of an environment, the last file above the others
 * @param subchart the names of the subcharts that lead to it
 * @throws ChartProblem
 */
export function valuesIn(chart: Chart, given: readonly Dict[], subchart: readonly string[]): Dict | undefined {
  const merged = mergedValues(given);
  let values: Data | undefined = coalesceValues(deployedChart(chart, merged), merged, false);
  for (const name of subchart) values = values?.kind === 'dict' ? values.entries.get(name)?.value : undefined;
  return values?.kind === 'dict' ? values : undefined;
}

/** Values files as Helm lays them over each other: a null in one of them is kept, to take a key of the chart out. */
export function mergedValues(given: readonly Dict[], sets: readonly SetValues[] = []): Dict {
  let merged = dict();
  for (const values of given) merged = coalesceTables(deepCopy(values, FREE) as Dict, merged, true);
  // Those that are strings are laid over the others, whatever their order.
  for (const one of [...sets].sort((a, b) => Number(a.isString) - Number(b.isString))) setIn(merged, one);
  return merged;
}

function setIn(values: Dict, set: SetValues): void {
  try {
    setValues(values, set);
  } catch (error) {
    if (!(error instanceof SetValuesError)) throw error;
    throw new ChartProblem(`cannot set ${set.text}: ${error.message}`);
  }
}

/** A template with what it is rendered with. */
interface Renderable {
  readonly name: string;
  readonly written: TemplateText;
  readonly source: SourceText;
  readonly data: Dict;
  readonly basePath: string;
}

/** What was parsed from a file under a name: of a file that did not change, nothing is parsed again. */
const parsed = new WeakMap<SourceText, Map<string, Map<string, readonly Definition[]>>>();

function parsedFrom(source: SourceText, name: string): Map<string, readonly Definition[]> {
  const byName = parsed.get(source) ?? new Map<string, Map<string, readonly Definition[]>>();
  const known = byName.get(name) ?? new Map<string, readonly Definition[]>();
  parsed.set(source, byName.set(name, known));
  return known;
}

/** Templates that tell who calls them. */
class RecordedTemplates extends TemplateSet {
  readonly #recorder: ReadRecorder;

  constructor(recorder: ReadRecorder) {
    super((name) => HELM_FUNCTIONS.has(name));
    this.#recorder = recorder;
  }

  override find(name: string): Template | undefined {
    const found = super.find(name);
    if (found) this.#recorder.templates.add(found.written.file);
    return found;
  }
}

class ChartRun {
  readonly #recorder = new ReadRecorder();
  readonly #notes: ChartNote[] = [];
  readonly #renderables: Renderable[] = [];
  readonly #set = new RecordedTemplates(this.#recorder);
  readonly #functions: ReadonlyMap<string, TemplateFunction>;
  /** Templates and files that were read, by the paths that Helm has for them. */
  readonly #sources = new Map<string, SourceText>();
  readonly #shared: readonly (readonly [string, Data])[];
  readonly #isWanted: NonNullable<RenderOptions['isWanted']>;
  #stepsLeft = MAX_CHART_STEPS;

  constructor(
    chart: Chart,
    given: Dict,
    { isWanted = () => true, capabilities = DEFAULT_CAPABILITIES, release = DEFAULT_RELEASE }: RenderOptions,
  ) {
    this.#isWanted = isWanted;
    this.#functions = new Map([...HELM_FUNCTIONS, ['required', this.#required()], ['lookup', this.#lookup()]]);
    this.#shared = [
      ['Release', releaseData(release)],
      ['Capabilities', capabilitiesData(capabilities)],
    ];
    const deployed = deployedChart(chart, given);
    const values = recorded(coalesceValues(deployed, given, false), this.#recorder);
    this.#add(deployed, { ...values, type: 'chartutil.Values' }, deployed.name, true);
    this.#renderables.sort((a, b) => byDepth(b.name, a.name));
  }

  render(): RenderedChart {
    const failed = new Map<string, TemplateError>();
    for (const { name, written, source } of this.#renderables) {
      const error = this.#attempt(() => this.#set.add(name, written, parsedFrom(source, name)));
      if (error instanceof TemplateError) failed.set(name, error);
    }
    const isRendered = (one: Renderable) => !baseName(one.name).startsWith('_') && this.#isWanted(one);
    const rendered = this.#renderables.filter(isRendered).map((one) => this.#render(one, failed.get(one.name)));
    for (const [name, error] of failed) if (baseName(name).startsWith('_')) this.#say(error, name);
    return {
      templates: rendered.filter(({ name }) => baseName(name) !== 'NOTES.txt'),
      notes: this.#notes,
      sourceOf: (name) => this.#sources.get(name),
    };
  }

  #render({ name, data, basePath }: Renderable, syntaxError: TemplateError | undefined): RenderedTemplate {
    this.#recorder.take();
    put(data, 'Template', {
      ...dict([
        ['Name', text(name)],
        ['BasePath', text(basePath)],
      ]),
      type: 'chartutil.Values',
    });
    const limits = new Limits(Math.min(MAX_STEPS, this.#stepsLeft));
    const session = new Session(this.#functions, limits);
    const result = syntaxError ?? this.#attempt(() => session.render(this.#set, name, data));
    this.#stepsLeft -= limits.spent;
    const reads = this.#recorder.take();
    if (!(result instanceof TemplateError)) return { name, output: withoutMark(result), error: undefined, reads };
    this.#say(result, name);
    return { name, output: undefined, error: result, reads };
  }

  #attempt<T>(run: () => T): T | TemplateError {
    try {
      return run();
    } catch (error) {
      if (error instanceof TemplateError) return error;
      // The evaluator is written to throw nothing else; a chart must not take the rest down where it does.
      return new TemplateError(error instanceof Error ? error.message : String(error));
    }
  }

  #say(error: TemplateError, template: string): void {
    const { place } = error;
    const file = place?.file ?? template;
    if (error instanceof Refusal)
      this.#note('refused', `The chart refuses these values in ${file}: ${error.message}`, place);
    else this.#note('not-rendered', `${template} cannot be rendered: ${error.message} (${file})`, place);
  }

  #note(kind: ChartNote['kind'], message: string, place: TemplatePlace | undefined): void {
    if (!this.#notes.some((note) => note.message === message)) this.#notes.push({ kind, message, place });
  }

  /** `lookup` finds nothing without a cluster, as with `helm template`. */
  #lookup(): TemplateFunction {
    const original = HELM_FUNCTIONS.get('lookup') as TemplateFunction;
    return {
      ...original,
      run: (args, call) => {
        const { place } = call;
        this.#note(
          'needs-cluster',
          `${place.file} looks up objects of the cluster: it is rendered as if there were none`,
          place,
        );
        return original.run(args, call);
      },
    };
  }

  /** `required` of a value that is not given: somebody will give it. */
  #required(): TemplateFunction {
    const original = HELM_FUNCTIONS.get('required') as TemplateFunction;
    return {
      ...original,
      run: (args, call) => {
        try {
          return original.run(args, call);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          this.#note('refused', `A value is required in ${call.place.file}: ${error.message}`, call.place);
          return unknown(`required: ${error.message}`);
        }
      },
    };
  }

  /** Adds the templates of a chart, and gives what its parent has under `.Subcharts`. */
  #add(deployed: DeployedChart, values: Data, path: string, isRoot: boolean): Dict {
    const { chart } = deployed;
    const { metadata } = chart;
    const subcharts = dict();
    const data = dict([
      ['Chart', chartData(deployed, isRoot)],
      ['Files', this.#files(chart, path)],
      ...this.#shared,
      ['Values', values],
      ['Subcharts', subcharts],
    ]);
    const typed: Dict = { ...data, type: 'chartutil.Values' };
    for (const subchart of deployed.dependencies) {
      const own = values.kind === 'dict' ? values.entries.get(subchart.name)?.value : undefined;
      const table: Dict = own?.kind === 'dict' ? own : dict();
      put(
        subcharts,
        subchart.name,
        this.#add(subchart, { ...table, type: 'chartutil.Values' }, `${path}/charts/${subchart.name}`, false),
      );
    }
    for (const { path: file, source } of chart.templates) {
      if (metadata.isLibrary && !baseName(file).startsWith('_')) continue;
      const name = `${path}/${file}`;
      this.#sources.set(name, source);
      this.#renderables.push({
        name,
        written: { source: Rope.of(source.text, { offset: 0 }), file: name },
        source,
        data: typed,
        basePath: `${path}/templates`,
      });
    }
    return data;
  }

  #files({ files, readFile }: Chart, folder: string): Dict {
    return filesData(files, (path) => {
      const file = `${folder}/${path}`;
      this.#recorder.files.add(file);
      const source = readFile(path);
      if (!source) return Rope.empty;
      this.#sources.set(file, source);
      const content = source.text.replace(/^\ufeff/, '');
      const offset = source.text.length - content.length;
      return Rope.of(content, { offset, place: { file, range: { start: 0, end: source.text.length } } });
    });
  }
}

/** `sortTemplates` of Helm's engine: those in deeper folders first, so that the definitions of parents replace theirs. */
function byDepth(a: string, b: string): number {
  return a.split('/').length - b.split('/').length || (a < b ? -1 : a > b ? 1 : 0);
}

/** A byte order mark at the start of a template is no part of it. */
function withoutMark(rope: Rope): Rope {
  return rope.text.startsWith('\ufeff') ? rope.slice(1) : rope;
}

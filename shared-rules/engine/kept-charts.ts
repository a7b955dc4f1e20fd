import type { RenderedChart } from '../assembly/helm/render.ts';
import type { Sources, SourceText } from '../assembly/sources.ts';
import { Kept } from '../language/kept.ts';

/** The texts of files by their paths; undefined for those that are not there. */
type Texts = ReadonlyMap<string, string | undefined>;

interface KeptChart {
  readonly chart: RenderedChart;
  readonly texts: Texts;
}

/** So many characters stay rendered: partials of one chart are linted one after the other. */
const MOST_KEPT = 8 * 1024 * 1024;
const kept = new Kept<KeptChart>(MOST_KEPT);

/**
 * A chart that is rendered once for several of its files, while nothing changes that it depends on.
 * @param key the chart, its environment, and whatever else it is rendered with
 */
export function keptChart(key: string, sources: RecordedSources, render: () => RenderedChart): RenderedChart {
  const known = kept.get(key);
  const isSame =
    known && sources.areIn(known.texts) && [...known.texts].every(([path, text]) => sources.read(path)?.text === text);
  if (isSame) return known.chart;
  const chart = render();
  const length = chart.templates.reduce((sum, { output }) => sum + (output?.length ?? 0), 0);
  return kept.set(key, { chart, texts: sources.texts() }, length).chart;
}

/** Files, and which of them were read. */
export class RecordedSources {
  readonly #sources: Sources;
  readonly #read = new Map<string, SourceText | undefined>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  readonly read: Sources = (path) => {
    if (!this.#read.has(path)) this.#read.set(path, this.#sources(path));
    return this.#read.get(path);
  };

  texts(): Texts {
    return new Map(Array.from(this.#read, ([path, source]) => [path, source?.text]));
  }

  /** Whether all that was read so far is among texts. */
  areIn(texts: Texts): boolean {
    return [...this.#read].every(([path, source]) => texts.has(path) && texts.get(path) === source?.text);
  }

  /** How long the files are that were read. */
  get characters(): number {
    return [...this.#read.values()].reduce((sum, source) => sum + (source?.text.length ?? 0), 0);
  }
}

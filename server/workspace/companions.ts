import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type AskedTopics, chartsAsked, mayBeOfChart, sourcesAsked } from '../../shared-rules/index.ts';
import { isPackedChart } from './packed-chart.ts';
import { leadsThroughLink } from './walk.ts';

/**
 * Files that are read because others are put together with them, such as the `.env` of a Compose project and the files of a chart:
 * nobody named them, and what is found in them is not reported. They lie below the root, and no link leads to them.
 */
export class Companions {
  readonly #asked = new Set<string>();
  /** The folders of charts whose files were listed. */
  readonly #charts = new Set<string>();

  /**
   * The companions that a lint asked for and that nobody asked for before.
   * @param root the folder that paths are relative to
   * @returns where they lie
   */
  asked(asked: AskedTopics, root: string): string[] {
    const ofCharts = chartsAsked(asked).flatMap((chart) => this.#filesOf(join(root, chart)));
    const files = [...sourcesAsked(asked).map((path) => join(root, path)), ...ofCharts];
    return files.filter((file) => {
      if (this.#asked.has(file)) return false;
      this.#asked.add(file);
      return isCompanion(root, file);
    });
  }

  /** The files of a chart that nobody asked about before, and its packed dependencies. */
  #filesOf(chart: string): string[] {
    if (this.#charts.has(chart)) return [];
    this.#charts.add(chart);
    return [...filesIn(chart, 0)].slice(0, MOST_FILES).concat(packagesIn(join(chart, 'charts')));
  }

  /** Whether a lint asked about the chart that a package is a dependency of. */
  isAwaitedPackage(file: string): boolean {
    return isPackedChart(file) && this.#charts.has(dirname(dirname(file)));
  }

  /** The next lint that asks for it is told again whether it is there. */
  forget(file: string): void {
    this.#asked.delete(file);
  }
}

/** Files of one chart beyond so many, and those deeper below it, are not read unless somebody names them. */
const MOST_FILES = 2_000;
const MOST_LEVELS = 10;

/** The folders of a chart and its subcharts with templates or values. */
const FOLDERS = /^(?:charts\/[^/]+\/)*(?:charts(?:\/[^/]+)?|ci|values|(?:environments|templates)(?:\/.*)?)$/;

/** What is rendered of a chart, or has values, below its folder. */
function* filesIn(folder: string, level: number, below = ''): Generator<string> {
  for (const entry of entriesOf(folder)) {
    const path = below + entry.name;
    if (entry.isFile() && mayBeOfChart(path)) yield join(folder, entry.name);
    if (entry.isDirectory() && level < MOST_LEVELS && FOLDERS.test(path))
      yield* filesIn(join(folder, entry.name), level + 1, `${path}/`);
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // There is no such folder, or nobody may look.
    return [];
  }
}

/** Packages of one chart beyond so many are not read. */
const MOST_PACKAGES = 50;

function packagesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .map((name) => join(folder, name))
      .filter(isPackedChart)
      .sort()
      .slice(0, MOST_PACKAGES);
  } catch {
    // There is no such folder, or nobody may look.
    return [];
  }
}

function isCompanion(root: string, file: string): boolean {
  const below = relative(root, file).split(sep);
  if (below[0] === '..') return false;
  try {
    return !leadsThroughLink(root, below.join('/')) && lstatSync(file).isFile();
  } catch {
    // It does not exist, a file stands where its folder would, or nobody may look.
    return false;
  }
}

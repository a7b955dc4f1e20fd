import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type AskedTopics, chartsAsked, sourcesAsked } from '../../shared-rules/index.ts';
import { isPackedChart } from './packed-chart.ts';
import { leadsThroughLink } from './walk.ts';

/**
 * Files that are read because others are put together with them, such as the `.env` of a Compose project and the packed dependencies of a chart: nobody named them,
 * and what is found in them is not reported. They lie below the root, and no link leads to them.
 */
export class Companions {
  readonly #asked = new Set<string>();
  /** The folders of charts whose packages were listed. */
  readonly #charts = new Set<string>();

  /**
   * The companions that a lint asked for and that nobody asked for before.
   * @param root the folder that paths are relative to
   * @returns where they lie
   */
  asked(asked: AskedTopics, root: string): string[] {
    const packages = chartsAsked(asked).flatMap((chart) => this.#packagesOf(join(root, chart)));
    const files = [...sourcesAsked(asked).map((path) => join(root, path)), ...packages];
    return files.filter((file) => {
      if (this.#asked.has(file)) return false;
      this.#asked.add(file);
      return isCompanion(root, file);
    });
  }

  /** The packed dependencies of a chart that nobody asked about before. */
  #packagesOf(chart: string): string[] {
    if (this.#charts.has(chart)) return [];
    this.#charts.add(chart);
    return packagesIn(join(chart, 'charts'));
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

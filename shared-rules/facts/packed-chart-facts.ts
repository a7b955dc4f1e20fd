import { parentChart } from '../assembly/helm/roots.ts';
import { slashedPath } from '../language/paths.ts';
import type { ChartFileFact, Fact, SourceFact } from './fact.ts';
import { sourceFact } from './source-fact.ts';

/** What is in a packed chart, such as `charts/redis-19.0.0.tgz`. Paths are relative to the chart, with forward slashes. */
export interface PackedChart {
  readonly texts: ReadonlyMap<string, string>;
  /** Charts that are packed in it. */
  readonly packages: ReadonlyMap<string, PackedChart>;
}

/** Why a package was not read, as the end of a sentence about it. */
interface NotRead {
  readonly refused: string;
}

/** What others may ask of a packed chart. The paths of what is in it go on behind its own. */
export function packedChartFacts(path: string, packed: PackedChart | NotRead): Fact[] {
  const own = slashedPath(path);
  const parent = parentChart(own);
  if (parent === undefined) return [];
  const isRead = !('refused' in packed);
  return [
    { ...chartFile(parent, own), ...(!isRead && { refused: packed.refused }) },
    ...(isRead ? factsIn(own, packed) : []),
  ];
}

function factsIn(folder: string, { texts, packages }: PackedChart): Fact[] {
  const inside = (path: string) => `${folder}/${path}`;
  return [
    ...Array.from(texts, ([path, text]): SourceFact => ({ ...sourceFact(inside(path), text), isPacked: true })),
    ...[...texts.keys(), ...packages.keys()].map((path) => chartFile(folder, inside(path))),
    ...[...packages].flatMap(([path, packed]) => factsIn(inside(path), packed)),
  ];
}

function chartFile(key: string, path: string): ChartFileFact {
  return { is: 'chartFile', key, path, at: { range: { start: 0, end: 0 }, path: '', file: undefined } };
}

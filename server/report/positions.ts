import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Fact, lastAtOrBefore } from '../../shared-rules/index.ts';

/** A text, or what is left of one, that knows where an offset lies. */
export type Positions = Pick<TextDocument, 'positionAt'>;

/** Where the offsets lie that data about a text names, for those who do not have the text. */
export class KnownPositions implements Positions {
  /** An offset, its line and its character, and so on, in the order of the offsets. */
  readonly #places: Uint32Array;

  constructor(places: readonly number[]) {
    this.#places = new Uint32Array(places);
  }

  positionAt(offset: number): { line: number; character: number } {
    const places = this.#places;
    const at = 3 * lastAtOrBefore(places.length / 3, (index) => places[3 * index] as number, offset);
    if (places[at] !== offset) throw new RangeError(`The place of offset ${offset} is not known`);
    return { line: places[at + 1] as number, character: places[at + 2] as number };
  }
}

/** The places of all ranges in plain data, as `KnownPositions` takes them. */
export function positionsIn(data: unknown, document: Positions): number[] {
  const offsets = new Set<number>();
  addOffsets(data, offsets);
  return [...offsets]
    .sort((a, b) => a - b)
    .flatMap((offset) => {
      const { line, character } = document.positionAt(offset);
      return [offset, line, character];
    });
}

function addOffsets(data: unknown, offsets: Set<number>): void {
  if (typeof data !== 'object' || data === null) return;
  const { start, end } = data as { start?: unknown; end?: unknown };
  if (typeof start === 'number' && typeof end === 'number') offsets.add(start).add(end);
  for (const value of Object.values(data)) addOffsets(value, offsets);
}

/** A place in a file as people count: from 1, columns in UTF-16 units. */
export function lineAndColumnAt(places: Positions, offset: number): { line: number; column: number; offset: number } {
  const { line, character } = places.positionAt(offset);
  return { line: line + 1, column: character + 1, offset };
}

/** Where facts of a text lie: any place of a text that others may be put together with, else those of the facts. */
export function positionsOfFacts(facts: readonly Fact[], factPlaces: readonly number[]): Positions | undefined {
  if (facts.length === 0) return undefined;
  const parts = facts.flatMap((fact) => (fact.is === 'source' ? fact.text : []));
  return parts.length > 0 ? TextDocument.create('', 'yaml', 0, parts.join('')) : new KnownPositions(factPlaces);
}

/** Where things lie in files that related places may stand in, by what the workspace calls them. */
export type PositionsByFile = ReadonlyMap<string, Positions>;

import type { Piece, Rope, TemplatePlace } from '../../language/go-template/rope.ts';
import type { Part, Place } from '../../language/place.ts';
import { lastAtOrBefore } from '../../language/search.ts';
import { lineStart, type Range, type TextEdit } from '../../language/text.ts';
import type { Derivation } from '../../language/yaml/document.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import { isPadding, literalRange, type RenderedPiece, sharedFrames } from './template-frames.ts';

/** Where something is written. */
type Written = Pick<Place, 'range' | 'part' | 'file'>;

/** What a template of a chart prints. It knows where each of its characters is written: in a template or a values file. */
export class RenderedText implements Derivation {
  readonly text: string;
  readonly #pieces: readonly Piece[];
  readonly #starts: readonly number[];
  readonly #workspacePath: (file: string) => string | undefined;
  readonly #places = new Map<string, Written>();
  /** Where nodes are in the text that have the ranges of values. */
  readonly #ranges = new WeakMap<object, Range>();

  /** @param workspacePath what the workspace calls a file of a template; undefined for the one that is linted */
  constructor(rope: Rope, workspacePath: (file: string) => string | undefined) {
    const starts: number[] = [];
    let at = 0;
    for (const { text } of rope.pieces) {
      starts.push(at);
      at += text.length;
    }
    this.text = rope.text;
    this.#pieces = rope.pieces;
    this.#starts = starts;
    this.#workspacePath = workspacePath;
  }

  inFile(range: Range): Range {
    return this.#written(range).range;
  }

  fileOf(range: Range): { part: Part | undefined; file: string | undefined } {
    const { part, file } = this.#written(range);
    return { part, file };
  }

  /** Notes where in the text a node is that has the range of a value. */
  noteRange(node: object, range: Range): void {
    this.#ranges.set(node, range);
  }

  readonly usedAt = (entry: Value | Field): readonly Place[] => {
    const node = 'pair' in entry ? entry.pair : entry.written;
    const frames = this.#framesOf(this.piecesIn(this.#ranges.get(node) ?? entry.span));
    return frames.map(({ range, file }) => ({ range, path: '', file: this.#workspacePath(file) }));
  };

  /** The pieces of a range; of an empty one, the piece it is in or ends. */
  piecesIn({ start, end }: Range): RenderedPiece[] {
    const found: RenderedPiece[] = [];
    const isEmpty = start === end;
    const from = isEmpty ? Math.max(0, start - 1) : start;
    const to = isEmpty ? start + 1 : end;
    for (let index = this.#pieceAt(from); index < this.#pieces.length && this.#starts[index]! < to; index++) {
      const piece = this.#pieces[index]!;
      const at = this.#starts[index]!;
      const [first, last] = [Math.max(at, start), Math.min(at + piece.text.length, end)];
      found.push({
        piece,
        at,
        start: first,
        end: Math.max(first, last),
        text: this.text.slice(first, Math.max(first, last)),
      });
    }
    return found;
  }

  #pieceAt(at: number): number {
    return lastAtOrBefore(this.#starts.length, (index) => this.#starts[index]!, at);
  }

  #framesOf(pieces: readonly RenderedPiece[]): readonly TemplatePlace[] {
    const quotes = pieces.filter(({ piece, text }) => piece.from !== undefined && text.trim() !== '');
    return sharedFrames(printed(pieces), quotes);
  }

  /** The same is asked again and again: of a value its range and file, of its key, of what is around it. */
  #written(range: Range): Written {
    const key = `${range.start}-${range.end}`;
    const known = this.#places.get(key) ?? this.#find(range);
    this.#places.set(key, known);
    return known;
  }

  #find(range: Range): Written {
    const all = this.piecesIn(range);
    const pieces = printed(all);
    const [first] = pieces;
    const value = first?.piece.from?.value;
    if (value && pieces.every(({ piece }) => piece.from?.value === value))
      return placeInValue(value, pieces.length === 1 ? first : undefined);
    const [frame] = pieces.length > 0 ? this.#framesOf(all) : sharedFrames(this.#before(range.start));
    if (!frame) return { range: { start: 0, end: 0 }, part: undefined, file: undefined };
    return { range: frame.range, part: undefined, file: this.#workspacePath(frame.file) };
  }

  /** The last piece before an offset that is from somewhere. */
  #before(offset: number): RenderedPiece[] {
    for (let index = this.#pieceAt(offset); index >= 0; index--) {
      const piece = this.#pieces[index];
      const at = this.#starts[index] ?? 0;
      const end = at + (piece?.text.length ?? 0);
      if (piece?.from) return [{ piece, at, start: end, end, text: '' }];
    }
    return [];
  }

  /**
   * Edits in literal text of the template that is linted; undefined where one is not within such text, or where text that is
   * printed several times would be edited in several ways.
   */
  editsInFile(edits: readonly TextEdit[]): TextEdit[] | undefined {
    const found = joinedRemovals(edits).map((edit) => this.#editInTemplate(edit));
    const known = found.flatMap((edit) => edit ?? []);
    const distinct = [...new Map(known.map((edit) => [JSON.stringify(edit), edit])).values()];
    return known.length < found.length || doOverlap(distinct) ? undefined : distinct;
  }

  #editInTemplate({ range, newText }: TextEdit): TextEdit | undefined {
    const written = this.#literal(range) ?? (newText === '' ? this.#literal(this.#lineBefore(range)) : undefined);
    if (!written || this.#workspacePath(written.file) !== undefined) return undefined;
    const line = lineStart(this.text, range.start);
    const text = withoutPadding(newText, this.#paddingAt(line), range.start === line);
    return text === undefined ? undefined : { range: written.range, newText: text };
  }

  #literal(range: Range | undefined): ReturnType<typeof literalRange> {
    return range && literalRange(this.piecesIn(range), range);
  }

  /** Whole lines with the line end before them instead of theirs, which an action may take away. */
  #lineBefore({ start, end }: Range): Range | undefined {
    const isWhole = this.text[start - 1] === '\n' && this.text[end - 1] === '\n';
    return isWhole ? { start: start - 1, end: end - 1 } : undefined;
  }

  /** How many spaces `indent` puts before the text of a line. */
  #paddingAt(line: number): number {
    const index = this.#pieceAt(line);
    const piece = this.#pieces[index];
    return piece && this.#starts[index] === line && isPadding(piece) ? piece.text.length : 0;
  }
}

/** The pieces that say something: not padding, nor quotes and white space around values. */
function printed(pieces: readonly RenderedPiece[]): readonly RenderedPiece[] {
  const known = pieces.filter(({ piece }) => piece.from !== undefined);
  const telling = known.filter(({ text }) => /[^\s"']/.test(text));
  return telling.length > 0 ? telling : known;
}

/** @param only the piece, where it is the only one */
function placeInValue(value: Value | Field, only: RenderedPiece | undefined): Written {
  const { part, file, range } = value;
  const offset = only?.piece.from?.offset;
  const isPartial = only && offset !== undefined && only.piece.from?.isWhole !== true;
  if (!isPartial || 'pair' in value || only.text === '') return { part, file, range };
  return { part, file, range: value.rangeOf(only.text, offset + only.start - only.at) };
}

/** Edits where what is removed in one piece is removed by one edit. */
function joinedRemovals(edits: readonly TextEdit[]): TextEdit[] {
  const joined: TextEdit[] = [];
  for (const edit of edits.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)) {
    const last = joined.at(-1);
    const isNext = last?.newText === '' && edit.newText === '' && last.range.end === edit.range.start;
    if (isNext) joined.push({ range: { start: joined.pop()!.range.start, end: edit.range.end }, newText: '' });
    else joined.push(edit);
  }
  return joined;
}

function doOverlap(edits: readonly TextEdit[]): boolean {
  const inOrder = edits.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return inOrder.some(({ range }, index) => range.start < (inOrder[index - 1]?.range.end ?? 0));
}

/** A text without the spaces that a function puts before its lines; undefined where a line has fewer. */
function withoutPadding(text: string, padding: number, isAtLineStart: boolean): string | undefined {
  if (padding === 0 || text === '') return text;
  const spaces = ' '.repeat(padding);
  const lines = text.split('\n');
  const stripped = lines.map((line, index) => {
    if ((index === 0 && !isAtLineStart) || line.trim() === '') return line;
    return line.startsWith(spaces) ? line.slice(padding) : undefined;
  });
  return stripped.includes(undefined) ? undefined : stripped.join('\n');
}

import { lastAtOrBefore } from './search.ts';
import { lineEnd, lineStart, nextLine, type Range, type TextEdit } from './text.ts';

/** A stretch of text that stands in a file just so, but for its line end, or that something else in the file stands for. */
export interface Piece {
  readonly text: string;
  /** Where it begins in the file. */
  readonly offset: number;
  /** How long what stands for it is in the file, such as a reference to a variable; undefined where it is the text itself. */
  readonly written?: number;
  /** Whether it is a default, instead of which something else may be set elsewhere. */
  readonly isDefault?: boolean;
}

/** What stands in the place of something else in a text. */
export interface Replacement {
  readonly text: string;
  /** Whether something else may be set elsewhere. */
  readonly fromDefault: boolean;
}

/**
 * A text as a program reads it that a file writes with something between its parts: shell text with continuations or
 * escapes, a script in a YAML scalar, a fence of Markdown behind the marks of a list or a quotation. It knows where each of
 * its characters stands in the file.
 */
export class DerivedText {
  readonly text: string;
  readonly #starts: readonly PieceStart[];

  constructor(pieces: readonly Piece[]) {
    const starts: PieceStart[] = [];
    let text = '';
    for (const piece of pieces.flatMap(withoutCarriageReturns)) {
      const { text: own, ...origin } = piece;
      starts.push({ at: text.length, ...origin });
      text += own;
    }
    this.text = text;
    this.#starts = starts;
  }

  /** The part of a file that is to be read as it stands. */
  static within(file: string, { start, end }: Range): DerivedText {
    return new DerivedText([{ text: file.slice(start, end), offset: start }]);
  }

  /** Where a part of the text stands in the file. A line end has its carriage return, too. */
  inFile({ start, end }: Range): Range {
    const from = this.#boundaryOf(start);
    return { start: from, end: start === end ? from : this.#offsetBehind(end - 1) };
  }

  /** A part of it as a text of its own, such as the string that `sh -c` is given. */
  part(range: Range): DerivedText {
    return new DerivedText(this.#piecesIn(range));
  }

  /** Several parts of it, in their order, as one text. */
  parts(ranges: readonly Range[]): DerivedText {
    return new DerivedText(ranges.flatMap((range) => this.#piecesIn(range)));
  }

  /**
   * The text after something else has put its own texts into it.
   * @param pattern a global expression
   * @param textOf what a match becomes, and whether that is a default; undefined where it stays as it is
   */
  replacing(pattern: RegExp, textOf: (match: string) => Replacement | undefined): DerivedText {
    const replaced = [...this.text.matchAll(pattern)].flatMap(({ 0: match, index }) => {
      const replacement = textOf(match);
      return replacement ? { range: { start: index, end: index + match.length }, ...replacement } : [];
    });
    return this.#with(replaced);
  }

  /** The text with one and the same text in the place of some ranges, which are in order and do not overlap. */
  withRanges(ranges: readonly Range[], text: string): DerivedText {
    return this.#with(ranges.map((range) => ({ range, text, fromDefault: false })));
  }

  #with(replaced: readonly (Replacement & { readonly range: Range })[]): DerivedText {
    if (replaced.length === 0) return this;
    const pieces: Piece[] = [];
    let done = 0;
    for (const { range, text, fromDefault } of replaced) {
      const { start, end } = this.inFile(range);
      const isDefault = fromDefault || this.hasDefault(range);
      for (const piece of this.#piecesIn({ start: done, end: range.start })) pieces.push(piece);
      pieces.push({ text, offset: start, written: end - start, isDefault });
      done = range.end;
    }
    return new DerivedText([...pieces, ...this.#piecesIn({ start: done, end: this.text.length })]);
  }

  /** Whether a default stands in a part of the text. */
  hasDefault({ start, end }: Range): boolean {
    return this.#piecesIn({ start, end }).some(({ isDefault }) => isDefault);
  }

  #piecesIn({ start, end }: Range): Piece[] {
    const pieces: Piece[] = [];
    const first = lastAtOrBefore(this.#starts.length, (index) => this.#starts[index]!.at, start);
    for (let index = first; index < this.#starts.length && this.#starts[index]!.at < end; index++) {
      const { at, isBehindReturn, ...origin } = this.#starts[index]!;
      const next = this.#starts[index + 1]?.at ?? this.text.length;
      const [from, to] = [Math.max(at, start), Math.min(next, end)];
      const offset = origin.written === undefined ? origin.offset + from - at : origin.offset;
      if (from < to) pieces.push({ text: this.text.slice(from, to), ...origin, offset });
    }
    return pieces;
  }

  /**
   * Edits of this text as edits of the file, where each line of the text is a piece: what stands before a line in the file
   * goes with a whole line that is removed, and stands before each line that is added.
   */
  editsInFile(edits: readonly TextEdit[], file: string): TextEdit[] {
    return edits.map((edit) => this.#editInFile(edit, file));
  }

  #editInFile({ range, newText }: TextEdit, file: string): TextEdit {
    const isLineStart = (at: number) => at === 0 || this.text[at - 1] === '\n';
    const line = lineStart(this.text, Math.min(range.start, this.text.length - 1));
    const start = this.#offsetOf(line);
    const before = this.#prefixAt(line, file);
    const newline = file[lineEnd(file, start)] === '\r' ? '\r\n' : '\n';
    const isWhole = isLineStart(range.start) && isLineStart(range.end) && (newText === '' || newText.endsWith('\n'));
    const added = newText.replaceAll(/\r?\n(?=[\s\S])/g, newline + before).replace(/\r?\n$/, newline);
    if (!isWhole) return { range: this.inFile(range), newText: added };
    const from = this.#lineInFile(range.start, file);
    const to = range.end === range.start ? from : this.#lineInFile(range.end, file);
    return { range: { start: from, end: to }, newText: newText === '' ? '' : before + added };
  }

  /** Where the line begins in the file that begins at an offset of this text, or would behind its end. */
  #lineInFile(at: number, file: string): number {
    return at < this.text.length
      ? lineStart(file, this.#offsetOf(at))
      : nextLine(file, Math.max(0, this.#offsetOf(at - 1)));
  }

  /** What the file has before a line, or before the nearest one that is not blank: a blank one need not have it. */
  #prefixAt(line: number, file: string): string {
    const isBlank = (at: number) => this.text.slice(at, lineEnd(this.text, at)).trim() === '';
    let nearest = line;
    while (isBlank(nearest) && nextLine(this.text, nearest) < this.text.length) nearest = nextLine(this.text, nearest);
    while (isBlank(nearest) && nearest > 0) nearest = lineStart(this.text, nearest - 1);
    const start = this.#offsetOf(nearest);
    return file.slice(lineStart(file, start), start);
  }

  /** The offset of a place between two characters. */
  #boundaryOf(at: number): number {
    const piece = this.#pieceAt(at);
    return this.#offsetOf(at) - (piece?.isBehindReturn && piece.at === at ? 1 : 0);
  }

  #offsetOf(at: number): number {
    const start = this.#pieceAt(at);
    if (!start) return 0;
    return start.written === undefined ? start.offset + at - start.at : start.offset;
  }

  /** The offset behind a character. */
  #offsetBehind(at: number): number {
    const { written, offset } = this.#pieceAt(at) ?? {};
    return written === undefined || offset === undefined ? this.#offsetOf(at) + 1 : offset + written;
  }

  /** The last piece that begins at or before a place. */
  #pieceAt(at: number): PieceStart | undefined {
    return this.#starts[lastAtOrBefore(this.#starts.length, (index) => this.#starts[index]!.at, at)];
  }
}

/** Where a piece begins in a derived text, and in the file. */
interface PieceStart extends Omit<Piece, 'text'> {
  readonly at: number;
  /** Whether it is a line end whose carriage return is left out. */
  readonly isBehindReturn: boolean;
}

/** Shells take a carriage return for a part of the word before it; files from Windows mean a line end. */
function withoutCarriageReturns(whole: Piece): (Piece & Pick<PieceStart, 'isBehindReturn'>)[] {
  const { text, offset } = whole;
  if (whole.written !== undefined) return [{ ...whole, isBehindReturn: false }];
  let at = offset;
  return text.split(/\r(?=\n)/).map((part, index) => {
    const piece = { text: part, offset: at, isBehindReturn: index > 0 };
    at += part.length + 1;
    return piece;
  });
}

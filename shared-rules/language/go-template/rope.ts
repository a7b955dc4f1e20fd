import { lastAtOrBefore } from '../search.ts';
import type { Range } from '../text.ts';
import { UNKNOWN_CHARACTER } from '../unknown.ts';
import type { Field, Value } from '../yaml/value.ts';
import { TemplateError } from './template-error.ts';

/** A place in a template, and the action that included or called what it is in. */
export interface TemplatePlace {
  /** The path of the template's file as the chart has it; of a text that `tpl` was given, that of the template that calls it. */
  readonly file: string;
  readonly range: Range;
  readonly caller?: TemplatePlace | undefined;
}

/** Where a piece of text is from. */
export interface Source {
  /** The scalar or the key in a values file that it was made from. */
  readonly value?: Value | Field | undefined;
  /** Whether it is all of that value, though it may be spelled in another way (`1e+06` for `1000000`). */
  readonly isWhole?: boolean | undefined;
  /**
   * Where the piece begins in the text of that value or, where there is none, in the template's file. Undefined where the
   * piece is not written just so, such as a text in upper case.
   */
  readonly offset?: number | undefined;
  /** The literal text of a template that it is a part of, or the action that printed it. */
  readonly place?: TemplatePlace | undefined;
  /** The action that printed it, where it is a text in quotes in another action of the same template. */
  readonly printedBy?: TemplatePlace | undefined;
}

/** A stretch of text from one source. */
export interface Piece {
  readonly text: string;
  readonly from?: Source | undefined;
}

/** More than this many UTF-16 units in one text are an error. */
export const MAX_TEXT_LENGTH = 16 * 1024 * 1024;

/** More pieces than this in one text are an error. */
const MAX_PIECES = 250_000;

/** An immutable text whose pieces know where they are from. Its pieces are never empty. */
export class Rope {
  static readonly empty = new Rope([], 0);

  readonly pieces: readonly Piece[];
  readonly length: number;
  #text: string | undefined;
  #starts: readonly number[] | undefined;

  private constructor(pieces: readonly Piece[], length: number) {
    if (pieces.length > MAX_PIECES) throw new TemplateError(`a text has more than ${MAX_PIECES} pieces`);
    this.pieces = pieces;
    this.length = length;
  }

  static of(text: string, from?: Source): Rope {
    if (text === '') return Rope.empty;
    return Rope.ofPieces([from ? { text, from } : { text }]);
  }

  /**
   * @param pieces none of them empty
   * @throws TemplateError when the text would be longer than MAX_TEXT_LENGTH
   */
  static ofPieces(pieces: readonly Piece[]): Rope {
    let length = 0;
    for (const { text } of pieces) length += text.length;
    checkLength(length);
    return new Rope(pieces, length);
  }

  /** The texts one after the other; plain strings are from nowhere. */
  static concat(...parts: readonly (Rope | string)[]): Rope {
    return Rope.join(parts);
  }

  /** The texts with another one between each two. */
  static join(parts: readonly (Rope | string)[], separator: Rope | string = ''): Rope {
    let length = Math.max(0, parts.length - 1) * separator.length;
    for (const part of parts) length += part.length;
    checkLength(length);
    const pieces: Piece[] = [];
    for (const [index, part] of parts.entries()) {
      if (index > 0) addTo(pieces, separator);
      addTo(pieces, part);
    }
    return new Rope(pieces, length);
  }

  get text(): string {
    this.#text ??= this.pieces.length === 1 ? this.pieces[0]!.text : this.pieces.map(({ text }) => text).join('');
    return this.#text;
  }

  /** Whether all of it is known. */
  get isKnown(): boolean {
    return !this.text.includes(UNKNOWN_CHARACTER);
  }

  /** A part of it, by UTF-16 offsets as `String.prototype.slice` takes them, but not from the end. */
  slice(start: number, end = this.length): Rope {
    if (start <= 0 && end >= this.length) return this;
    const pieces: Piece[] = [];
    const starts = this.#pieceStarts();
    const first = lastAtOrBefore(starts.length, (index) => starts[index]!, start);
    for (let index = first; index < starts.length && starts[index]! < end; index++) {
      const [piece, at] = [this.pieces[index]!, starts[index]!];
      const from = Math.max(0, start - at);
      const to = Math.min(piece.text.length, end - at);
      if (from < to) pieces.push(slicePiece(piece, from, to));
    }
    return Rope.ofPieces(pieces);
  }

  #pieceStarts(): readonly number[] {
    if (this.#starts) return this.#starts;
    let at = 0;
    this.#starts = this.pieces.map(({ text }) => {
      const start = at;
      at += text.length;
      return start;
    });
    return this.#starts;
  }

  /** The parts between a separator that is not empty. */
  split(separator: string): Rope[] {
    const parts: Rope[] = [];
    let done = 0;
    for (const { start, end } of rangesOf(this.text, separator)) {
      parts.push(this.slice(done, start));
      done = end;
    }
    return [...parts, this.slice(done)];
  }

  /** The text with others in the place of some ranges, which are in order and do not overlap. */
  replaceRanges(replacements: readonly (Range & { readonly by: Rope | string })[]): Rope {
    if (replacements.length === 0) return this;
    const parts: (Rope | string)[] = [];
    const cursor = new Cursor(this.pieces);
    let length = this.length;
    for (const { start, end, by } of replacements) {
      length += by.length - (end - start);
      checkLength(length);
      parts.push(cursor.take(start), by);
      cursor.take(end);
    }
    parts.push(cursor.take(this.length));
    return Rope.join(parts);
  }

  /** The text with another one for every occurrence of a text that is not empty. */
  replaceAll(old: string, by: Rope | string): Rope {
    return this.replaceRanges(rangesOf(this.text, old).map((range) => ({ ...range, by })));
  }

  /** As the function `indent` of Sprig: spaces before every line, also before an empty one. */
  indent(spaces: number): Rope {
    checkLength(spaces);
    const by = ' '.repeat(spaces);
    const lines = rangesOf(this.text, '\n').map(({ end }) => ({ start: end, end, by }));
    return this.replaceRanges([{ start: 0, end: 0, by }, ...lines]);
  }

  /** Without the characters at its ends that match. */
  trim(isRemoved: (character: string) => boolean, ends: 'both' | 'start' | 'end' = 'both'): Rope {
    const { text } = this;
    let [start, end] = [0, text.length];
    if (ends !== 'end') {
      while (start < end) {
        const character = String.fromCodePoint(text.codePointAt(start)!);
        if (!isRemoved(character)) break;
        start += character.length;
      }
    }
    if (ends !== 'start') {
      while (end > start) {
        const isPair = end - start > 1 && text.codePointAt(end - 2)! > 0xffff;
        const character = text.slice(end - (isPair ? 2 : 1), end);
        if (!isRemoved(character)) break;
        end -= character.length;
      }
    }
    return this.slice(start, end);
  }

  /**
   * Each piece in another spelling, such as in upper case. It is still from the same values, but not written just so.
   * @param spell must give for a text what it gives for its parts
   */
  spelled(spell: (text: string) => string): Rope {
    return Rope.ofPieces(
      this.pieces.flatMap(({ text, from }) => {
        const spelled = spell(text);
        if (spelled === text) return { text, from };
        if (spelled === '') return [];
        return { text: spelled, from: from && { value: from.value, place: from.place } };
      }),
    );
  }

  /** The same text, printed at a place: its pieces have that place unless they have one. */
  printedAt(place: TemplatePlace): Rope {
    if (this.pieces.every(({ from }) => from?.place && !isFromOtherAction(from, place))) return this;
    const pieces = this.pieces.map(({ text, from }) => {
      if (!from?.place) return { text, from: { ...from, place } };
      return { text, from: isFromOtherAction(from, place) ? { ...from, printedBy: place } : from };
    });
    return new Rope(pieces, this.length);
  }
}

/** Whether a piece is literal text of the same template as an action, but not of that action. */
function isFromOtherAction({ value, offset, place: own }: Source, { file, caller, range }: TemplatePlace): boolean {
  if (value || offset === undefined || !own || own.file !== file || own.caller !== caller) return false;
  return own.range.start < range.start || own.range.end > range.end;
}

/** Hands out the parts of a text from front to back. */
class Cursor {
  readonly #pieces: readonly Piece[];
  #index = 0;
  /** The offset of the first character that is not handed out, and where its piece begins. */
  #at = 0;
  #pieceStart = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  /** What is between the end of the last part and an offset. */
  take(end: number): Rope {
    const pieces: Piece[] = [];
    while (this.#at < end) {
      const piece = this.#pieces[this.#index]!;
      const pieceEnd = this.#pieceStart + piece.text.length;
      const to = Math.min(end, pieceEnd);
      pieces.push(slicePiece(piece, this.#at - this.#pieceStart, to - this.#pieceStart));
      this.#at = to;
      if (to === pieceEnd) {
        this.#pieceStart = pieceEnd;
        this.#index++;
      }
    }
    return Rope.ofPieces(pieces);
  }
}

function slicePiece(piece: Piece, from: number, to: number): Piece {
  if (from === 0 && to === piece.text.length) return piece;
  const text = piece.text.slice(from, to);
  if (!piece.from) return { text };
  const { value, offset, place, printedBy } = piece.from;
  return { text, from: { value, offset: offset === undefined ? undefined : offset + from, place, printedBy } };
}

function addTo(pieces: Piece[], part: Rope | string): void {
  if (typeof part !== 'string') for (const piece of part.pieces) pieces.push(piece);
  else if (part !== '') pieces.push({ text: part });
}

function rangesOf(text: string, part: string): Range[] {
  const ranges: Range[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length))
    ranges.push({ start: at, end: at + part.length });
  return ranges;
}

/** @throws TemplateError when a text would be longer than MAX_TEXT_LENGTH; for what would be made in one go */
export function checkLength(length: number): void {
  if (length > MAX_TEXT_LENGTH) throw new TemplateError(`a text is longer than ${MAX_TEXT_LENGTH} characters`);
}

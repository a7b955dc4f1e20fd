import type { Piece, TemplatePlace } from '../../language/go-template/rope.ts';
import type { Range } from '../../language/text.ts';

/** A piece of a rendered text, or what of it is in a range. */
export interface RenderedPiece extends Range {
  readonly piece: Piece;
  /** Where the piece itself begins in the text, and where what is in the range begins and ends. */
  readonly at: number;
  readonly text: string;
}

/** Spaces that are written nowhere, such as those that `indent` puts before lines. */
export function isPadding({ text, from }: Piece): boolean {
  return from?.value === undefined && from?.offset === undefined && /^ *$/.test(text);
}

/**
 * Where a piece is printed in a template: its literal text without white space around it, or the action that prints it.
 * @param isAlone whether it is all that is asked about: else a text that another action prints is where it is printed
 */
function frameOf({ piece: { from }, at, start, text }: RenderedPiece, isAlone: boolean): TemplatePlace | undefined {
  if (!from?.place) return undefined;
  if (from.printedBy && !isAlone) return from.printedBy;
  if (from.value || from.offset === undefined) return from.place;
  const { file, caller } = from.place;
  const first = from.offset + start - at + (text.length - text.trimStart().length);
  return { file, range: { start: first, end: first + text.trim().length }, caller };
}

/** A place and the actions that include it, the outermost first. */
function framesOf(piece: RenderedPiece, isAlone: boolean): readonly TemplatePlace[] {
  const frames: TemplatePlace[] = [];
  for (let at = frameOf(piece, isAlone); at; at = at.caller) frames.unshift(at);
  return frames;
}

function isSame(one: TemplatePlace | undefined, other: TemplatePlace | undefined): boolean {
  return one?.file === other?.file && one?.range.start === other?.range.start && one?.range.end === other?.range.end;
}

/**
 * The innermost template that pieces are printed in, with the range that they are printed from there, and the actions that
 * include it, to the outermost.
 * @param quotes pieces beside them that belong to what they say, where they are written right beside them in the same template
 */
export function sharedFrames(pieces: readonly RenderedPiece[], quotes: readonly RenderedPiece[] = []): TemplatePlace[] {
  const framesIn = (piece: RenderedPiece) => framesOf(piece, pieces.length === 1);
  const chains = pieces.map(framesIn).filter((chain) => chain.length > 0);
  const [first, ...others] = chains;
  if (!first) return [];
  let depth = others.length === 0 ? first.length - 1 : 0;
  while (chains.every((chain) => depth + 1 < chain.length && isSame(chain[depth], first[depth]))) depth++;
  const isBeside = (chain: readonly TemplatePlace[]) =>
    chain.length === depth + 1 &&
    isSame(chain[depth - 1], first[depth - 1]) &&
    chain[depth]!.file === first[depth]!.file;
  const innermost = chains.map((chain) => chain[depth]!);
  const outer = first.slice(0, depth).reverse();
  const { file, caller } = first[depth]!;
  const beside = quotes.map(framesIn).filter(isBeside);
  // Of what one action prints from several files, it is the action.
  if (innermost.some((frame) => frame.file !== file)) return outer;
  let { start, end } = first[depth]!.range;
  for (const { range } of [...innermost, ...beside.map((chain) => chain[depth]!)]) {
    // A text in quotes in an action may be printed by another one, which prints quotes of its own.
    if (innermost.length === 1 && (range.end < start || range.start > end)) continue;
    start = Math.min(start, range.start);
    end = Math.max(end, range.end);
  }
  return [{ file, range: { start, end }, caller }, ...outer];
}

/** A range of a template. */
interface Literal {
  readonly file: string;
  readonly range: Range;
}

/** Where a range of a rendered text is literal text of one template; undefined where something else is in it. */
export function literalRange(pieces: readonly RenderedPiece[], range: Range): Literal | undefined {
  if (range.start === range.end) return literalAt(pieces, range.start);
  let found: Literal | undefined;
  for (const { piece, at, start, end } of pieces) {
    if (isPadding(piece)) continue;
    const literal = literalOf({ piece, at, start, end });
    if (!literal) return undefined;
    const continues = found && found.file === literal.file && found.range.end === literal.range.start;
    if (found && !continues) return undefined;
    found = { file: literal.file, range: { start: (found ?? literal).range.start, end: literal.range.end } };
  }
  return found;
}

/** The place between two pieces of which one is literal. */
function literalAt(pieces: readonly RenderedPiece[], offset: number): Literal | undefined {
  for (const { piece, at } of pieces) {
    if (offset < at || offset > at + piece.text.length) continue;
    const literal = literalOf({ piece, at, start: offset, end: offset });
    if (literal) return literal;
  }
  return undefined;
}

function literalOf({ piece: { from }, at, start, end }: Omit<RenderedPiece, 'text'>): Literal | undefined {
  if (!from?.place || from.value || from.offset === undefined) return undefined;
  return { file: from.place.file, range: { start: from.offset + start - at, end: from.offset + end - at } };
}

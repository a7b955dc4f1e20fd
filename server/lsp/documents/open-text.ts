import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { type Position, type Range, TextDocument } from 'vscode-languageserver-textdocument';
import { differenceOf, lastAtOrBefore, TextDivision } from '../../../shared-rules/index.ts';

/** What is asked of a text that an editor shows. */
export type LinedText = Pick<TextDocument, 'uri' | 'version' | 'getText' | 'positionAt' | 'offsetAt'>;

/** A piece of a text, and where the lines of a text with these pieces begin. */
interface LinedPiece {
  readonly text: string;
  readonly lines: TextDocument;
}

/** A text at a version, in pieces. It does not change. */
export class TextInPieces implements LinedText {
  readonly uri: string;
  readonly version: number;
  readonly pieces: readonly LinedPiece[];
  /** Where each piece begins: its offset and its line. */
  readonly #starts: readonly number[];
  readonly #lines: readonly number[];

  constructor(uri: string, version: number, pieces: readonly LinedPiece[]) {
    this.uri = uri;
    this.version = version;
    this.pieces = pieces;
    let [offset, line] = [0, 0];
    const starts: number[] = [];
    const lines: number[] = [];
    for (const piece of pieces) {
      starts.push(offset);
      lines.push(line);
      offset += piece.text.length;
      line += piece.lines.lineCount - 1;
    }
    this.#starts = starts;
    this.#lines = lines;
  }

  get length(): number {
    return this.#starts.at(-1)! + this.pieces.at(-1)!.text.length;
  }

  get lineCount(): number {
    return this.#lines.at(-1)! + this.pieces.at(-1)!.lines.lineCount;
  }

  getText(): string {
    return this.pieces.map(({ text }) => text).join('');
  }

  positionAt(offset: number): Position {
    const index = lastAtOrBefore(this.#starts.length, (index) => this.#starts[index]!, offset);
    const { line, character } = this.pieces[index]!.lines.positionAt(offset - this.#starts[index]!);
    return { line: this.#lines[index]! + line, character };
  }

  offsetAt({ line, character }: Position): number {
    const index = lastAtOrBefore(this.#lines.length, (index) => this.#lines[index]!, line);
    const inPiece = { line: line - this.#lines[index]!, character };
    return this.#starts[index]! + this.pieces[index]!.lines.offsetAt(inPiece);
  }
}

/** A document that an editor holds. An edit costs the pieces it touches, however long the text is. */
export class OpenText implements LinedText {
  readonly uri: string;
  readonly languageId: string;
  readonly #division: TextDivision;
  #present: TextInPieces;

  constructor(uri: string, languageId: string, version: number, text: string) {
    this.uri = uri;
    this.languageId = languageId;
    this.#division = new TextDivision(text);
    this.#present = new TextInPieces(uri, version, this.#division.pieces.map(toPiece));
  }

  /** Takes in the changes of a message, as the protocol orders them. */
  update(changes: readonly TextDocumentContentChangeEvent[], version: number): this {
    for (const change of changes) {
      const whole = { start: { line: 0, character: 0 }, end: { line: this.lineCount, character: 0 } };
      const { start, end } = 'range' in change ? inOrder(change.range) : whole;
      this.#division.edit({ start: this.offsetAt(start), end: this.offsetAt(end) }, change.text);
      this.#present = new TextInPieces(this.uri, version, this.#pieces());
    }
    return this;
  }

  /** The pieces of the text as it is now; those that are as before are the same. */
  #pieces(): LinedPiece[] {
    const before = this.#present.pieces;
    const now = this.#division.pieces;
    const { first, last, end } = differenceOf(before, now);
    return [...before.slice(0, first), ...now.slice(first, end).map(toPiece), ...before.slice(last)];
  }

  /** The text as it is now, which stays so. */
  get present(): TextInPieces {
    return this.#present;
  }

  get version(): number {
    return this.#present.version;
  }

  /** In UTF-16 units. */
  get length(): number {
    return this.#present.length;
  }

  get lineCount(): number {
    return this.#present.lineCount;
  }

  getText(range?: Range): string {
    const text = this.#present.getText();
    return range ? text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : text;
  }

  positionAt(offset: number): Position {
    return this.#present.positionAt(offset);
  }

  offsetAt(position: Position): number {
    return this.#present.offsetAt(position);
  }
}

function toPiece(text: string): LinedPiece {
  return { text, lines: TextDocument.create('', '', 0, text) };
}

/** Editors have sent ranges whose end comes first. */
function inOrder({ start, end }: Range): Range {
  const isInOrder = start.line < end.line || (start.line === end.line && start.character <= end.character);
  return isInOrder ? { start, end } : { start: end, end: start };
}

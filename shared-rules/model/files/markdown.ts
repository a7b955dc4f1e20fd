import type { Piece } from '../../language/derived-text.ts';
import { lineEnd, nextLine, type Range } from '../../language/text.ts';

/** What opens a fenced block, behind the marks of the lists and quotations it stands in. Facts: the CommonMark spec. */
const OPENING =
  /^\uFEFF?((?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))*[ \t]*)(`{3,}(?=[^`]*$)|~{3,})[ \t]*(?:\{(?:code(?:-block)?\}[ \t]*|\.?))?([\w-]*)/;
/** What closes it, without those marks: it may be indented by three blanks. */
const CLOSING = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;
/** A block of code in a text that documents something. */
export interface Block {
  /** With the lines that open and close it. */
  readonly range: Range;
  /** The language it is marked with; empty where it is not. */
  readonly language: string;
  readonly lines: readonly Piece[];
  /** Where what closes it begins. */
  readonly contentEnd: number;
  /** Whether some line is indented less than the fence: it is not known what belongs to the block then. */
  readonly isRagged: boolean;
}

/** The fenced blocks of a Markdown text, but for those in comments; one that is not closed holds nothing. */
export function markdownBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: OpenBlock | undefined;
  let isComment = false;
  for (let at = 0; at < text.length; at = nextLine(text, at)) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    if (open?.isEndedBy(line)) open = undefined;
    if (open?.isClosedBy(line)) {
      blocks.push(open.closed(at, end));
      open = undefined;
    } else if (open) open.add(text, at, line);
    else if (isComment || /^ {0,3}<!--/.test(line)) isComment = !line.includes('-->');
    else open = openedBy(line, at);
  }
  if (open) {
    const range = { start: open.start, end: text.length };
    blocks.push({ range, contentEnd: text.length, language: '', lines: [], isRagged: false });
  }
  return blocks;
}

function openedBy(line: string, start: number): OpenBlock | undefined {
  const [, prefix = '', marks, language = ''] = OPENING.exec(line) ?? [];
  return marks === undefined ? undefined : new OpenBlock(start, prefix, marks, language);
}

/** A block whose lines are read. */
class OpenBlock {
  readonly start: number;
  readonly #prefix: string;
  readonly #marks: string;
  readonly #language: string;
  readonly #lines: Piece[] = [];
  #isRagged = false;

  constructor(start: number, prefix: string, marks: string, language: string) {
    this.start = start;
    this.#prefix = prefix;
    this.#marks = marks;
    this.#language = language;
  }

  /** Whether the quotation that it stands in ends before a line. */
  isEndedBy(line: string): boolean {
    return this.#prefix.includes('>') && !/^[ \t]*>/.test(line);
  }

  isClosedBy(line: string): boolean {
    const marks = CLOSING.exec(line.slice(this.#indentOf(line)))?.[1];
    return marks?.startsWith(this.#marks) === true;
  }

  add(text: string, at: number, line: string): void {
    const indent = this.#indentOf(line);
    this.#isRagged ||= indent < this.#prefix.length && line.trim() !== '' && line.length > indent;
    this.#lines.push({ text: text.slice(at + indent, nextLine(text, at)), offset: at + indent });
  }

  /** @param contentEnd where the line begins that closes it */
  closed(contentEnd: number, end: number): Block {
    const range = { start: this.start, end };
    return { range, contentEnd, language: this.#language, lines: this.#lines, isRagged: this.#isRagged };
  }

  /** How much of a line stands where the prefix of the fence stood. */
  #indentOf(line: string): number {
    let at = 0;
    while (at < this.#prefix.length && /[ \t>]/.test(line[at] ?? '')) at++;
    return at;
  }
}

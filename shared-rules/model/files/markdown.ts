import { DerivedText, type Piece } from '../../language/derived-text.ts';
import { contains, lineEnd, lineStart, nextLine, type Range } from '../../language/text.ts';

/** What opens a fenced block, behind the marks of the lists and quotations it stands in. Facts: the CommonMark spec. */
const OPENING = /^\uFEFF?((?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))*[ \t]*)(`{3,}(?=[^`]*$)|~{3,})[ \t]*([\w-]*)/;
/** What closes it, without those marks: it may be indented by three blanks. */
const CLOSING = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;
const SHELL = /^(?:sh|bash|shell|zsh|console|shell-session|shellsession|terminal|)$/i;
const MANIFEST = /^(?:ya?ml|json|(?:docker-)?compose)$/i;
/** In a transcript of a session what people typed stands behind a prompt. */
const PROMPT = /^\s*\$ /;

/** A fenced block. */
interface Block {
  /** From the line of its fence to the line that closes it. */
  readonly range: Range;
  /** The language it is marked with; empty where it is not. */
  readonly language: string;
  readonly lines: readonly Piece[];
  /** Whether some line is indented less than the fence: it is not known what belongs to the block then. */
  readonly isRagged: boolean;
}

/** The shell commands of a Markdown text. */
export function markdownScripts(text: string): DerivedText[] {
  return markdownBlocks(text).flatMap(({ language, lines }) => (SHELL.test(language) ? toShell(lines) : []));
}

/** A fenced block that may hold a manifest. */
export interface Fence {
  readonly language: string;
  readonly derived: DerivedText;
  /** From its first line to the line that closes it. */
  readonly range: Range;
}

/** The blocks of a Markdown text that are marked as YAML, JSON or Compose; what a template fills in is not read. */
export function manifestFences(text: string): Fence[] {
  return markdownBlocks(text).flatMap(({ language, lines, range, isRagged }) => {
    const [first] = lines;
    if (!first || isRagged || !MANIFEST.test(language) || lines.some((line) => line.text.includes('{{'))) return [];
    const content = { start: lineStart(text, first.offset), end: lineStart(text, range.end) };
    return { language, derived: new DerivedText(lines), range: content };
  });
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
      blocks.push(open.closed(end));
      open = undefined;
    } else if (open) open.add(text, at, line);
    else if (isComment || /^ {0,3}<!--/.test(line)) isComment = !line.includes('-->');
    else open = openedBy(line, at);
  }
  if (open) blocks.push({ range: { start: open.start, end: text.length }, language: '', lines: [], isRagged: false });
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

  closed(end: number): Block {
    const range = { start: this.start, end };
    return { range, language: this.#language, lines: this.#lines, isRagged: this.#isRagged };
  }

  /** How much of a line stands where the prefix of the fence stood. */
  #indentOf(line: string): number {
    let at = 0;
    while (at < this.#prefix.length && /[ \t>]/.test(line[at] ?? '')) at++;
    return at;
  }
}

/** The lines of a Markdown text that stand in no fenced block. */
export function outsideBlocks(text: string): Range[] {
  const blocks = markdownBlocks(text);
  const lines: Range[] = [];
  let next = 0;
  for (let at = 0; at < text.length; at = nextLine(text, at)) {
    while (next < blocks.length && blocks[next]!.range.end < at) next++;
    const line = { start: at, end: lineEnd(text, at) };
    const block = blocks[next];
    if (!block || !contains(block.range, line)) lines.push(line);
  }
  return lines;
}

/** Where lines have a prompt, those and what a backslash joins to them; the rest is what the commands printed. */
function toShell(lines: readonly Piece[]): DerivedText {
  if (!lines.some(({ text }) => PROMPT.test(text))) return new DerivedText(lines);
  const typed: Piece[] = [];
  let goesOn = false;
  for (const { text, offset } of lines) {
    const prompt = PROMPT.exec(text)?.[0].length;
    if (prompt !== undefined || goesOn) typed.push({ text: text.slice(prompt ?? 0), offset: offset + (prompt ?? 0) });
    goesOn = (prompt !== undefined || goesOn) && /\\\s*$/.test(text);
  }
  return new DerivedText(typed);
}

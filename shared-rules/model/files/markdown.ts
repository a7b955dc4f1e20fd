import { DerivedText, type Piece } from '../../language/derived-text.ts';
import { contains, lineEnd, lineStart, nextLine, type Range } from '../../language/text.ts';

/** A fence, behind what a list or a quotation puts before it. */
const FENCE = /^([ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*([\w-]*)/;
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
  return markdownBlocks(text).flatMap(({ language, lines, range }) => {
    const [first] = lines;
    if (!first || !MANIFEST.test(language) || lines.some((line) => line.text.includes('{{'))) return [];
    const content = { start: lineStart(text, first.offset), end: lineStart(text, range.end) };
    return { language, derived: new DerivedText(lines), range: content };
  });
}

/** The fenced blocks of a Markdown text; one that is not closed goes on to the end, and holds nothing. */
export function markdownBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: { start: number; fence: string; prefix: string; language: string; lines: Piece[] } | undefined;
  for (let at = 0; at < text.length; at = nextLine(text, at)) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const fence = FENCE.exec(line);
    if (!open) {
      const [, prefix = '', marks = '', language = ''] = fence ?? [];
      if (fence) open = { start: at, fence: marks, prefix, language, lines: [] };
    } else if (fence?.[2]?.startsWith(open.fence) && fence[3] === '') {
      blocks.push({ range: { start: open.start, end }, language: open.language, lines: open.lines });
      open = undefined;
    } else {
      const indent = indentOf(line, open.prefix);
      open.lines.push({ text: text.slice(at + indent, nextLine(text, at)), offset: at + indent });
    }
  }
  return open ? [...blocks, { range: { start: open.start, end: text.length }, language: '', lines: [] }] : blocks;
}

/** The lines of a Markdown text that stand in no fenced block. */
export function outsideBlocks(text: string): Range[] {
  const blocks = markdownBlocks(text);
  const lines: Range[] = [];
  for (let at = 0; at < text.length; at = nextLine(text, at)) {
    const line = { start: at, end: lineEnd(text, at) };
    if (!blocks.some(({ range }) => contains(range, line))) lines.push(line);
  }
  return lines;
}

/** How much of a line stands where the fence's own prefix stood. */
function indentOf(line: string, prefix: string): number {
  let at = 0;
  while (at < prefix.length && /[ \t>]/.test(line[at] ?? '')) at++;
  return at;
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

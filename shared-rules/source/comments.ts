import { Lexer } from 'yaml';
import { lineEnd, lineStart, nextLine, type Range } from './text.ts';
import { splitDocuments } from './yaml-document.ts';

/** A comment in a text, by whatever the language marks it with. */
export interface Comment {
  readonly range: Range;
  /** What it says, behind its mark. */
  readonly content: Range;
}

/** The comments of a part of a text that something belongs to: a document, or a file without documents. */
export interface Commented {
  readonly text: string;
  readonly scope: Range;
  /** In the order of the text. */
  readonly comments: readonly Comment[];
}

/** The documents of a YAML text with their comments; those before the first marker belong to the first document. */
export function commentedDocuments(text: string): Commented[] {
  const [first, second, ...others] = splitDocuments(text) as [Range, ...Range[]];
  const isPrefix = second && text.slice(first.start, first.end).split('\n').every(isFree);
  const scopes = second ? (isPrefix ? [{ start: first.start, end: second.end }] : [first, second]) : [first];
  return [...scopes, ...others].map((scope) => ({ text, scope, comments: yamlComments(text, scope) }));
}

function isFree(line: string): boolean {
  return /^(?:#|$)/.test(line.trim());
}

/** The comments in a part of a YAML text, by YAML's own lexer: text in a scalar that looks like one is none. */
function yamlComments(text: string, scope: Range): Comment[] {
  const comments: Comment[] = [];
  let start = scope.start;
  for (const token of new Lexer().lex(text.slice(scope.start, scope.end))) {
    // The lexer marks the kind of the next scalar and a document's start by tokens that are not in the text.
    if (token === '\x1f' || token === '\x02' || token === '\x18') continue;
    const end = start + token.length;
    const mark = /^#+/.exec(token)?.[0].length ?? 0;
    if (mark > 0) comments.push({ range: { start, end }, content: { start: start + mark, end } });
    start = end;
  }
  return comments;
}

/** Whether nothing but comments stands before a comment in its scope. */
export function isAtHead({ text, scope, comments }: Commented, comment: Comment): boolean {
  if (!isAlone(text, comment)) return false;
  const start = text.startsWith('\uFEFF') ? Math.max(scope.start, 1) : scope.start;
  for (let at = start; at < comment.range.start; at = lineBehind(text, at, comments) ?? nextLine(text, at)) {
    const isMarker = /^---[ \t]*$/.test(text.slice(at, lineEnd(text, at)));
    if (!isMarker && lineBehind(text, at, comments) === undefined) return false;
  }
  return true;
}

/** Whether nothing stands before a comment on its line. */
export function isAlone(text: string, { range }: Comment): boolean {
  return text.slice(lineStart(text, range.start), range.start).trim() === '';
}

/** The line of a comment beside something; else the lines down to the first with content. */
export function lineOf(commented: Commented, comment: Comment): Range {
  const { text } = commented;
  const start = lineStart(text, comment.range.start);
  const line = isAlone(text, comment) ? contentBelow(commented, comment) : comment.range.end;
  return { start, end: lineEnd(text, line) };
}

/** The first line with content below a comment and everything that stands deeper below that. */
export function blockBelow(commented: Commented, comment: Comment): Range {
  const { text, scope } = commented;
  const first = contentBelow(commented, comment);
  const indent = indentAt(text, first);
  let end = nextLine(text, first);
  while (end < scope.end) {
    const line = text.slice(end, lineEnd(text, end));
    if (line.trim() !== '' && indentAt(text, end) <= indent) break;
    end = nextLine(text, end);
  }
  return { start: lineStart(text, comment.range.start), end: Math.min(end, scope.end) };
}

/** The start of the next line that is neither blank nor a comment; the text's end if there is none. */
function contentBelow({ text, comments }: Commented, comment: Comment): number {
  let at = nextLine(text, comment.range.end);
  for (let next = lineBehind(text, at, comments); next !== undefined; next = lineBehind(text, at, comments)) at = next;
  return at;
}

/** The start of the line behind a blank line or a comment of its own; undefined where the line holds something else. */
function lineBehind(text: string, line: number, comments: readonly Comment[]): number | undefined {
  if (line >= text.length) return undefined;
  const first = line + indentAt(text, line);
  const end = lineEnd(text, line);
  if (first >= end) return nextLine(text, line);
  const comment = comments.find(({ range }) => range.start === first);
  const isWhole = comment && text.slice(comment.range.end, lineEnd(text, comment.range.end)).trim() === '';
  return isWhole ? nextLine(text, comment.range.end) : undefined;
}

function indentAt(text: string, line: number): number {
  return /^[ \t]*/.exec(text.slice(line, lineEnd(text, line)))?.[0].length ?? 0;
}

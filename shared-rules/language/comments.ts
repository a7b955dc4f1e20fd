import { lineEnd, lineStart, nextLine, overlaps, type Range, type TextEdit } from './text.ts';
import { IndentTolerantLexer } from './yaml/lexer.ts';

/** A comment in a text, by whatever the language marks it with. */
export interface Comment {
  readonly range: Range;
  /** What it says, between its marks. */
  readonly content: Range;
}

/** A part of a text that comments belong to, a YAML document or a file of another language, with its comments. */
export interface Commented {
  readonly text: string;
  readonly scope: Range;
  /** In the order of the text. */
  readonly comments: readonly Comment[];
  /** Whether a line holds nothing but a comment, or nothing at all. */
  readonly isFree: (line: string) => boolean;
  /** What is written over several lines and is one thing: the commands of a script. Undefined in YAML. */
  readonly units?: readonly Range[];
}

/** A change to comments, and to nothing else. */
export interface CommentChange {
  readonly editComments: readonly TextEdit[];
}

/** Tells a change to comments from others. */
export function isCommentChange(change: object): change is CommentChange {
  return 'editComments' in change;
}

/** Writes or removes comments. The proof is that everything else stays as it is. */
export function editComments(...edits: readonly TextEdit[]): CommentChange {
  return { editComments: edits };
}

/** A document of a YAML text with its comments. */
export function commentedDocument({ text, range }: { readonly text: string; readonly range: Range }): Commented {
  return { text, scope: range, comments: yamlComments(text, range), isFree: isFreeOfYaml };
}

export function isFreeOfYaml(line: string): boolean {
  return /^(?:#|$)/.test(line.trim());
}

/** The comments in a part of a YAML text, by YAML's own lexer: text in a scalar that looks like one is none. */
export function yamlComments(text: string, scope: Range): Comment[] {
  const comments: Comment[] = [];
  let start = scope.start;
  for (const token of new IndentTolerantLexer().lex(text.slice(scope.start, scope.end))) {
    // The lexer marks the kind of the next scalar and a document's start by tokens that are not in the text.
    if (token === '\x1f' || token === '\x02' || token === '\x18') continue;
    const end = start + token.length;
    const mark = /^#+/.exec(token)?.[0].length ?? 0;
    if (mark > 0) comments.push({ range: { start, end }, content: { start: start + mark, end } });
    start = end;
  }
  return comments;
}

/**
 * Whether nothing but comments stands before a comment in its scope. In a script it must also be set off from the first
 * command by a blank line, since a comment right above a command is about that.
 */
export function isAtHead(commented: Commented, comment: Comment): boolean {
  const { text, scope, isFree, units } = commented;
  const before = text.slice(scope.start, lineStart(text, comment.range.start)).replace(/^\uFEFF/, '');
  const isFirst = before.split('\n').every((line) => isFree(line) || /^---[ \t]*\r?$/.test(line));
  return isAlone(commented, comment) && isFirst && (units === undefined || isSetOff(text, comment, isFree));
}

function isSetOff(text: string, { range }: Comment, isFree: Commented['isFree']): boolean {
  for (let at = nextLine(text, range.end); at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    if (line.trim() === '' || !isFree(line)) return line.trim() === '';
  }
  return true;
}

/** Whether nothing that counts stands before a comment on its line. */
export function isAlone({ text, isFree }: Commented, { range }: Comment): boolean {
  return isFree(text.slice(lineStart(text, range.start), range.start));
}

/** What a comment stands beside, or above: a line, with all that is one with it. */
export function lineOf(commented: Commented, comment: Comment): Range {
  const { text, units } = commented;
  const isAbove = isAlone(commented, comment);
  const at = isAbove ? contentBelow(commented, comment) : comment.range.start;
  const line = { start: lineStart(text, at), end: lineEnd(text, isAbove ? at : comment.range.end) };
  const { start, end } = units ? wholeOf(text, line, units) : line;
  return { start: isAbove ? lineStart(text, comment.range.start) : start, end };
}

/** A line with the units it belongs to, and with the lines that a backslash joins to it. */
export function wholeOf(text: string, line: Range, units: readonly Range[]): Range {
  const touched = units.filter((unit) => overlaps(unit, line));
  const around = touched.reduce(
    (all, unit) => ({ start: Math.min(all.start, unit.start), end: Math.max(all.end, unit.end) }),
    line,
  );
  let start = lineStart(text, around.start);
  let end = lineEnd(text, around.end);
  while (start > 0 && goesOn(text, lineStart(text, start - 1))) start = lineStart(text, start - 1);
  while (end < text.length && goesOn(text, lineStart(text, end))) end = lineEnd(text, nextLine(text, end));
  return start === line.start && end === line.end ? line : wholeOf(text, { start, end }, units);
}

/** Whether a backslash at the end of a line joins the next one to it. */
function goesOn(text: string, line: number): boolean {
  return /(?:^|[^\\])(?:\\\\)*\\[ \t]*$/.test(text.slice(line, lineEnd(text, line)));
}

/**
 * The first line with content below a comment and everything that belongs to it: what stands deeper below that, and the
 * list of a key, which may stand at the key's own indentation. Comments end nothing.
 */
export function blockBelow(commented: Commented, comment: Comment): Range {
  const { text, scope, isFree } = commented;
  const first = contentBelow(commented, comment);
  const indent = indentAt(text, first);
  const isKey = !isItem(text, first);
  let end = nextLine(text, first);
  for (let at = end; at < scope.end; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    if (isFree(line)) continue;
    const depth = indentAt(text, at);
    if (depth < indent || (depth === indent && !(isKey && isItem(text, at)))) break;
    end = nextLine(text, at);
  }
  return { start: lineStart(text, comment.range.start), end: Math.min(end, scope.end) };
}

/** Whether a line begins an item of a block sequence. */
function isItem(text: string, line: number): boolean {
  return /^[ \t]*-(?:\s|$)/.test(text.slice(line, lineEnd(text, line)));
}

/** The start of the next line that is neither blank nor a comment; the text's end if there is none. */
function contentBelow({ text, isFree }: Commented, { range }: Comment): number {
  let at = nextLine(text, range.end);
  while (at < text.length && isFree(text.slice(at, lineEnd(text, at)))) at = nextLine(text, at);
  return at;
}

function indentAt(text: string, line: number): number {
  return /^[ \t]*/.exec(text.slice(line, lineEnd(text, line)))?.[0].length ?? 0;
}

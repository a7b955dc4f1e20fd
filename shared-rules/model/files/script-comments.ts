import { type Comment, type Commented, isFreeOfYaml, yamlComments } from '../../language/comments.ts';
import type { DerivedText } from '../../language/derived-text.ts';
import { parseDockerfile, parseShell, visitJson } from '../../language/grammars.ts';
import { lineEnd, lineOffsets, nextLine } from '../../language/text.ts';
import { codeBlocks, isDocumentation, outsideBlocks } from './documentation.ts';
import type { ScriptKind } from './file-kinds.ts';
import { type ScriptFile, shellTexts } from './script-file.ts';

/** How a kind of file marks a comment of its own line, before and behind what it says. */
export function commentMarks(kind: ScriptKind): readonly [string, string] {
  switch (kind) {
    case 'markdown':
      return ['<!-- ', ' -->'];
    case 'mdx':
      return ['{/* ', ' */}'];
    case 'rst':
      return ['.. ', ''];
    default:
      return [kind === 'devcontainer' ? '// ' : '# ', ''];
  }
}

/** A file with container commands and its comments: those of its own language, and those in its shell scripts. */
export function commentedScript({ kind, lines }: ScriptFile, text: string): Commented {
  const byStart = new Map<number, Comment>();
  for (const comment of [...ownComments(kind, text), ...shellTexts(kind, text).flatMap(shellComments)])
    byStart.set(comment.range.start, comment);
  const blocks = isDocumentation(kind) ? codeBlocks(kind, text).map(({ range }) => range) : [];
  return {
    text,
    scope: { start: 0, end: text.length },
    comments: [...byStart.values()].sort((a, b) => a.range.start - b.range.start),
    isFree: (line) => isFreeOf(kind, line),
    units: [...lines.map(({ range }) => range), ...blocks],
  };
}

function isFreeOf(kind: ScriptKind, line: string): boolean {
  switch (kind) {
    case 'unit':
      return /^(?:[#;]|$)/.test(line.trim());
    case 'devcontainer':
      return /^(?:\/\/|$)/.test(line.trim());
    case 'markdown':
      return /^(?:<!--.*-->)?$/.test(line.trim());
    case 'mdx':
      return /^(?:\{\/\*.*\*\/\})?$/.test(line.trim());
    case 'rst':
      return /^(?:\.\. (?!.*::).*)?$/.test(line.trim());
    default:
      return isFreeOfYaml(line);
  }
}

function ownComments(kind: ScriptKind, text: string): Comment[] {
  switch (kind) {
    case 'workflow':
    case 'gitlab':
      return yamlComments(text, { start: 0, end: text.length });
    case 'dockerfile':
      return dockerfileComments(text);
    case 'devcontainer':
      return jsonComments(text);
    case 'markdown':
      return outsideBlocks(kind, text).flatMap(({ start, end }) => marked(text, start, end, /^\s*(<!--)(.*?)-->\s*$/));
    case 'mdx':
      return outsideBlocks(kind, text).flatMap(({ start, end }) =>
        marked(text, start, end, /^\s*(\{\/\*)(.*?)\*\/\}\s*$/),
      );
    case 'rst':
      return outsideBlocks(kind, text).flatMap(({ start, end }) => marked(text, start, end, /^\s*(\.\.)( (?!.*::).*)/));
    case 'unit':
      return linesOf(text).flatMap(({ start, end }) => marked(text, start, end, /^\s*([#;]+)(.*)/));
    case 'makefile':
      // A line that begins with a tab belongs to the shell.
      return linesOf(text).flatMap(({ start, end }) => marked(text, start, end, /^(?!\t) *(#+)(.*)/));
    default:
      return [];
  }
}

/** The comment on a line: its mark, and what it says. */
function marked(text: string, start: number, end: number, form: RegExp): Comment[] {
  const line = text.slice(start, end);
  const [, mark = '', content = ''] = form.exec(line) ?? [];
  if (!mark) return [];
  const at = start + line.indexOf(mark);
  const from = at + mark.length;
  return [
    { range: { start: at, end: start + line.trimEnd().length }, content: { start: from, end: from + content.length } },
  ];
}

function linesOf(text: string): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  for (let at = 0; at < text.length; at = nextLine(text, at)) lines.push({ start: at, end: lineEnd(text, at) });
  return lines;
}

function dockerfileComments(text: string): Comment[] {
  const offsets = lineOffsets(text);
  return parseDockerfile(text)
    .getComments()
    .flatMap((comment) => {
      const { start, end } = comment.getRange();
      return marked(
        text,
        (offsets[start.line] ?? 0) + start.character,
        (offsets[end.line] ?? 0) + end.character,
        /^(#+)(.*)/s,
      );
    });
}

function jsonComments(text: string): Comment[] {
  const comments: Comment[] = [];
  visitJson(text, {
    onComment: (start, length) => {
      const end = start + length;
      const close = text.startsWith('/*', start) ? 2 : 0;
      comments.push({ range: { start, end }, content: { start: start + 2, end: end - close } });
    },
  });
  return comments;
}

/** What may say something to a linter; a parse proves that a `#` begins a comment. */
const CANDIDATE = /(?<=^|[\s;&|(])(#+)([ \t]*(?:bulkhead:|kics-scan\b|dd-iac-scan\b)[^\n]*)/g;

/** So many parses of a script are enough for any that somebody wrote; what is left then is taken for no comment. */
const MOST_PARSES = 64;

/** The comments of a shell script that speak to a linter: without them it is the same script. */
function shellComments(shell: DerivedText): Comment[] {
  const candidates = [...shell.text.matchAll(CANDIDATE)];
  if (candidates.length === 0) return [];
  const shapeOf = (text: string) => JSON.stringify(parseShell(text));
  const shape = shapeOf(shell.text);
  let parses = 0;
  /** Those among some that are comments: all of them, when the script is the same without all of them. */
  const among = (some: typeof candidates): typeof candidates => {
    if (some.length === 0 || parses++ >= MOST_PARSES) return [];
    if (shapeOf(withoutThem(shell.text, some)) === shape) return some;
    const half = some.length >> 1;
    return half === 0 ? [] : [...among(some.slice(0, half)), ...among(some.slice(half))];
  };
  return among(candidates).map(({ 0: written, 1: mark = '', index }) => {
    const end = index + written.trimEnd().length;
    const range = shell.inFile({ start: index, end });
    return { range, content: shell.inFile({ start: index + mark.length, end }) };
  });
}

/** A text with blanks in the place of some parts. */
function withoutThem(text: string, parts: readonly RegExpExecArray[]): string {
  let [blanked, done] = ['', 0];
  for (const { 0: written, index } of parts) {
    blanked += text.slice(done, index) + ' '.repeat(written.length);
    done = index + written.length;
  }
  return blanked + text.slice(done);
}

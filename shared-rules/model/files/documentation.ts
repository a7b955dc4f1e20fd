import { DerivedText } from '../../language/derived-text.ts';
import { contains, lineEnd, lineStart, nextLine, type Range } from '../../language/text.ts';
import type { ScriptKind } from './file-kinds.ts';
import { type Block, markdownBlocks } from './markdown.ts';
import { restructuredBlocks } from './restructured-text.ts';
import { typedLines } from './transcript.ts';
import { type WindowsShell, windowsCommands } from './windows-shell.ts';

/** Texts that show commands and manifests in blocks of code. */

const SHELL = /^(?:sh|bash|shell|zsh|console|shell-session|shellsession|terminal|)$/i;
const WINDOWS: readonly (readonly [RegExp, WindowsShell])[] = [
  [/^(?:powershell|pwsh|ps1?|posh)$/i, 'powershell'],
  [/^(?:cmd|bat|batch|batchfile|dos)$/i, 'cmd'],
];
const MANIFEST = /^(?:ya?ml|json|(?:docker-)?compose)$/i;

export type DocumentationKind = 'markdown' | 'mdx' | 'rst';

export function isDocumentation(kind: ScriptKind): kind is DocumentationKind {
  return kind === 'markdown' || kind === 'mdx' || kind === 'rst';
}

/** The blocks of code in a text; one that is not closed holds nothing. */
export function codeBlocks(kind: DocumentationKind, text: string): Block[] {
  return kind === 'rst' ? restructuredBlocks(text) : markdownBlocks(text);
}

/** The shell commands in the blocks of a text. */
export function documentedScripts(kind: DocumentationKind, text: string): DerivedText[] {
  return codeBlocks(kind, text).flatMap(({ language, lines }) => {
    if (SHELL.test(language)) return typedLines(lines, language);
    const shell = WINDOWS.find(([pattern]) => pattern.test(language))?.[1];
    return shell ? typedLines(lines, language).flatMap((typed) => windowsCommands(typed, shell)) : [];
  });
}

/** A block that may hold a manifest. */
export interface Fence {
  readonly language: string;
  readonly derived: DerivedText;
  /** From its first line to the line that closes it. */
  readonly range: Range;
}

/** The blocks of a text that are marked as YAML, JSON or Compose; what a template fills in is not read. */
export function manifestFences(kind: DocumentationKind, text: string): Fence[] {
  return codeBlocks(kind, text).flatMap(({ language, lines, contentEnd, isRagged }) => {
    const [first] = lines;
    if (!first || isRagged || !MANIFEST.test(language) || lines.some((line) => line.text.includes('{{'))) return [];
    const content = { start: lineStart(text, first.offset), end: contentEnd };
    return { language, derived: new DerivedText(lines), range: content };
  });
}

/** The lines of a text that stand in no block. */
export function outsideBlocks(kind: DocumentationKind, text: string): Range[] {
  const blocks = codeBlocks(kind, text);
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

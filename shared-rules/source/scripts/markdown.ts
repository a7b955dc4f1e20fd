import { type Piece, ShellText } from '../shell/shell-text.ts';
import { lineEnd, nextLine } from '../text.ts';

/** A fence, behind what a list or a quotation puts before it. */
const FENCE = /^([ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*([\w-]*)/;
const SHELL = /^(?:sh|bash|shell|zsh|console|shell-session|shellsession|terminal|)$/i;
/** In a transcript of a session what people typed stands behind a prompt. */
const PROMPT = /^\s*\$ /;

/** The shell commands of a Markdown text: its fenced blocks that are marked as shell, or not at all. */
export function markdownScripts(text: string): ShellText[] {
  const scripts: ShellText[] = [];
  let open: { readonly fence: string; readonly prefix: string; readonly isShell: boolean; lines: Piece[] } | undefined;
  for (let at = 0; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    const fence = FENCE.exec(line);
    if (!open) {
      const [, prefix = '', marks = '', language = ''] = fence ?? [];
      if (fence) open = { fence: marks, prefix, isShell: SHELL.test(language), lines: [] };
    } else if (fence?.[2]?.startsWith(open.fence) && fence[3] === '') {
      if (open.isShell) scripts.push(toShell(open.lines));
      open = undefined;
    } else {
      const indent = indentOf(line, open.prefix);
      open.lines.push({ text: `${line.slice(indent)}\n`, offset: at + indent });
    }
  }
  return scripts;
}

/** How much of a line stands where the fence's own prefix stood. */
function indentOf(line: string, prefix: string): number {
  let at = 0;
  while (at < prefix.length && /[ \t>]/.test(line[at] ?? '')) at++;
  return at;
}

/** Where lines have a prompt, those and what a backslash joins to them; the rest is what the commands printed. */
function toShell(lines: readonly Piece[]): ShellText {
  if (!lines.some(({ text }) => PROMPT.test(text))) return new ShellText(lines);
  const typed: Piece[] = [];
  let goesOn = false;
  for (const { text, offset } of lines) {
    const prompt = PROMPT.exec(text)?.[0].length;
    if (prompt !== undefined || goesOn) typed.push({ text: text.slice(prompt ?? 0), offset: offset + (prompt ?? 0) });
    goesOn = (prompt !== undefined || goesOn) && /\\\s*$/.test(text);
  }
  return new ShellText(typed);
}

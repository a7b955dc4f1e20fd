import type { RuleId } from '../../shared-rules/index.ts';
import { pageOf } from '../report/rule-pages.ts';
import { type Output, terminalLines } from '../sinks/terminal.ts';
import { EXIT } from './exit-status.ts';

export const EXPLAIN_FORMATS = ['text', 'markdown'] as const;

export interface ExplainOptions {
  readonly format: (typeof EXPLAIN_FORMATS)[number];
  /** Where the rule pages lie. */
  readonly pages: string;
}

/** Wider lines are hard to read. */
const MOST_COLUMNS = 100;

/** Prints the page of a rule. */
export async function explain(
  rule: RuleId,
  { format, pages }: ExplainOptions,
  { out }: { out: Output },
): Promise<number> {
  const page = pageOf(pages, rule);
  const width = Math.min(out.columns ?? 80, MOST_COLUMNS);
  out.write(terminalLines(format === 'markdown' ? page : pageToText(page, width)));
  return EXIT.clean;
}

/** A rule page as a terminal shows it: marks of Markdown are gone, code is indented, texts fill the width. */
export function pageToText(page: string, width: number): string {
  const blocks = page.trim().split(/\n{2,}(?=(?:[^`]|`(?!``)|```[^`]*```)*$)/);
  return `${blocks.map((block) => blockToText(block, width)).join('\n\n')}\n`;
}

function blockToText(block: string, width: number): string {
  const code = /^```(.*)\n([\s\S]*?)\n?```$/.exec(block);
  if (code) return codeToText(code[1]!, code[2]!);
  const heading = /^(#+) (.*)$/.exec(block);
  if (heading) return underlined(plain(heading[2]!), heading[1] === '#' ? '=' : '-');
  if (block.startsWith('|')) return plain(block);
  // Each item of a list is a text of its own.
  const texts = block.split(/\n(?=\s*(?:[-*]|\d+\.) )/);
  return texts.map((text) => wrapped(plain(text), width)).join('\n');
}

/** What stands behind the language of an example says what it is. */
function codeToText(info: string, code: string): string {
  const [, what, ...rest] = info.split(' ');
  const name = rest.join(' ');
  const title = what === 'fixed' ? `After "${name}":\n\n` : name && `${name}:\n\n`;
  return title + code.replaceAll(/^(?=.)/gm, '    ');
}

function underlined(title: string, line: string): string {
  return `${title}\n${line.repeat(title.length)}`;
}

function plain(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll(/\*\*([^*]+)\*\*/g, '$1')
    .replaceAll(/`([^`]+)`/g, '$1');
}

function wrapped(text: string, width: number): string {
  const indent = ' '.repeat(/^\s*(?:[-*] |\d+\. )?/.exec(text)![0].length);
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(lines.length === 0 ? word : indent + word);
  }
  return lines.join('\n');
}

import { readRulePages } from '../../scripts/rule-pages.mjs';
import type { RuleId } from '../../shared-rules/index.ts';

const PAGES = new Map(readRulePages().map((page) => [page.id, page]));

/**
 * The page of a rule, or its section of a page of several rules as a page of its own. Its facts stand in the front
 * matter, and every line has the number that it has in the file.
 */
export function readRulePage(id: RuleId): string {
  const page = PAGES.get(id);
  if (!page) throw new Error(`${id} has no page.`);
  const { body, line, ...facts } = page;
  return `---\n${JSON.stringify(facts)}\n---\n${'\n'.repeat(line - 4)}${body}`;
}

/**
 * The page of a rule is its test. A block of a page is an example when its first line says so:
 *   ```yaml reported [FILE]   findings of the page's rule are exactly those that `# ^^^^ severity[: message]` lines mark
 *   ```yaml fixed TITLE       the text before it, after the fix of that title for the first finding that offers it
 *   ```yaml silent [FILE]     the page's rule finds nothing
 */
export interface Example {
  readonly role: 'reported' | 'fixed' | 'silent';
  readonly argument: string;
  readonly text: string;
  readonly line: number;
}

export function examplesOf(page: string): Example[] {
  return [
    ...page.matchAll(/^```(?:yaml|json|sh|makefile|dockerfile|ini) (reported|fixed|silent) ?(.*)\n([\s\S]*?)^```$/gm),
  ].map((match) => ({
    role: match[1] as Example['role'],
    argument: match[2] ?? '',
    text: match[3] ?? '',
    line: page.slice(0, match.index).split('\n').length,
  }));
}

export interface Mark {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly severity: string;
  readonly message: string;
}

/** Takes the marks out of an example: what is left is the text to lint. */
export function readMarks(example: string): { text: string; marks: Mark[] } {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of example.split('\n')) {
    const mark = /^ *# *(\^+) (high|medium|low)(?:: (.*))?$/.exec(line);
    if (!mark) lines.push(line);
    else {
      const [, carets = '', severity = '', message = ''] = mark;
      marks.push({ line: lines.length - 1, column: line.indexOf('^'), length: carets.length, severity, message });
    }
  }
  return { text: lines.join('\n'), marks };
}

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
 *   ```yaml silent [FILE]     the page's rule looks at something in it, and finds nothing
 *   ```yaml unread [FILE]     nothing in it is of a sort that the page's rule looks at
 */
export interface Example {
  readonly role: 'reported' | 'fixed' | 'silent' | 'unread';
  readonly argument: string;
  readonly text: string;
  readonly line: number;
}

export function examplesOf(page: string): Example[] {
  return [
    ...page.matchAll(
      /^```(?:yaml|json|sh|makefile|dockerfile|ini) (reported|fixed|silent|unread) ?(.*)\n([\s\S]*?)^```$/gm,
    ),
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
  /** The whole message, how it begins and `…`, or nothing. It may go on in comments below, `#` and two blanks or more. */
  readonly message: string;
}

const MARK = /^ *# *(\^+) (high|medium|low)(?:: (.*))?$/;
const MORE_OF_MESSAGE = /^ *# {2,}(.*)$/;

/** Takes the marks out of an example: what is left is the text to lint. */
export function readMarks(example: string): { text: string; marks: Mark[] } {
  const lines: string[] = [];
  const marks: Mark[] = [];
  let isInMessage = false;
  for (const line of example.split('\n')) {
    const [, carets = '', severity, message = ''] = MARK.exec(line) ?? [];
    const more: string | undefined = !severity && isInMessage ? MORE_OF_MESSAGE.exec(line)?.[1] : undefined;
    if (severity)
      marks.push({ line: lines.length - 1, column: line.indexOf('^'), length: carets.length, severity, message });
    else if (more) marks.push(continued(marks.pop()!, more));
    else lines.push(line);
    isInMessage = Boolean(message || more);
  }
  return { text: lines.join('\n'), marks };
}

function continued(mark: Mark, more: string): Mark {
  return { ...mark, message: `${mark.message} ${more}` };
}

/** What a mark asserts of a message: all of it, how it begins, or nothing. */
export function assertedPart(message: string, asserted: string): string {
  const start = asserted.endsWith('…') ? asserted.slice(0, -1).trimEnd() : undefined;
  if (asserted === '' || (start !== undefined && message.startsWith(start))) return asserted;
  return message;
}

/**
 * What messages of one branch of a rule share: their plain words, without quotations, `(name: value)` and words that stand
 * in the examples.
 */
export function shapeOf(message: string, examples: readonly string[]): string {
  const named = new Set(examples.flatMap((text) => text.match(/\w+/g) ?? []));
  return message
    .replaceAll(/"[^"]*"|\([^)]*:[^)]*\)/g, '')
    .split(/[\s().,:;?]+/)
    .filter((word) => /^[a-z']+$/.test(word) && !named.has(word))
    .join(' ');
}

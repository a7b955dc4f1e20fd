import type { Range } from '../text.ts';

/** A Go template action, `{{ … }}`, in a Helm template. */
export interface Action extends Range {
  /** The first word of the action; empty for a comment. */
  readonly word: string;
  readonly code: string;
  /** Whether it prints something; `if`, `end`, comments and assignments do not. */
  readonly prints: boolean;
}

const SILENT_WORDS = new Set(['if', 'else', 'end', 'range', 'with', 'define', 'block', 'break', 'continue', '']);

/** The actions of a text, in their order. */
export function findActions(text: string): Action[] {
  const actions: Action[] = [];
  for (let start = text.indexOf('{{'); start >= 0; ) {
    const end = actionEnd(text, start);
    if (end === undefined) break;
    actions.push(toAction(text, start, end));
    start = text.indexOf('{{', end);
  }
  return actions;
}

/** The offset behind the action's `}}`; braces inside its comments and string literals do not count. */
function actionEnd(text: string, start: number): number | undefined {
  const comment = /^\{\{-?\s*\/\*/.exec(text.slice(start, start + 20));
  if (comment) {
    const close = text.indexOf('*/', start + comment[0].length);
    const end = close < 0 ? -1 : text.indexOf('}}', close);
    return end < 0 ? undefined : end + 2;
  }
  const token = /["`]|\}\}/g;
  token.lastIndex = start + 2;
  // What ends the line before a string is closed does so for every string that begins on the way.
  let unclosed = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (found[0] === '}}') return token.lastIndex;
    const end = found[0] === '`' ? text.indexOf('`', token.lastIndex) : stringEnd(text, token.lastIndex);
    const isClosed = end >= unclosed && text[end] === found[0];
    if (isClosed) token.lastIndex = end + 1;
    else unclosed = Math.max(unclosed, end);
  }
  return undefined;
}

/** Where a string literal is closed, or the end of its line. */
function stringEnd(text: string, start: number): number {
  const content = /(?:[^"\\\n]|\\.)*/y;
  content.lastIndex = start;
  content.test(text);
  return content.lastIndex;
}

function toAction(text: string, start: number, end: number): Action {
  const code = text
    .slice(start + 2, end - 2)
    .replace(/^-/, '')
    .replace(/-$/, '')
    .trim();
  const isComment = code.startsWith('/*');
  const word = isComment ? '' : (/^\w*/.exec(code)?.[0] ?? '');
  const isAssignment = /^\$\w*(?:\s*,\s*\$\w+)?\s*:?=/.test(code);
  return { start, end, word, code, prints: !isComment && !isAssignment && (word === '' || !SILENT_WORDS.has(word)) };
}

import { Lexer } from 'yaml';
import type { Manifest } from '../source/manifest.ts';
import { lineEnd, lineStart, type Range } from '../source/text.ts';
import { splitDocuments } from '../source/yaml-document.ts';
import type { Finding } from './lint.ts';

/** `# bulkhead: ignore[rule, rule] reason` and where it counts. */
export interface Suppression {
  readonly rules: readonly string[];
  readonly reason: string;
  /** The comment itself. */
  readonly range: Range;
  /** What it covers: its line, the line below it, or, at the head of a document, the whole document. */
  readonly covers: Range;
}

const COMMENT = /^#+\s*bulkhead:\s*ignore\[([^\]\n]*)\]\s*(.*)$/;

/** The suppressions of a file. Text that only looks like one, inside a scalar, does not count. */
export function readSuppressions(manifest: Manifest): Suppression[] {
  const { text, template } = manifest;
  if (!/bulkhead:\s*ignore\[/.test(text)) return [];
  const reading = template?.readings[0] ?? text;
  return splitDocuments(reading).flatMap((document) =>
    commentsIn(reading, document).flatMap((at) => parse(reading, document, at)),
  );
}

/** The offsets of the comments in a document, by YAML's own lexer. */
function commentsIn(text: string, document: Range): number[] {
  const comments: number[] = [];
  let at = document.start;
  for (const token of new Lexer().lex(text.slice(document.start, document.end))) {
    // The lexer marks the kind of the next scalar and a document's start by tokens that are not in the text.
    if (token === '\x1f' || token === '\x02' || token === '\x18') continue;
    if (token.startsWith('#')) comments.push(at);
    at += token.length;
  }
  return comments;
}

function parse(text: string, document: Range, start: number): Suppression[] {
  const end = lineEnd(text, start);
  const match = COMMENT.exec(text.slice(start, end));
  if (!match) return [];
  const rules = (match[1] as string).split(',').map((rule) => rule.trim());
  return [
    { rules, reason: (match[2] as string).trim(), range: { start, end }, covers: coverage(text, document, start) },
  ];
}

function coverage(text: string, document: Range, comment: number): Range {
  const line = lineStart(text, comment);
  const before = text.slice(document.start, line).replace(/^\uFEFF/, '');
  if (/^(?:---[ \t]*\r?\n)?(?:[ \t]*(?:#.*)?\r?\n)*$/.test(before) && isAboveContent(text, comment)) return document;
  if (text.slice(line, comment).trim() !== '') return { start: line, end: lineEnd(text, comment) };
  // Further comment lines may stand between it and the line it is about.
  let next = lineEnd(text, comment);
  do next = lineEnd(text, Math.min(text.length, text.indexOf('\n', next) + 1 || text.length));
  while (next < text.length && /^[ \t]*(?:#.*)?$/.test(text.slice(lineStart(text, next), next)));
  return { start: line, end: next };
}

function isAboveContent(text: string, comment: number): boolean {
  return text.slice(lineStart(text, comment), comment).trim() === '';
}

export function isSuppressed(finding: Finding, suppressions: readonly Suppression[]): boolean {
  return suppressions.some(
    ({ rules, covers }) =>
      rules.includes(finding.rule) && covers.start <= finding.range.start && finding.range.start <= covers.end,
  );
}

import { Lexer } from 'yaml';
import type { KubernetesObject } from '../source/kubernetes.ts';
import type { Manifest } from '../source/manifest.ts';
import { lineEnd, lineStart, nextLine, type Range } from '../source/text.ts';
import { splitDocuments } from '../source/yaml-document.ts';
import type { Finding } from './lint.ts';
import { annotationRules, foreignComment } from './other-tools.ts';

/** Something in the file that says which findings to leave out, and where. */
export interface Suppression {
  readonly rules: readonly string[];
  /** Where a finding has to begin to be left out. */
  readonly covers: Range;
}

const OWN_COMMENT = /^#+\s*bulkhead:\s*ignore\[([^\]\n]*)\]/;
const MAY_HAVE_COMMENTS = /bulkhead:\s*ignore\[|kics-scan|dd-iac-scan/;

/**
 * The suppressions of a file: comments, and annotations of Kubernetes objects; Bulkhead's own and those of other tools for
 * the ids they name. Text that only looks like a comment, inside a scalar, does not count.
 */
export function readSuppressions({ text, template }: Manifest, objects: readonly KubernetesObject[]): Suppression[] {
  const annotated = objects.flatMap(annotations);
  if (!MAY_HAVE_COMMENTS.test(text)) return annotated;
  // A comment in one branch of a template stands in some of its readings only.
  const commented = (template?.readings ?? [text]).flatMap((reading) =>
    splitDocuments(reading).flatMap((document) =>
      commentsIn(reading, document).flatMap((at) => readComment(reading, document, at) ?? []),
    ),
  );
  return [...annotated, ...commented];
}

/** Annotations and labels of an object, and of its pod templates, count for the whole object. */
function annotations({ root, pods }: KubernetesObject): Suppression[] {
  const metadata = [root.get('metadata'), ...pods.map((pod) => pod.metadata)];
  const fields = metadata
    .flatMap((one) => [one?.get('annotations'), one?.get('labels')])
    .flatMap((map) => map?.fields() ?? []);
  const rules = fields.flatMap(({ name, value }) => annotationRules(name, value.text ?? ''));
  return rules.length > 0 ? [{ rules, covers: root.range }] : [];
}

/** The offsets of the comments in a document, by YAML's own lexer. */
export function commentsIn(text: string, document: Range): number[] {
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

function readComment(text: string, document: Range, start: number): Suppression | undefined {
  const comment = text.slice(start, lineEnd(text, start));
  const own = OWN_COMMENT.exec(comment)?.[1];
  if (own !== undefined) {
    const rules = own.split(',').map((rule) => rule.trim());
    return { rules, covers: isAtHead(text, document, start) ? document : lineOf(text, start) };
  }
  const foreign = foreignComment(comment);
  if (!foreign) return undefined;
  const { rules, reach } = foreign;
  // Commands for the whole file count in its first comments only.
  if (reach === 'file')
    return document.start === 0 && isAtHead(text, document, start)
      ? { rules, covers: { start: 0, end: text.length } }
      : undefined;
  if (reach === 'line') return { rules, covers: lineOf(text, start) };
  return { rules, covers: isAtHead(text, document, start) ? document : blockBelow(text, document, start) };
}

/** Whether nothing but comments stands before a comment in its document. */
export function isAtHead(text: string, document: Range, comment: number): boolean {
  const before = text.slice(document.start, lineStart(text, comment)).replace(/^\uFEFF/, '');
  return /^(?:---[ \t]*\r?\n)?(?:[ \t]*(?:#.*)?\r?\n)*$/.test(before) && isAboveContent(text, comment);
}

/** The line of a comment beside something; else the lines down to the first with content. */
export function lineOf(text: string, comment: number): Range {
  const line = lineStart(text, comment);
  if (!isAboveContent(text, comment)) return { start: line, end: lineEnd(text, comment) };
  return { start: line, end: lineEnd(text, contentBelow(text, comment)) };
}

/** The first line with content below a comment and everything that stands deeper below that. */
function blockBelow(text: string, document: Range, comment: number): Range {
  const first = contentBelow(text, comment);
  const indent = /^[ \t]*/.exec(text.slice(first))?.[0].length ?? 0;
  let end = nextLine(text, first);
  while (end < document.end) {
    const line = text.slice(end, lineEnd(text, end));
    if (line.trim() !== '' && line.length - line.trimStart().length <= indent) break;
    end = nextLine(text, end);
  }
  return { start: lineStart(text, comment), end: Math.min(end, document.end) };
}

/** The start of the next line that is neither blank nor a comment; the text's end if there is none. */
function contentBelow(text: string, comment: number): number {
  let at = nextLine(text, comment);
  while (at < text.length && /^[ \t]*(?:#.*)?$/.test(text.slice(at, lineEnd(text, at)))) at = nextLine(text, at);
  return at;
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

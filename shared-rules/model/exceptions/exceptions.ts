import type { Change } from '../../language/change.ts';
import { type Comment, type Commented, editComments, isAlone, isAtHead, lineOf } from '../../language/comments.ts';
import type { Place } from '../../language/place.ts';
import { lineEnd, lineStart, moved, nextLine, type Range, type TextEdit } from '../../language/text.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { remove, rename, replace } from '../../language/yaml/change.ts';
import type { Field } from '../../language/yaml/value.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import type { KubernetesObject } from '../kubernetes/objects.ts';
import { type ExceptionText, isDay, readExceptionText, readReason } from './exception-text.ts';

/** Stands where a person is to write the reason, and is none itself. */
export const REASON_PLACEHOLDER = 'reason';
/** What people write to fill the place of a reason. */
const NO_REASON = /^(?:reason|true)?[.\u2026]*$/i;

/** A rule that an exception names. */
export interface ExceptionName {
  readonly text: string;
  readonly at: Place;
  /** Takes it off the list, and the whole exception with the last one. */
  readonly removal: Change;
  readonly renaming: (name: string) => Change;
}

/**
 * A decision to leave findings as they are, written beside what it is about:
 * `# bulkhead: ignore[rule, …] reason until 2027-06-30`, or an annotation `bulkhead.dev/ignore.RULE: reason until …`.
 */
export interface WrittenException {
  readonly by: 'comment' | 'annotation';
  /** What makes it one: `bulkhead: ignore[…]`, or the annotation's key. */
  readonly at: Place;
  readonly names: readonly ExceptionName[];
  readonly hasReason: boolean;
  /** Undefined where none is given, and where a template writes it. */
  readonly reason: string | undefined;
  /** Puts REASON_PLACEHOLDER where the reason goes; undefined where it cannot. */
  readonly writeReason: Change | undefined;
  /** Its last day as it is written, and how to write it in another way. */
  readonly until:
    | { readonly text: string; readonly at: Place; readonly rewriting: (day: string) => Change }
    | undefined;
  readonly removal: Change;
  /** A finding that begins in one of these is left out: one for each reading of a template. */
  readonly covers: readonly Range[];
}

/** Whether an exception counts. One with a last day that cannot be read does not: nobody could tell when it ends. */
export function isInForce({ until }: WrittenException, today: string | undefined): boolean {
  return until === undefined || (isDay(until.text) && (today === undefined || today <= until.text));
}

/** The exception that a comment makes. */
export function commentException(commented: Commented, comment: Comment): WrittenException | undefined {
  const read = readExceptionText(commented.text.slice(comment.content.start, comment.content.end));
  if (!read || hasUnknown(read)) return undefined;
  const { start } = comment.content;
  const edit = (range: Range, newText: string) =>
    editComments({ range: { start: start + range.start, end: start + range.end }, newText });
  const place = (range: Range): Place => ({ range: moved(range, start), path: '', file: undefined });
  const removal = editComments(removalOf(commented, comment));
  const { names, reason, until, directive } = read;
  const hasReason = !NO_REASON.test(reason.text);
  const afterDirective = { start: directive.range.end, end: directive.range.end };
  return {
    by: 'comment',
    at: place(directive.range),
    names: names.map((name, index) => ({
      text: name.text,
      at: place(name.range),
      removal: names.length === 1 ? removal : edit(withComma(names, index), ''),
      renaming: (to) => edit(name.range, to),
    })),
    hasReason,
    reason: hasReason ? reason.text : undefined,
    writeReason: hasReason
      ? undefined
      : reason.text
        ? edit(reason.range, REASON_PLACEHOLDER)
        : edit(afterDirective, ` ${REASON_PLACEHOLDER}`),
    until: until && { text: until.text, at: place(until.range), rewriting: (day) => edit(until.range, day) },
    removal,
    covers: [isAtHead(commented, comment) ? commented.scope : lineOf(commented, comment)],
  };
}

/** What a template writes into a comment is not known. */
function hasUnknown({ names, reason, until }: ExceptionText): boolean {
  return [...names, reason, until].some((part) => part?.text.includes(UNKNOWN_CHARACTER));
}

/** A name of a list with one comma. */
function withComma(names: ExceptionText['names'], index: number): Range {
  const { range } = names[index]!;
  const next = names[index + 1];
  return next ? { start: range.start, end: next.range.start } : { start: names[index - 1]!.range.end, end: range.end };
}

/** Takes away a comment: with its line, if it has it for itself, or with the blanks before it. */
function removalOf(commented: Commented, comment: Comment): TextEdit {
  const { text } = commented;
  const { range } = comment;
  const line = lineStart(text, range.start);
  if (!isAlone(commented, comment)) {
    const start = line + text.slice(line, range.start).trimEnd().length;
    return { range: { start, end: range.end }, newText: '' };
  }
  const end = nextLine(text, range.end);
  const isLast = end === text.length && !text.endsWith('\n');
  return { range: { start: isLast && line > 0 ? lineEnd(text, line - 1) : line, end }, newText: '' };
}

const ANNOTATION = /^bulkhead\.dev\/ignore\.(.+)$/;

/** The annotations or labels of an object and of its pod templates. */
export function metadataFields({ root, pods }: KubernetesObject, part: 'annotations' | 'labels'): Field[] {
  const places = new Map(
    [root.get('metadata'), ...pods.map(({ metadata }) => metadata)].map((one) => [one?.node, one]),
  );
  return [...places.values()].flatMap((metadata) => metadata?.get(part)?.fields() ?? []);
}

/** The annotation of a Kubernetes object that accepts the findings of a rule in it. */
export function annotationName(rule: string): string {
  return `bulkhead.dev/ignore.${rule}`;
}

/** The exception that an annotation makes for its object. */
export function annotationException(field: Field, { root }: KubernetesObject): WrittenException | undefined {
  const name = ANNOTATION.exec(field.name)?.[1];
  if (name === undefined || name.includes(UNKNOWN_CHARACTER)) return undefined;
  const { value } = field;
  const at = keyPlace(field);
  const removal = remove(field);
  const text = value.text ?? '';
  const { reason, until } = readReason(text);
  const hasReason = value.isUnknown || !NO_REASON.test(reason.text);
  const rewritten = until ? `${REASON_PLACEHOLDER} until ${until.text}` : REASON_PLACEHOLDER;
  return {
    by: 'annotation',
    at,
    names: [{ text: name, at, removal, renaming: (to) => rename(field, annotationName(to)) }],
    hasReason,
    reason: hasReason && value.text !== undefined ? reason.text : undefined,
    writeReason: hasReason || value.text === undefined ? undefined : replace(value, rewritten),
    until: until && {
      text: until.text,
      at: value.placeOf(until.text),
      rewriting: (day) => replace(value, text.slice(0, until.range.start) + day + text.slice(until.range.end)),
    },
    removal,
    covers: [root.range],
  };
}

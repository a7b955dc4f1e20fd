import type { Range } from '../../language/text.ts';
import { endBefore } from '../../language/text.ts';

/** A part of a text and where it stands in it. */
export interface WrittenText {
  readonly text: string;
  readonly range: Range;
}

/** Why something is accepted, and until when. */
export interface Reason {
  /** Empty, with an empty range, where none is given. */
  readonly reason: WrittenText;
  /** The last day, as it is written: it may be none that can be read. */
  readonly until: WrittenText | undefined;
}

/** What a comment says that accepts something. */
export interface ExceptionText extends Reason {
  /** `bulkhead: ignore[…]`. */
  readonly directive: WrittenText;
  readonly names: readonly WrittenText[];
}

const DIRECTIVE = /^(\s*)(bulkhead:\s*ignore\[([^\]\n]*)\])/;

/** Reads `bulkhead: ignore[rule, …] reason until 2027-06-30`; undefined for a comment that says something else. */
export function readExceptionText(text: string): ExceptionText | undefined {
  const match = DIRECTIVE.exec(text);
  if (!match) return undefined;
  const [whole, blank = '', directive = '', list = ''] = match;
  const { reason, until } = readReason(text.slice(whole.length));
  return {
    directive: part(directive, blank.length),
    names: readList(list, whole.length - 1 - list.length),
    reason: part(reason.text, whole.length + reason.range.start),
    until: until && part(until.text, whole.length + until.range.start),
  };
}

function readList(list: string, start: number): WrittenText[] {
  return [...list.matchAll(/[^,]+/g)]
    .map((item) => trimmed(item[0], start + item.index))
    .filter(({ text }) => text !== '');
}

/** Something after `until` that is meant as a day: a year, or numbers for a day, a month and a year. */
const MEANT_AS_DAY = /(?:^|\D)20\d\d(?:\D|$)|^20\d{6}$|(?:^|\D)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?:\D|$)/;
const MOST_WORDS_OF_A_DAY = 3;

/** Reads `reason until 2027-06-30`. `until` begins the last day only where something like a day follows it to the end. */
export function readReason(text: string): Reason {
  const last = [...text.matchAll(/(?<=^|[\s,;:(])until:?\s+(?=\S)/gi)].at(-1);
  const start = last ? last.index + last[0].length : text.length;
  const until = trimmed(withoutEnd(text.slice(start), /[\s.,;)]/), start);
  const isDay = MEANT_AS_DAY.test(until.text) && until.text.split(/\s+/).length <= MOST_WORDS_OF_A_DAY;
  const before = isDay && last ? text.slice(0, last.index) : text;
  const lead = /^[\s:,;\u2013\u2014-]*/.exec(before)?.[0].length ?? 0;
  return {
    reason: part(withoutEnd(before.slice(lead), /[\s,;(\u2013\u2014-]/), lead),
    until: isDay ? until : undefined,
  };
}

function withoutEnd(text: string, some: RegExp): string {
  return text.slice(0, endBefore(text, some));
}

function trimmed(text: string, start: number): WrittenText {
  return part(text.trim(), start + text.length - text.trimStart().length);
}

function part(text: string, start: number): WrittenText {
  return { text, range: { start, end: start + text.length } };
}

/** Whether a text is a day of the calendar, written as `2027-06-30`. */
export function isDay(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** The day that a text means, where only one can be meant: the year comes first. */
export function meantDay(text: string): string | undefined {
  const parts = /^(?<year>20\d\d)([./-]?)(?<month>\d\d?)\2(?<day>\d\d?)$/.exec(text)?.groups;
  if (!parts) return undefined;
  const meant = `${parts.year}-${parts.month?.padStart(2, '0')}-${parts.day?.padStart(2, '0')}`;
  return isDay(meant) ? meant : undefined;
}

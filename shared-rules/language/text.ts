/** A half-open range of UTF-16 offsets into the text of a file. Lines and columns exist only outside the core. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A part of a text, with its offsets there. Where escapes were read, it may be shorter than its range. */
export interface TextPart extends Range {
  readonly text: string;
}

/** Replaces `range` by `newText`. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

export function moved({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

/**
 * Where a part of a text stands in what that text was read from, which may have quotes and variables beside it. Where it
 * does not stand there as it reads, it is what stands between the rest; undefined where that does not either.
 */
export function partIn(written: string, read: string, { text, start, end }: TextPart): Range | undefined {
  let at = written.indexOf(text);
  for (let earlier = read.indexOf(text); earlier >= 0 && earlier < start; earlier = read.indexOf(text, earlier + 1))
    at = at < 0 ? at : written.indexOf(text, at + 1);
  if (at >= 0) return { start: at, end: at + text.length };
  const quote = /^(["']).*\1$/s.test(written) ? 1 : 0;
  const inner = written.slice(quote, written.length - quote);
  const [before, behind] = [read.slice(0, start), read.slice(end)];
  const isBetween = inner.startsWith(before) && inner.slice(before.length).endsWith(behind);
  return isBetween ? { start: quote + start, end: quote + inner.length - behind.length } : undefined;
}

/** The offset of the first character of the line that holds `offset`; a byte order mark stands before the first line. */
export function lineStart(text: string, offset: number): number {
  const newline = offset === 0 ? -1 : text.lastIndexOf('\n', offset - 1);
  return newline < 0 && offset > 0 && text.startsWith('\uFEFF') ? 1 : newline + 1;
}

/** The offset behind the last character of the line that holds `offset`, before its line end. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > 0 && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** The offset of the first character of the line after the one that holds `offset`; the text's length on the last. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/**
 * The offset behind the last character that is not one of some. An expression would look for it from every character.
 * @param some matches one character
 */
export function endBefore(text: string, some: RegExp): number {
  let end = text.length;
  while (end > 0 && some.test(text[end - 1] as string)) end--;
  return end;
}

/** A text without its parts from one mark to the next that closes it. */
export function withoutBetween(text: string, open: string, close: string): string {
  let [rest, at] = ['', 0];
  for (;;) {
    const start = text.indexOf(open, at);
    const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
    if (end < 0) return rest + text.slice(at);
    rest += text.slice(at, start);
    at = end + close.length;
  }
}

/** Where each line begins. */
export function lineOffsets(text: string): number[] {
  const offsets = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) offsets.push(at + 1);
  return offsets;
}

/**
 * Applies edits against one baseline.
 * @throws RangeError when two of them overlap, which is a mistake of the caller
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let done = 0;
  for (const { range, newText } of [...edits].sort(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end,
  )) {
    if (range.start < done) throw new RangeError(`Edits overlap at offset ${range.start}.`);
    result += text.slice(done, range.start) + newText;
    done = range.end;
  }
  return result + text.slice(done);
}

/** The whole change from one text to another as a single edit; undefined when they are equal. */
export function editBetween(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { range: { start, end: before.length - tail }, newText: after.slice(start, after.length - tail) };
}

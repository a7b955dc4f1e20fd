import type { Range } from '../text.ts';

/** What a part of a text is overwritten with. */
export interface Fill extends Range {
  /** One character, which every other than those of line ends becomes, or a text of the same length. */
  readonly by: string;
  /** Where the text that it is overwritten with comes from, where that is another place. */
  readonly moved?: readonly MovedText[];
}

/** A range of a reading whose text is written in another place of the same line. */
export interface MovedText extends Range {
  /** How much further right. */
  readonly by: number;
}

/** A text of the same length and the same lines. The fills are in the order of their starts. */
export function filled(text: string, fills: readonly Fill[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, by } of fills) {
    const from = Math.max(at, start);
    if (end <= from) continue;
    const own = text.slice(from, end);
    result += text.slice(at, from) + (by.length === 1 ? own.replace(/[^\r\n]/g, by) : by.slice(from - start));
    at = end;
  }
  return result + text.slice(at);
}

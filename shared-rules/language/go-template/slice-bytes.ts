import { utf8Length } from '../utf8.ts';
import { Rope } from './rope.ts';

/**
 * A part of a text by offsets of bytes, as Go slices strings. Bytes of a character that is cut in two are one replacement
 * character each: no text has such bytes.
 */
export function sliceBytes(rope: Rope, start: number, end: number): Rope {
  const { text } = rope;
  if (utf8Length(text) === text.length) return rope.slice(start, end);
  const [from, to] = [boundaryAt(text, start), boundaryAt(text, end)];
  const whole = rope.slice(from.next, Math.max(from.next, to.at));
  const isWithinOne = to.at < from.next;
  return Rope.concat(
    '\ufffd'.repeat(isWithinOne ? end - start : from.bytesLeft),
    whole,
    '\ufffd'.repeat(isWithinOne ? 0 : to.bytesBefore),
  );
}

interface Boundary {
  /** The UTF-16 offset of the character that the byte is in, and the next one that begins at the byte or behind it. */
  readonly at: number;
  readonly next: number;
  /** How many bytes of the character are before the byte, and how many from there on; both 0 where one begins there. */
  readonly bytesBefore: number;
  readonly bytesLeft: number;
}

function boundaryAt(text: string, byte: number): Boundary {
  let bytes = 0;
  let at = 0;
  while (at < text.length && bytes < byte) {
    const code = text.codePointAt(at)!;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    const next = at + (code < 0x10000 ? 1 : 2);
    if (bytes + size > byte) return { at, next, bytesBefore: byte - bytes, bytesLeft: bytes + size - byte };
    bytes += size;
    at = next;
  }
  return { at, next: at, bytesBefore: 0, bytesLeft: 0 };
}

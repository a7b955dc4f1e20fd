/** How many bytes a text is in UTF-8: the length of a string in Go. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) length += 2;
    else if (unit >= 0x80) length++;
  }
  return length;
}

/** The bytes of a text in UTF-8; halves of surrogate pairs are replaced. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) as number;
    const code = point >= 0xd800 && point < 0xe000 ? 0xfffd : point;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

/** The text that bytes are in UTF-8; a replacement character for each byte that is none. */
export function fromUtf8(bytes: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] as number;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    const code = first < 0x80 ? first : codePoint(bytes.slice(at, at + length), length);
    parts.push(code === undefined ? '\ufffd' : String.fromCodePoint(code));
    at += code === undefined ? 1 : length;
  }
  return parts.join('');
}

const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

function codePoint(bytes: readonly number[], length: number): number | undefined {
  const [first = 0, ...rest] = bytes;
  if (first < 0xc2 || first > 0xf4 || rest.length !== length - 1 || rest.some((byte) => (byte & 0xc0) !== 0x80))
    return undefined;
  const code = rest.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), first & (0xff >> (length + 1)));
  const isSurrogate = code >= 0xd800 && code < 0xe000;
  return code < (SMALLEST[length] as number) || code > 0x10ffff || isSurrogate ? undefined : code;
}

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

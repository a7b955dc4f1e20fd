const BASE_64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes in base 64 of RFC 4648, as Go's `base64.StdEncoding` writes it. */
export function base64(bytes: readonly number[]): string {
  return encode(bytes, BASE_64, 6, 4);
}

/** Bytes in base 32 of RFC 4648. */
export function base32(bytes: readonly number[]): string {
  return encode(bytes, BASE_32, 5, 8);
}

/** The bytes of a text in base 64, or the offset of the first byte that is wrong. Line breaks are left out. */
export function fromBase64(text: string): number[] | { readonly wrongAt: number } {
  return decode(text, BASE_64, 6, 4);
}

/** The same for base 32. */
export function fromBase32(text: string): number[] | { readonly wrongAt: number } {
  return decode(text, BASE_32, 5, 8);
}

function encode(bytes: readonly number[], alphabet: string, bits: number, group: number): string {
  const parts: string[] = [];
  let [buffer, held] = [0, 0];
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    held += 8;
    for (; held >= bits; held -= bits) parts.push(alphabet[(buffer >> (held - bits)) & ((1 << bits) - 1)] as string);
  }
  if (held > 0) parts.push(alphabet[(buffer << (bits - held)) & ((1 << bits) - 1)] as string);
  while (parts.length % group !== 0) parts.push('=');
  return parts.join('');
}

/** How many characters of a last group can be digits, by how many bits each stands for. */
const LAST_GROUPS: Readonly<Record<number, readonly number[]>> = { 6: [2, 3], 5: [2, 4, 5, 7] };

function decode(text: string, alphabet: string, bits: number, group: number): number[] | { readonly wrongAt: number } {
  const bytes: number[] = [];
  let [buffer, held, digits, at] = [0, 0, 0, 0];
  const isLineBreak = (character: string | undefined) => character === '\n' || character === '\r';
  for (; at < text.length && text[at] !== '='; at++) {
    const character = text[at] as string;
    if (isLineBreak(character)) continue;
    const digit = alphabet.indexOf(character);
    if (digit < 0) return { wrongAt: at };
    digits++;
    buffer = ((buffer << bits) | digit) & 0xffff;
    held += bits;
    if (held >= 8) {
      held -= 8;
      bytes.push((buffer >> held) & 0xff);
    }
  }
  const last = digits % group;
  if (last === 0) return at < text.length ? { wrongAt: at } : bytes;
  if (!LAST_GROUPS[bits]?.includes(last)) return { wrongAt: at < text.length ? at : at - last };
  let missing = group - last;
  for (; missing > 0 && at < text.length; at++) {
    if (isLineBreak(text[at])) continue;
    if (text[at] !== '=') return { wrongAt: at };
    missing--;
  }
  while (isLineBreak(text[at])) at++;
  if (missing > 0) return { wrongAt: at - (group - missing) };
  return at < text.length ? { wrongAt: at } : bytes;
}

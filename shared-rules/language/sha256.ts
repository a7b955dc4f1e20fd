/** SHA-256 (FIPS 180-4). */

/** The first bits of the fractional parts of roots of the first primes, of which the standard's constants are made. */
function rootBits(prime: number, exponent: number): number {
  const root = prime ** exponent;
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

const PRIMES: number[] = [];
for (let candidate = 2; PRIMES.length < 64; candidate++)
  if (PRIMES.every((prime) => candidate % prime !== 0)) PRIMES.push(candidate);
const CONSTANTS = PRIMES.map((prime) => rootBits(prime, 1 / 3));
const START = PRIMES.slice(0, 8).map((prime) => rootBits(prime, 1 / 2));

/** @returns 64 hexadecimal digits */
export function sha256(message: readonly number[]): string {
  const bytes = [...message];
  const bits = bytes.length * 8;
  bytes.push(0x80);
  while (bytes.length % 64 !== 56) bytes.push(0);
  for (let shift = 56; shift >= 0; shift -= 8) bytes.push(Math.floor(bits / 2 ** shift) & 0xff);
  let state = START;
  for (let at = 0; at < bytes.length; at += 64) state = afterBlock(state, bytes, at);
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function rotated(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function afterBlock(state: readonly number[], bytes: readonly number[], at: number): number[] {
  const words = new Int32Array(64);
  for (let index = 0; index < 16; index++)
    for (let byte = 0; byte < 4; byte++)
      words[index] = ((words[index] as number) << 8) | (bytes[at + 4 * index + byte] as number);
  for (let index = 16; index < 64; index++) {
    const [early, late] = [words[index - 15] as number, words[index - 2] as number];
    const first = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
    const second = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
    words[index] = (words[index - 16] as number) + first + (words[index - 7] as number) + second;
  }
  let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
  for (let index = 0; index < 64; index++) {
    const mixed = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const first = (h + mixed + ((e & f) ^ (~e & g)) + (CONSTANTS[index] as number) + (words[index] as number)) | 0;
    const second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + (state[index] as number)) | 0);
}

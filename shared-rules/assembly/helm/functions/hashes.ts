import { text } from '../../../language/go-template/data.ts';
import { sha256 } from '../../../language/sha256.ts';
import { utf8Bytes } from '../../../language/utf8.ts';
import { type FunctionTable, fn } from './define.ts';

/** SHA-1 and SHA-512 of FIPS 180-4, and Adler-32 of RFC 1950, in plain JavaScript: the rules run in browsers, too. */

/** A message with the bit 1, zeros, and its length in bits behind it, so that it is made of whole blocks. */
function padded(message: readonly number[], blockBytes: 64 | 128): Uint8Array {
  const lengthBytes = blockBytes / 8;
  const blocks = Math.ceil((message.length + 1 + lengthBytes) / blockBytes);
  const bytes = new Uint8Array(blocks * blockBytes);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(bytes.length - 4, (message.length * 8) % 2 ** 32);
  return bytes;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function hexWords(words: readonly number[]): string {
  return words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

export function sha1(message: readonly number[]): string {
  const view = new DataView(padded(message, 64).buffer);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const words = new Array<number>(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let round = 0; round < 80; round++)
      words[round] =
        round < 16
          ? view.getUint32(block + 4 * round)
          : rotateLeft(words[round - 3]! ^ words[round - 8]! ^ words[round - 14]! ^ words[round - 16]!, 1);
    let [a, b, c, d, e] = state as [number, number, number, number, number];
    for (let round = 0; round < 80; round++) {
      const [mix, constant] =
        round < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : round < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : round < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      [a, b, c, d, e] = [(rotateLeft(a, 5) + mix + e + constant + words[round]!) | 0, a, rotateLeft(b, 30), c, d];
    }
    for (const [index, value] of [a, b, c, d, e].entries()) state[index] = (state[index]! + value) | 0;
  }
  return hexWords(state);
}

const PRIMES = Array.from({ length: 410 }, (_, index) => index).filter(
  (value) => value > 1 && !Array.from({ length: value }, (_, divisor) => divisor).some((d) => d > 1 && value % d === 0),
);

/** The first 64 bits behind the point of a root of a prime number, from which SHA-512 takes its constants. */
function rootBits(prime: number, root: 2 | 3): bigint {
  const scaled = BigInt(prime) << BigInt(root * 64);
  let [low, high] = [0n, 1n << 69n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** BigInt(root) <= scaled) low = middle;
    else high = middle;
  }
  return BigInt.asUintN(64, low);
}

let words64: { readonly initial: readonly bigint[]; readonly rounds: readonly bigint[] } | undefined;

/** Slow, as it computes with integers of any size; charts hardly use it. */
export function sha512(message: readonly number[]): string {
  words64 ??= {
    initial: PRIMES.slice(0, 8).map((prime) => rootBits(prime, 2)),
    rounds: PRIMES.slice(0, 80).map((prime) => rootBits(prime, 3)),
  };
  const view = new DataView(padded(message, 128).buffer);
  const state = [...words64.initial];
  const cut = (value: bigint) => BigInt.asUintN(64, value);
  const rotate = (word: bigint, bits: bigint) => cut((word >> bits) | (word << (64n - bits)));
  for (let block = 0; block < view.byteLength; block += 128) {
    const words: bigint[] = Array.from({ length: 16 }, (_, index) => view.getBigUint64(block + 8 * index));
    for (let round = 16; round < 80; round++) {
      const [early, late] = [words[round - 15]!, words[round - 2]!];
      const first = rotate(early, 1n) ^ rotate(early, 8n) ^ (early >> 7n);
      const second = rotate(late, 19n) ^ rotate(late, 61n) ^ (late >> 6n);
      words.push(cut(words[round - 16]! + first + words[round - 7]! + second));
    }
    let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let round = 0; round < 80; round++) {
      const choice = (rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n)) + ((e & f) ^ (cut(~e) & g));
      const first = cut(h + choice + words64.rounds[round]! + words[round]!);
      const second = (rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [cut(first + second), a, b, c, cut(d + first), e, f, g];
    }
    for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = cut(state[index]! + value);
  }
  return state.map((word) => word.toString(16).padStart(16, '0')).join('');
}

function adler32(message: readonly number[]): string {
  let [a, b] = [1, 0];
  for (const byte of message) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return String(b * 65536 + a);
}

/** What a text of that length costs, in steps of the evaluator. */
function hash(of: (message: readonly number[]) => string, charactersPerStep: number) {
  return fn(['string'], ([rope], call) => {
    call.spend(rope.length / charactersPerStep);
    return text(of(utf8Bytes(rope.text)));
  });
}

export const HASH_FUNCTIONS: FunctionTable = {
  sha1sum: hash(sha1, 16),
  sha256sum: hash(sha256, 16),
  sha512sum: hash(sha512, 0.25),
  adler32sum: hash(adler32, 64),
};

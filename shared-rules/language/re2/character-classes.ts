/** Code points from the first to the last of each pair. */
export type Ranges = readonly (readonly [from: number, to: number])[];

/** Classes by the names that `[:alpha:]` and the like have; of ASCII alone. */
export const NAMED: Readonly<Record<string, Ranges>> = {
  alnum: ranges('09AZaz'),
  alpha: ranges('AZaz'),
  ascii: ranges('\0\x7f'),
  blank: ranges('\t\t  '),
  cntrl: ranges('\0\x1f\x7f\x7f'),
  digit: ranges('09'),
  graph: ranges('!~'),
  lower: ranges('az'),
  print: ranges(' ~'),
  punct: ranges('!/:@[`{~'),
  space: ranges('\t\r  '),
  upper: ranges('AZ'),
  word: ranges('09AZaz__'),
  xdigit: ranges('09AFaf'),
};

/** `\\d`, `\\s` and `\\w`. */
export const PERL: Readonly<Record<string, Ranges>> = {
  d: ranges('09'),
  s: ranges('\t\n\f\r  '),
  w: ranges('09AZaz__'),
};

/** The classes of Unicode that are read: general categories and the most common scripts. */
export const UNICODE: Readonly<Record<string, RegExp>> = {
  Any: /^[\s\S]$/u,
  C: /^\p{C}$/u,
  Cc: /^\p{Cc}$/u,
  L: /^\p{L}$/u,
  Ll: /^\p{Ll}$/u,
  Lm: /^\p{Lm}$/u,
  Lo: /^\p{Lo}$/u,
  Lt: /^\p{Lt}$/u,
  Lu: /^\p{Lu}$/u,
  M: /^\p{M}$/u,
  N: /^\p{N}$/u,
  Nd: /^\p{Nd}$/u,
  P: /^\p{P}$/u,
  S: /^\p{S}$/u,
  Z: /^\p{Z}$/u,
  Zs: /^\p{Zs}$/u,
  Cyrillic: /^\p{Script=Cyrillic}$/u,
  Greek: /^\p{Script=Greek}$/u,
  Han: /^\p{Script=Han}$/u,
  Latin: /^\p{Script=Latin}$/u,
};

function ranges(ends: string): Ranges {
  return Array.from(
    { length: ends.length / 2 },
    (_, index) => [ends.charCodeAt(2 * index), ends.charCodeAt(2 * index + 1)] as const,
  );
}

/** All code points that are in none of some ranges. */
export function inverse(of: Ranges): (readonly [number, number])[] {
  const result: (readonly [number, number])[] = [];
  let next = 0;
  for (const [from, to] of [...of].sort(([a], [b]) => a - b)) {
    if (from > next) result.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  return [...result, [next, 0x10ffff]];
}

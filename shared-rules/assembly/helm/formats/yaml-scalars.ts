/**
 * What plain scalars mean to the YAML packages of Go that Helm reads and writes with: `resolve.go` of go.yaml.in/yaml/v2 (behind
 * sigs.k8s.io/yaml) and v3 (`toYamlPretty`).
 */

export type Resolved =
  | { readonly kind: 'null' }
  | { readonly kind: 'text' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int' | 'float'; readonly value: number };

const TRUE = new Set(['true', 'True', 'TRUE']);
const FALSE = new Set(['false', 'False', 'FALSE']);
const OLD_TRUE = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']);
const OLD_FALSE = new Set(['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF']);
const NULL = new Set(['', '~', 'null', 'Null', 'NULL']);
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const TIMESTAMP =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2}))|(?: ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?))?$/;

/** As version 2 of the package reads a plain scalar. Dates stay texts. */
export function resolvePlain(text: string): Resolved {
  if (NULL.has(text)) return { kind: 'null' };
  if (TRUE.has(text) || OLD_TRUE.has(text)) return { kind: 'bool', value: true };
  if (FALSE.has(text) || OLD_FALSE.has(text)) return { kind: 'bool', value: false };
  if (!/^[-+.0-9]/.test(text)) return { kind: 'text' };
  if (INFINITE.test(text)) return { kind: 'float', value: text.startsWith('-') ? -Infinity : Infinity };
  if (NOT_A_NUMBER.test(text)) return { kind: 'float', value: Number.NaN };
  if (isTimestamp(text)) return { kind: 'text' };
  // A float that starts with a point has no underscores.
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '');
  const whole = wholeNumber(plain);
  if (whole !== undefined) return { kind: 'int', value: whole };
  const value = FLOAT.test(plain) ? Number(plain) : Infinity;
  return Number.isFinite(value) ? { kind: 'float', value } : { kind: 'text' };
}

/** Undefined for what is no whole number, or none of 64 bits. */
function wholeNumber(plain: string): number | undefined {
  if (!INTEGER.test(plain)) return undefined;
  const isNegative = plain.startsWith('-');
  const digits = plain.replace(/^[-+]/, '');
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
  // Without a sign up to 2^64 - 1, as ParseUint takes it.
  const limit = isNegative ? 2n ** 63n : plain.startsWith('+') ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  return value <= limit ? Number(isNegative ? -value : value) : undefined;
}

/** Whether a text must be quoted to stay one when `toYaml`, or `toYamlPretty`, writes it. */
export function isPlainText(text: string): boolean {
  return resolvePlain(text).kind === 'text' && !isTimestamp(text) && !BASE_60.test(text);
}

function isTimestamp(text: string): boolean {
  const [, year, month, day, ...times] = TIMESTAMP.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const [hour = '0', minute = '0', second = '0'] = times.filter((time) => time !== undefined);
  const days = new Date(Date.UTC(Number(year) || 4, Number(month), 0)).getUTCDate();
  const isDay = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
  return isDay && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

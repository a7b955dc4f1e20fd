import { type Data, type Parameter, type TemplateFunction, text, unknown } from '../../../language/go-template/data.ts';
import { type FunctionTable, fn } from './define.ts';

/** Functions of chance, of the clock and of keys: what they give is known when a release is installed. */
function unknowable(name: string, takes: readonly Parameter[], rest?: Parameter): TemplateFunction {
  return { takes, rest, takesUnknown: true, run: () => unknown(name) };
}

function all(takes: readonly Parameter[], ...names: readonly string[]): FunctionTable {
  return Object.fromEntries(names.map((name) => [name, unknowable(name, takes)]));
}

const UNITS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** The seconds of a text such as `1h30m`, as `time.ParseDuration` reads it; 0 for another text. */
function secondsOf(written: string): number {
  const parts = written.replace(/^[-+]/, '');
  let seconds = 0;
  for (let at = 0; at < parts.length; ) {
    const [part, count, unit = ''] =
      /^([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(ns|us|µs|ms|s|m|h)/.exec(parts.slice(at, at + 50)) ?? [];
    if (part === undefined) return 0;
    seconds += Number(count) * (UNITS[unit] ?? 0);
    at += part.length;
  }
  return written.startsWith('-') ? -seconds : seconds;
}

/** Whole seconds as Go's `time.Duration` is printed: `1h1m1s`. */
function durationText(seconds: number): string {
  const sign = seconds < 0 ? '-' : '';
  const all = Math.abs(seconds);
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60)];
  if (hours > 0) return `${sign}${hours}h${minutes}m${all % 60}s`;
  return minutes > 0 ? `${sign}${minutes}m${all % 60}s` : `${sign}${all % 60}s`;
}

const ROUND: readonly (readonly [seconds: number, unit: string])[] = [
  [365 * 86_400, 'y'],
  [30 * 86_400, 'mo'],
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'm'],
  [1, 's'],
];

function rounded(data: Data): string {
  const seconds = Math.abs(
    data.kind === 'text' ? secondsOf(data.rope.text) : data.kind === 'int' ? data.value / 1e9 : 0,
  );
  const found = ROUND.find(([size]) => seconds > size);
  return found ? `${Math.floor(seconds / found[0])}${found[1]}` : '0s';
}

export const UNKNOWABLE_FUNCTIONS: FunctionTable = {
  ...all([], 'now', 'uuidv4'),
  ...all(['int'], 'randAlphaNum', 'randAlpha', 'randAscii', 'randNumeric', 'randBytes'),
  ...all(['int', 'int'], 'randInt'),
  ...all(['string'], 'shuffle', 'bcrypt', 'genPrivateKey'),
  ...all(['string', 'string'], 'htpasswd', 'buildCustomCert', 'encryptAES', 'decryptAES', 'toDate', 'mustToDate'),
  ...all(['uint32', 'string', 'string', 'string', 'string'], 'derivePassword'),
  ...all(['string', 'int'], 'genCA'),
  ...all(['string', 'int', 'string'], 'genCAWithKey'),
  ...all(['string', '[]interface {}', '[]interface {}', 'int'], 'genSelfSignedCert'),
  ...all(['string', '[]interface {}', '[]interface {}', 'int', 'string'], 'genSelfSignedCertWithKey'),
  ...all(['string', '[]interface {}', '[]interface {}', 'int', 'any'], 'genSignedCert'),
  ...all(['string', '[]interface {}', '[]interface {}', 'int', 'any', 'string'], 'genSignedCertWithKey'),
  // Dates are shown in the zone of the machine that installs the release.
  ...all(['any'], 'ago', 'htmlDate', 'unixEpoch'),
  ...all(['string', 'any'], 'date', 'dateModify', 'date_modify', 'mustDateModify', 'must_date_modify'),
  ...all(['any', 'string'], 'htmlDateInZone'),
  ...all(['string', 'any', 'string'], 'dateInZone', 'date_in_zone'),
  duration: fn(['any'], ([value]) => {
    if (value.kind === 'text')
      return text(durationText(/^[-+]?[0-9]+$/.test(value.rope.text) ? Number(value.rope.text) : 0));
    return text(durationText(value.kind === 'int' && value.type === 'int64' ? value.value : 0));
  }),
  durationRound: fn(['any'], ([value]) => text(rounded(value))),
};

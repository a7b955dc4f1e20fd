import { createHash } from 'node:crypto';
import { type Finding, fingerprintTexts, type LintResult } from '../../shared-rules/index.ts';

const known = new WeakMap<LintResult, ReadonlyMap<Finding, string>>();

/** What a finding is known by from one run to the next, within its file. */
export function fingerprintOf(result: LintResult, finding: Finding): string {
  const fingerprints = known.get(result) ?? hashed(result);
  known.set(result, fingerprints);
  return fingerprints.get(finding) as string;
}

function hashed(result: LintResult): ReadonlyMap<Finding, string> {
  return new Map([...fingerprintTexts(result)].map(([finding, text]) => [finding, hash(text)]));
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

import type { Place } from '../../language/place.ts';
import type { RuleId } from '../../rules/catalogue.generated.ts';
import type { AcceptedBy, AcceptedFinding, Finding } from '../finding.ts';
import type { LintPolicy, Requirement } from '../settings.ts';

/** Something that accepts a finding, and what it gives for that. */
export interface Acceptance extends Readonly<Record<Requirement, string | undefined>> {
  readonly by: AcceptedBy;
  /** Where it is written; undefined for the configuration. */
  readonly at?: Place | undefined;
}

const WORDS: Readonly<Record<Requirement, string>> = {
  reason: 'a reason',
  owner: 'an owner',
  until: 'a last day (until)',
};

/** What a policy has against accepting a finding of a rule, as a sentence; undefined where it has nothing. */
export function objectionTo(
  rule: RuleId,
  given: Partial<Record<Requirement, string | undefined>>,
  { name, rules, mustHave }: LintPolicy,
): string | undefined {
  if (rules.includes(rule)) return `The policy ${name} does not allow exceptions for ${rule}.`;
  const missing = mustHave.filter((key) => given[key] === undefined).map((key) => WORDS[key]);
  return missing.length > 0
    ? `The policy ${name} does not accept an exception without ${missing.join(' and ')}.`
    : undefined;
}

/**
 * What comes of a finding that somebody wants to accept: it is accepted, or it is reported, with what a policy has against
 * that and where the exception is.
 */
export function settle(
  finding: Finding,
  acceptances: Iterable<Acceptance>,
  policy: LintPolicy | undefined,
): Finding | AcceptedFinding {
  let refused: Finding | undefined;
  for (const acceptance of acceptances) {
    const objection = policy && objectionTo(finding.rule, acceptance, policy);
    if (objection === undefined) {
      const { by, reason, owner } = acceptance;
      return { finding, by, reason, owner };
    }
    refused ??= withObjection(finding, objection, acceptance);
  }
  return refused ?? finding;
}

function withObjection(finding: Finding, objection: string, { at }: Acceptance): Finding {
  const { message, related } = finding;
  return {
    ...finding,
    message: message.includes(objection) ? message : `${message} ${objection}`,
    related: at ? [...related, { message: 'The exception that does not apply', at }] : related,
  };
}

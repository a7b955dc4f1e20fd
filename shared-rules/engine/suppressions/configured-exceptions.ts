import { remembered } from '../../language/remembered.ts';
import { imageGlob } from '../../model/image.ts';
import { nameMatcher, pathMatcher } from '../../model/patterns.ts';
import type { Finding } from '../finding.ts';
import type { ConfiguredException, ExceptionMatch, LintSettings } from '../settings.ts';
import type { Acceptance } from './acceptance.ts';

/** The exceptions of the configuration that accept a finding in the file at a path. */
export function* configuredAcceptances(
  finding: Finding,
  path: string,
  { exceptions, today }: LintSettings,
): Generator<Acceptance> {
  for (const exception of exceptions) {
    const { reason, owner, until } = exception;
    if (!isExpired(exception, today) && isAbout(exception, finding, path))
      yield { by: 'configuration', reason, owner, until };
  }
}

/** Whether an exception of the configuration that has a last day, over or not, is about a finding. */
export function mayEnd(finding: Finding, path: string, { exceptions }: LintSettings): boolean {
  return exceptions.some((exception) => exception.until !== undefined && isAbout(exception, finding, path));
}

/** Whether the last day of something is over; never where it has none. */
export function isExpired({ until }: { readonly until?: string | undefined }, today: string | undefined): boolean {
  return until !== undefined && today !== undefined && until < today;
}

function isAbout({ rules, match }: ConfiguredException, { rule, subject }: Finding, path: string): boolean {
  return rules.includes(rule) && matcherOf(match)(subject, path);
}

type IsMatched = (subject: Finding['subject'], path: string) => boolean;

const matcherOf = remembered((match: ExceptionMatch): IsMatched => {
  const [kindIs, namespaceIs, nameIs] = [match.kind, match.namespace, match.name].map(optional(nameMatcher));
  const imageIs = optional((glob: string) => imageGlob(glob).test)(match.image);
  const pathIs = optional((pattern: string) => pathMatcher([pattern]))(match.path);
  return ({ kind, namespace, name, images }, path) =>
    (kindIs?.(kind) ?? true) &&
    (namespaceIs === undefined || (namespace !== undefined && namespaceIs(namespace))) &&
    (nameIs?.(name) ?? true) &&
    (imageIs === undefined || images.some(imageIs)) &&
    (pathIs?.(path) ?? true);
});

function optional<Given, Result>(make: (given: Given) => Result): (given: Given | undefined) => Result | undefined {
  return (given) => (given === undefined ? undefined : make(given));
}

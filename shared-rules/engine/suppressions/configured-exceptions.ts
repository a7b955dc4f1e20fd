import { imageGlob } from '../../model/image.ts';
import { matchesName, pathMatcher } from '../../model/patterns.ts';
import type { Finding } from '../finding.ts';
import type { ConfiguredException, ExceptionMatch, LintSettings } from '../settings.ts';

/** The exception of the configuration that accepts a finding in the file at a path, if there is one. */
export function exceptionFor(
  finding: Finding,
  path: string,
  { exceptions, today }: LintSettings,
): ConfiguredException | undefined {
  return exceptions.find((exception) => !isExpired(exception, today) && isAbout(exception, finding, path));
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
  return rules.includes(rule) && matches(match, subject, path);
}

function matches(match: ExceptionMatch, { kind, namespace, name, images }: Finding['subject'], path: string): boolean {
  return (
    (match.kind === undefined || matchesName(match.kind, kind)) &&
    (match.namespace === undefined || (namespace !== undefined && matchesName(match.namespace, namespace))) &&
    (match.name === undefined || matchesName(match.name, name)) &&
    (match.image === undefined || images.some((image) => imageGlob(match.image!).test(image))) &&
    (match.path === undefined || pathMatcher([match.path])(path))
  );
}

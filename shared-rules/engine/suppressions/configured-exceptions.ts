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
  return exceptions.find(
    (exception) =>
      exception.rules.includes(finding.rule) &&
      !isExpired(exception, today) &&
      matches(exception.match, finding.subject, path),
  );
}

/** Whether an exception's last day is over. */
export function isExpired({ until }: Pick<ConfiguredException, 'until'>, today: string | undefined): boolean {
  return until !== undefined && today !== undefined && until < today;
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

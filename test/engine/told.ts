import type { LintResult } from '../../shared-rules/index.ts';
import { rangeInFile } from '../../shared-rules/language/place.ts';

/** Everything that can be told of a result. */
export function told(result: LintResult) {
  const { text, parts, findings, accepted, problems, failures, asked, facts } = result;
  const sorted = (topics: ReadonlySet<string>) => [...topics].sort();
  return {
    text,
    starts: parts.map(({ start }) => start),
    findings: findings.map(({ fixes, ...finding }) => ({ ...finding, fixes: fixes().map(({ title }) => title) })),
    accepted: accepted.map(({ finding: { rule, range }, ...how }) => ({ rule, range, ...how })),
    problems,
    failures,
    asked: { together: sorted(asked.together), anywhere: sorted(asked.anywhere) },
    facts: facts.map(({ at, ...fact }) => ({ ...fact, at: rangeInFile(at) })),
  };
}

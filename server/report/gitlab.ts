import type { Severity } from '../../shared-rules/index.ts';
import { type JsonText, json, jsonText } from '../sinks/json.ts';
import { hash } from '../workspace/hash.ts';
import { findingsIn, nameFrom, placesOf, type Report } from './report.ts';

const SEVERITY: Readonly<Record<Severity, string>> = { high: 'critical', medium: 'major', low: 'minor' };

/** Findings as a code quality report of GitLab. Its fingerprints are those of findings in their files. */
export function* renderGitlab(report: Report): Generator<JsonText> {
  const issues = [...findingsIn(report)].map(([{ checked }, finding]) => {
    const { start, end } = placesOf(checked, finding.range);
    const path = nameFrom(report.root, checked.name);
    return {
      description: finding.message,
      check_name: finding.rule,
      fingerprint: hash(`${path}\n${finding.fingerprint as string}`),
      severity: SEVERITY[finding.severity],
      location: { path, lines: { begin: start.line, end: end.line } },
    };
  });
  yield json`${jsonText(issues, 2)}\n`;
}

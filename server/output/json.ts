import { FACTS, type Finding, type Range } from '../../shared-rules/index.ts';
import { type Checked, type LineTables, positionAt } from '../report.ts';
import { findingsIn, fixesOf, type Report } from './report.ts';

/** Findings as one JSON array. */
export function* renderJson(report: Report): Generator<string> {
  let isFirst = true;
  for (const [{ checked }, finding] of findingsIn(report)) {
    const text = JSON.stringify(findingToJson(checked, finding, report.lines), undefined, 2);
    yield `${isFirst ? '[' : ','}\n  ${text.replaceAll('\n', '\n  ')}`;
    isFirst = false;
  }
  yield isFirst ? '[]\n' : '\n]\n';
}

/** Findings as JSON, one a line. */
export function* renderJsonLines(report: Report): Generator<string> {
  for (const [{ checked }, finding] of findingsIn(report))
    yield `${JSON.stringify(findingToJson(checked, finding, report.lines))}\n`;
}

function findingToJson(checked: Checked, finding: Finding, lines: LineTables): object {
  const { document } = checked;
  const { kind, name, namespace } = finding.subject;
  const range = ({ start, end }: Range, file?: string) => {
    const table = (file === undefined ? undefined : lines.get(file)) ?? document;
    return { start: positionAt(table, start), end: positionAt(table, end) };
  };
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    file: document.uri,
    range: range(finding.range),
    subject: { kind, name, namespace: namespace ?? null, path: finding.path },
    related: finding.related.map(({ message, at, file }) => ({
      message,
      ...(file !== undefined && { file }),
      path: at.path,
      range: range(at.range, file),
    })),
    fixes: fixesOf(checked, finding).map(({ title, safety }) => ({ title, safety })),
    aliases: FACTS[finding.rule].aliases,
  };
}

import { aliasesOf, type Range } from '../../shared-rules/index.ts';
import { indented, type JsonText, json, jsonText } from '../sinks/json.ts';
import type { FindingData } from './finding-data.ts';
import { lineAndColumnAt } from './positions.ts';
import { type CheckedFile, findingsIn, type Report } from './report.ts';

/** Findings as one JSON array. */
export function* renderJson(report: Report): Generator<JsonText> {
  let isFirst = true;
  for (const [{ checked }, finding] of findingsIn(report)) {
    const text = indented(jsonText(findingToJson(checked, finding, report), 2));
    yield json`${isFirst ? json`[` : json`,`}\n  ${text}`;
    isFirst = false;
  }
  yield isFirst ? json`[]\n` : json`\n]\n`;
}

/** Findings as JSON, one a line. */
export function* renderJsonLines(report: Report): Generator<JsonText> {
  for (const [{ checked }, finding] of findingsIn(report))
    yield json`${jsonText(findingToJson(checked, finding, report))}\n`;
}

function findingToJson(checked: CheckedFile, finding: FindingData, { lines, fixes }: Report): object {
  const { places } = checked;
  const { kind, name, namespace } = finding.subject;
  const range = ({ start, end }: Range, file?: string) => {
    const table = (file === undefined ? undefined : lines.get(file)) ?? places;
    return { start: lineAndColumnAt(table, start), end: lineAndColumnAt(table, end) };
  };
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    file: checked.name,
    range: range(finding.range),
    subject: { kind, name, namespace: namespace ?? null, path: finding.path },
    related: finding.related.map(({ message, at, file }) => ({
      message,
      ...(file !== undefined && { file }),
      path: at.path,
      range: range(at.range, file),
    })),
    fixes: (fixes.get(finding)?.fixes ?? []).map(({ title, safety }) => ({ title, safety })),
    aliases: aliasesOf(finding),
  };
}

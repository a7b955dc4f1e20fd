import { CATALOGUE, type Severity } from '../../shared-rules/index.ts';
import { findingsIn, nameFrom, placesOf, type Report } from './report.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { high: 'error', medium: 'warning', low: 'notice' };

/** Findings as workflow commands, which GitHub Actions turns into annotations. */
export function* renderGithub(report: Report): Generator<string> {
  for (const [{ checked }, finding] of findingsIn(report)) {
    const { start, end } = placesOf(checked, finding.range);
    // Columns belong to one line: GitHub refuses them where the lines differ.
    const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
    const properties = {
      file: nameFrom(report.root, checked.name),
      line: start.line,
      endLine: end.line,
      ...columns,
      title: `${CATALOGUE[finding.rule].title} (${finding.rule})`,
    };
    const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
    yield `::${COMMANDS[finding.severity]} ${list.join(',')}::${escapeData(finding.message)}\n`;
  }
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

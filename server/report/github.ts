import { CATALOGUE, type Severity } from '../../shared-rules/index.ts';
import { joined } from '../sinks/sink-text.ts';
import { type CommandText, commandData, commandProperty, workflowCommand } from '../sinks/workflow-commands.ts';
import { baselineSentence, weakeningSentences } from './configuration.ts';
import { findingsIn, nameFrom, placesOf, type Report } from './report.ts';

const COMMANDS: Readonly<Record<Severity, CommandText>> = {
  high: workflowCommand`error`,
  medium: workflowCommand`warning`,
  low: workflowCommand`notice`,
};

/** Findings as workflow commands, which GitHub Actions turns into annotations. */
export function* renderGithub(report: Report): Generator<CommandText> {
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
    const list = Object.entries(properties).map(
      ([name, value]) => workflowCommand`${commandProperty(name)}=${commandProperty(String(value))}`,
    );
    yield workflowCommand`::${COMMANDS[finding.severity]} ${joined(list, ',')}::${commandData(finding.message)}\n`;
  }
  yield* configurationNotices(report);
}

/** What a policy refuses as warnings, and what is reported less of as one notice, at the configuration. */
function* configurationNotices(report: Report): Generator<CommandText> {
  const { root, configuration } = report;
  for (const { file, line, column, message } of configuration?.refusals ?? []) {
    const place = workflowCommand`file=${commandProperty(nameFrom(root, file))},line=${commandProperty(String(line))},col=${commandProperty(String(column))}`;
    yield workflowCommand`::warning ${place},title=Policy::${commandData(message)}\n`;
  }
  const sentences = [...weakeningSentences(report), ...baselineSentence(report)];
  if (sentences.length === 0) return;
  const place = configuration
    ? workflowCommand`file=${commandProperty(nameFrom(root, configuration.file))},`
    : workflowCommand``;
  yield workflowCommand`::notice ${place}title=What is not reported::${commandData(sentences.join('\n'))}\n`;
}

import type { Severity } from '../../shared-rules/index.ts';
import { type Output, type Paint, paints, type TerminalText, terminal, terminalText } from '../sinks/terminal.ts';
import { isAllLeftOut, weakeningSentences } from './configuration.ts';
import type { FindingData } from './finding-data.ts';
import { lineAndColumnAt, type PositionsByFile } from './positions.ts';
import { countsBySeverity, type FileReport, findingsIn, type Report } from './report.ts';
import { plural } from './wording.ts';

type Colors = ReturnType<typeof paints>;

/**
 * Findings for people: by file, with the lines they stand in.
 * @param counted what the last lines sum up; without it there is none
 */
export function* renderPretty(
  report: Report,
  isColored: boolean,
  counted: Report | undefined,
): Generator<TerminalText> {
  const colors = paints(isColored);
  for (const file of report.files) {
    if (file.findings.length === 0) continue;
    yield terminal`${colors.underline(terminalText(file.checked.name))}\n`;
    for (const finding of file.findings) yield* renderFinding(file, finding, report.lines, colors);
    yield terminal`\n`;
  }
  if (!counted) return;
  for (const sentence of [summaryOf(counted), ...weakeningSentences(counted)])
    yield terminal`${terminalText(sentence)}\n`;
}

function* renderFinding(
  { checked: { places } }: FileReport,
  finding: FindingData,
  lines: PositionsByFile,
  colors: Colors,
): Generator<TerminalText> {
  const { severity, message, rule, range, related, frame = [] } = finding;
  const { line, column } = lineAndColumnAt(places, range.start);
  const paint = colorOf(severity, colors);
  const place = colors.dim(terminal`${line}:${column}`);
  yield terminal`  ${place}  ${paint(terminalText(severity))}  ${terminalText(message)}  ${colors.dim(terminal`[${terminalText(rule)}]`)}\n`;
  const width = String(frame.findLast(({ number }) => number !== undefined)?.number ?? '').length;
  for (const { number, text } of frame) {
    const gutter = colors.dim(terminalText(`    ${String(number ?? '').padStart(width)} |`));
    const shown = terminalText(text.trimEnd());
    const behind = number === undefined ? paint(shown) : shown;
    yield shown === '' ? terminal`${gutter}\n` : terminal`${gutter} ${behind}\n`;
  }
  for (const { message: also, at, file } of related) {
    const place = lineAndColumnAt((file === undefined ? undefined : lines.get(file)) ?? places, at.range.start);
    const name = terminalText(file === undefined ? '' : `${file}:`);
    const where = terminal`${name}${place.line}:${place.column}`;
    yield terminal`    ${colors.dim(where)}  ${terminalText(also)}\n`;
  }
}

function colorOf(severity: Severity, { red, yellow, cyan }: Colors): Paint {
  return { high: red, medium: yellow, low: cyan }[severity];
}

/** Such as `3 findings in 2 files: 1 high, 2 medium. 2 have fixes.` Which of them hold is not tried for it. */
function summaryOf(report: Report): string {
  const findings = [...findingsIn(report)].map(([, finding]) => finding);
  if (isAllLeftOut(report)) return 'Nothing checked.';
  if (findings.length === 0) return 'Nothing found.';
  const files = report.files.filter((file) => file.findings.length > 0).length;
  const counts = countsBySeverity(findings).map(([severity, count]) => `${count} ${severity}`);
  const fixable = findings.filter(({ hasFixes }) => hasFixes).length;
  const fixes = fixable === 0 ? '' : ` ${fixable} ${fixable === 1 ? 'has' : 'have'} fixes.`;
  return `${plural(findings.length, 'finding')} in ${plural(files, 'file')}: ${counts.join(', ')}.${fixes}`;
}

/** Whether a stream shows colours: a terminal does, unless the environment says otherwise. */
export function isColored(stream: Pick<Output, 'isTTY'>, env = process.env): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return !NO_COLOR && stream.isTTY === true && TERM !== 'dumb';
}

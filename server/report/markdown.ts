import { SEVERITIES } from '../../shared-rules/index.ts';
import { commentText, type MarkdownText, markdown, markdownLink } from '../sinks/markdown.ts';
import { joined } from '../sinks/sink-text.ts';
import { ownUri, type UriText } from '../sinks/uri.ts';
import { baselineSentence, isAllLeftOut, weakeningSentences } from './configuration.ts';
import type { FindingData } from './finding-data.ts';
import { countsBySeverity, type FileReport, findingsIn, nameFrom, placesOf, type Report, uriFrom } from './report.ts';
import { plural } from './wording.ts';

/** GitHub takes comments of 65536 characters; something is left for what people put around it. */
const MOST_CHARACTERS = 60_000;
const MOST_ROWS = 50;

/** A summary of the findings for a pull request, the most severe first. */
export function* renderMarkdown(report: Report): Generator<MarkdownText> {
  yield* renderFindings(report);
  const sentences = [
    ...(report.configuration?.refusals ?? []).map(
      ({ line, message }) => `${report.configuration?.file}:${line}: ${message}`,
    ),
    ...weakeningSentences(report),
    ...baselineSentence(report),
  ];
  if (sentences.length > 0) yield markdown`\n#### What is not reported\n\n`;
  for (const sentence of sentences) yield markdown`- ${commentText(sentence)}\n`;
}

function* renderFindings(report: Report): Generator<MarkdownText> {
  const found = [...findingsIn(report)].sort(
    ([, a], [, b]) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
  if (isAllLeftOut(report)) {
    yield markdown`### Bulkhead: nothing checked\n`;
    return;
  }
  if (found.length === 0) {
    yield markdown`### Bulkhead: nothing found\n\n${counted(report.paths.length, 'file')} checked.\n`;
    return;
  }
  const files = report.files.filter((file) => file.findings.length > 0);
  yield markdown`### Bulkhead: ${counted(found.length, 'finding')} in ${counted(files.length, 'file')}\n\n`;
  const overview = joined([...bySeverityAndFile(report, files)]);
  yield markdown`${overview}\n`;
  yield markdown`| Severity | Where | Rule | Finding |\n| --- | --- | --- | --- |\n`;
  let { length } = overview;
  let rows = 0;
  for (const [file, finding] of found) {
    const row = rowOf(report, file, finding);
    length += row.length;
    if (rows === MOST_ROWS || length > MOST_CHARACTERS) break;
    yield row;
    rows++;
  }
  if (rows < found.length) yield markdown`\n… and ${found.length - rows} more.\n`;
}

/** How many findings of each severity there are in all and in each file. */
function* bySeverityAndFile(report: Report, files: readonly FileReport[]): Generator<MarkdownText> {
  const cells = (findings: readonly FindingData[]) => {
    const counts = new Map(countsBySeverity(findings));
    return joined(
      SEVERITIES.map((severity) => markdown`${counts.get(severity) ?? markdown``}`),
      ' | ',
    );
  };
  yield markdown`| File | high | medium | low |\n| --- | ---: | ---: | ---: |\n`;
  for (const file of files.slice(0, MOST_ROWS))
    yield markdown`| ${commentText(nameFrom(report.root, file.checked.name))} | ${cells(file.findings)} |\n`;
  const others = files.slice(MOST_ROWS).flatMap(({ findings }) => findings);
  if (others.length > 0)
    yield markdown`| … and ${counted(files.length - MOST_ROWS, 'file')} more | ${cells(others)} |\n`;
  yield markdown`| **All** | ${cells(files.flatMap(({ findings }) => findings))} |\n`;
}

function rowOf(report: Report, { checked }: FileReport, { severity, rule, message, range }: FindingData): MarkdownText {
  const path = checked.name;
  const { line } = placesOf(checked, range).start;
  const where = commentText(`${nameFrom(report.root, path)}:${line}`);
  const link = linkTo(uriFrom(report.root, path), line, process.env);
  const place = link === undefined ? where : markdownLink(where, link);
  return markdown`| ${commentText(severity)} | ${place} | \`${commentText(rule)}\` | ${commentText(message)} |\n`;
}

/** A link to a line, on the server that a job of GitHub Actions or GitLab CI runs for, else beside the summary. */
function linkTo(
  { uri, isRelative }: ReturnType<typeof uriFrom>,
  line: number,
  env: NodeJS.ProcessEnv,
): UriText | undefined {
  if (!isRelative) return undefined;
  const path = `${uri}#L${line}`;
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA, CI_PROJECT_URL, CI_COMMIT_SHA } = env;
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_SHA)
    return ownUri(`${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/${GITHUB_SHA}/${path}`);
  return ownUri(CI_PROJECT_URL && CI_COMMIT_SHA ? `${CI_PROJECT_URL}/-/blob/${CI_COMMIT_SHA}/${path}` : path);
}

function counted(count: number, noun: string): MarkdownText {
  return commentText(plural(count, noun));
}

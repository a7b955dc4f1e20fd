import { SEVERITIES } from '../../shared-rules/index.ts';
import type { FindingData } from './finding-data.ts';
import { countsBySeverity, type FileReport, findingsIn, nameFrom, placesOf, type Report, uriFrom } from './report.ts';
import { plural } from './wording.ts';

/** GitHub takes comments of 65536 characters; something is left for what people put around it. */
const MOST_CHARACTERS = 60_000;
const MOST_ROWS = 50;

/** A summary of the findings for a pull request, the most severe first. */
export function* renderMarkdown(report: Report): Generator<string> {
  const found = [...findingsIn(report)].sort(
    ([, a], [, b]) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
  if (found.length === 0) {
    yield `### Bulkhead: nothing found\n\n${plural(report.paths.length, 'file')} checked.\n`;
    return;
  }
  const files = report.files.filter((file) => file.findings.length > 0);
  yield `### Bulkhead: ${plural(found.length, 'finding')} in ${plural(files.length, 'file')}\n\n`;
  const overview = [...bySeverityAndFile(report, files)].join('');
  yield `${overview}\n`;
  yield '| Severity | Where | Rule | Finding |\n| --- | --- | --- | --- |\n';
  let { length } = overview;
  let rows = 0;
  for (const [file, finding] of found) {
    const row = rowOf(report, file, finding);
    length += row.length;
    if (rows === MOST_ROWS || length > MOST_CHARACTERS) break;
    yield row;
    rows++;
  }
  if (rows < found.length) yield `\n… and ${found.length - rows} more.\n`;
}

/** How many findings of each severity there are in all and in each file. */
function* bySeverityAndFile(report: Report, files: readonly FileReport[]): Generator<string> {
  const cells = (findings: readonly FindingData[]) => {
    const counts = new Map(countsBySeverity(findings));
    return SEVERITIES.map((severity) => counts.get(severity) ?? '').join(' | ');
  };
  yield '| File | high | medium | low |\n| --- | ---: | ---: | ---: |\n';
  for (const file of files.slice(0, MOST_ROWS))
    yield `| ${plain(nameFrom(report.root, file.checked.name))} | ${cells(file.findings)} |\n`;
  const others = files.slice(MOST_ROWS).flatMap(({ findings }) => findings);
  if (others.length > 0) yield `| … and ${plural(files.length - MOST_ROWS, 'file')} more | ${cells(others)} |\n`;
  yield `| **All** | ${cells(files.flatMap(({ findings }) => findings))} |\n`;
}

function rowOf(report: Report, { checked }: FileReport, { severity, rule, message, range }: FindingData): string {
  const path = checked.name;
  const { line } = placesOf(checked, range).start;
  const where = plain(`${nameFrom(report.root, path)}:${line}`);
  const link = linkTo(uriFrom(report.root, path), line, process.env);
  return `| ${severity} | ${link === undefined ? where : `[${where}](${link})`} | \`${rule}\` | ${plain(message)} |\n`;
}

/** A link to a line, on the server that a job of GitHub Actions or GitLab CI runs for, else beside the summary. */
function linkTo(
  { uri, isRelative }: ReturnType<typeof uriFrom>,
  line: number,
  env: NodeJS.ProcessEnv,
): string | undefined {
  if (!isRelative) return undefined;
  const path = `${uri.replaceAll(/[()]/g, (mark) => (mark === '(' ? '%28' : '%29'))}#L${line}`;
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA, CI_PROJECT_URL, CI_COMMIT_SHA } = env;
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_SHA)
    return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/${GITHUB_SHA}/${path}`;
  return CI_PROJECT_URL && CI_COMMIT_SHA ? `${CI_PROJECT_URL}/-/blob/${CI_COMMIT_SHA}/${path}` : path;
}

/** A text that Markdown takes for nothing but text: no markup, no table cells, nobody, no issue and no page linked. */
function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>|&~$]|[@#](?=\w)|https?(?=:)|www(?=\.)/gi, (part) =>
      /^[@#hw]/i.test(part) ? `${part}&#8203;` : `&#${part.charCodeAt(0)};`,
    );
}

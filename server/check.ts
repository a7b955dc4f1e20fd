import { relative } from 'node:path';
import { DEFAULT_SETTINGS, lint, type Profile } from '../shared-rules/index.ts';
import { filesAt, type Streams } from './paths.ts';
import { readTextFile } from './read-file.ts';
import { type Checked, complaintsAbout, type Format, plural, positionAt, toChecked, toJson } from './report.ts';
import { today } from './today.ts';

export interface CheckOptions {
  readonly format: Format;
  readonly profile: Profile;
}

/**
 * Checks files and folders and prints what was found.
 * @returns the exit status: 0 nothing found, 1 findings, 2 a path that does not exist or a rule that failed
 */
export async function check(paths: readonly string[], options: CheckOptions, { out, err }: Streams): Promise<number> {
  const complain = (message: string) => void err.write(`bulkhead: ${message}\n`);
  const settings = { ...DEFAULT_SETTINGS, profile: options.profile, today: today() };
  const checked: Checked[] = [];
  let status = 0;
  for await (const file of filesAt(paths, complain)) {
    if (file === undefined) {
      status = 2;
      continue;
    }
    const read = await readTextFile(file);
    if ('refused' in read) {
      complain(`${file} ${read.refused}.`);
      continue;
    }
    const result = lint(file, read.text, settings);
    const one = toChecked({ path: file, settings, result });
    for (const { message, isFailure } of complaintsAbout(one)) {
      if (isFailure) status = 2;
      complain(message);
    }
    if (result.findings.length > 0) checked.push(one);
  }
  const findings = checked.flatMap((one) => one.linted.result.findings.map((finding) => [one, finding] as const));
  out.write(options.format === 'json' ? toJson(findings) : toText(checked));
  return status === 0 && checked.length > 0 ? 1 : status;
}

function toText(checked: readonly Checked[]): string {
  const lines: string[] = [];
  for (const { linted, document } of checked) {
    lines.push(relative('.', linted.path) || linted.path);
    for (const finding of linted.result.findings) {
      const { line, column } = positionAt(document, finding.range.start);
      lines.push(`  ${line}:${column}  ${finding.severity}  ${finding.message}  [${finding.rule}]`);
    }
    lines.push('');
  }
  const count = checked.reduce((sum, { linted }) => sum + linted.result.findings.length, 0);
  const total = count === 0 ? 'Nothing found.' : `${plural(count, 'finding')} in ${plural(checked.length, 'file')}.`;
  return `${[...lines, total].join('\n')}\n`;
}

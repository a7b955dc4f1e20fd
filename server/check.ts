import { relative } from 'node:path';
import { lint, Workspace } from '../shared-rules/index.ts';
import { type ConfigOptions, settingsForRun } from './config-file.ts';
import { LineTable } from './line-table.ts';
import { filesAt, type Streams } from './paths.ts';
import { readTextFile, withoutMark } from './read-file.ts';
import { type Checked, complaintsAbout, type Format, plural, positionAt, toChecked, toJson } from './report.ts';

export interface CheckOptions extends ConfigOptions {
  readonly format: Format;
}

/**
 * Checks files and folders and prints what was found.
 * @returns the exit status: 0 nothing found, 1 findings, 2 a path that does not exist, a configuration with errors or a
 *   rule that failed
 */
export async function check(paths: readonly string[], options: CheckOptions, { out, err }: Streams): Promise<number> {
  const complain = (message: string) => void err.write(`bulkhead: ${message}\n`);
  const run = await settingsForRun(options, complain);
  if (!run) return 2;
  const workspace = new Workspace();
  const lines = new Map<string, LineTable>();
  const checked = new Map<string, Checked>();
  const concerned = new Set<string>();
  const checkText = (file: string, text: string): Checked => {
    const path = relative(run.root, file);
    const neighbours = workspace.beside(file);
    const one = toChecked(
      { path, settings: run.lint, result: lint(path, text, run.lint, neighbours), neighbours },
      file,
    );
    const { result } = one.linted;
    for (const other of workspace.update(file, result)) concerned.add(other);
    if (result.facts.length > 0) lines.set(file, new LineTable(text));
    if (result.findings.length > 0) checked.set(file, one);
    else checked.delete(file);
    return one;
  };
  const files: string[] = [];
  let status = 0;
  for await (const file of filesAt(paths, run, complain)) {
    if (file === undefined) {
      status = 2;
      continue;
    }
    const read = await readTextFile(file);
    if ('refused' in read) {
      complain(`${file} ${read.refused}.`);
      continue;
    }
    files.push(file);
    for (const { message, isFailure } of complaintsAbout(checkText(file, withoutMark(read.text)))) {
      if (isFailure) status = 2;
      complain(message);
    }
  }
  // What files say to each other is known only now.
  for (const file of concerned) {
    const read = await readTextFile(file);
    if ('text' in read) checkText(file, withoutMark(read.text));
  }
  const found = files.flatMap((file) => checked.get(file) ?? []);
  const findings = found.flatMap((one) => one.linted.result.findings.map((finding) => [one, finding] as const));
  out.write(options.format === 'json' ? toJson(findings, lines) : toText(found));
  return status === 0 && found.length > 0 ? 1 : status;
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

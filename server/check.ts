import { relative } from 'node:path';
import { lint, Workspace } from '../shared-rules/index.ts';
import { type ConfigOptions, type RunSettings, repositoryOf, settingsForRun } from './config-file.ts';
import { LineTable } from './line-table.ts';
import { readBaseline, withoutKnown } from './output/baseline.ts';
import { findingsIn, type Program, type Report, reportOf } from './output/report.ts';
import { type OutputOptions, writeReport } from './output/write.ts';
import { filesAt, type Streams } from './paths.ts';
import { readTextFile, withoutMark } from './read-file.ts';
import { type Checked, complaintsAbout, toChecked } from './report.ts';

export interface CheckOptions extends ConfigOptions, OutputOptions {
  /** A file with findings that are known: they are neither printed nor do they count. */
  readonly baseline?: string;
  readonly program?: Program;
}

/**
 * Checks files and folders and prints what was found.
 * @returns the exit status: 0 nothing found, 1 findings, 2 a path that does not exist, a configuration or a baseline with
 *   errors, a report that could not be written or a rule that failed
 */
export async function check(paths: readonly string[], options: CheckOptions, { out, err }: Streams): Promise<number> {
  const complain = (message: string) => void err.write(`bulkhead: ${message}\n`);
  const baseline = options.baseline === undefined ? undefined : await readBaseline(options.baseline);
  if (baseline && 'refused' in baseline) {
    complain(baseline.refused);
    return 2;
  }
  const run = await settingsForRun(options, complain);
  if (!run) return 2;
  const all = await checkPaths(paths, run, complain);
  const known = baseline ? await withoutKnown(baseline, all, complain) : all;
  const report = { ...known, program: options.program ?? {} };
  const isWritten = await writeReport(report, options, { out, complain });
  if (!report.isComplete || !isWritten) return 2;
  return findingsIn(report).next().done ? 0 : 1;
}

/** Checks files and folders. */
export async function checkPaths(
  paths: readonly string[],
  run: RunSettings,
  complain: (message: string) => void,
): Promise<Report> {
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
    if (result.findings.length > 0 || result.accepted.length > 0) checked.set(file, one);
    else checked.delete(file);
    return one;
  };
  const files: string[] = [];
  let isComplete = true;
  for await (const file of filesAt(paths, run, complain)) {
    if (file === undefined) {
      isComplete = false;
      continue;
    }
    const read = await readTextFile(file);
    if ('refused' in read) {
      complain(`${file} ${read.refused}.`);
      continue;
    }
    files.push(file);
    for (const { message, isFailure } of complaintsAbout(checkText(file, withoutMark(read.text)))) {
      if (isFailure) isComplete = false;
      complain(message);
    }
  }
  // What files say to each other is known only now.
  for (const file of concerned) {
    const read = await readTextFile(file);
    if ('text' in read) checkText(file, withoutMark(read.text));
  }
  const found = files.flatMap((file) => checked.get(file) ?? []);
  return { ...reportOf(found, await repositoryOf('.')), paths: files, lines, isComplete };
}

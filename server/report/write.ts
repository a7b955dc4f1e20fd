import { once } from 'node:events';
import type { Output } from '../sinks/terminal.ts';
import { saveOutput } from '../workspace/save-file.ts';
import type { Format } from './formats.ts';
import { renderGithub } from './github.ts';
import { renderGitlab } from './gitlab.ts';
import { renderJson, renderJsonLines } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { isColored, renderPretty } from './pretty.ts';
import { type Render, type Report, withMost } from './report.ts';
import { renderSarif } from './sarif.ts';

/** A file that a report is written to beside what is printed. */
export interface OutputFile {
  readonly format: Format;
  readonly file: string;
}

const RENDERS: Readonly<Record<Format, Render>> = {
  pretty: (report) => renderPretty(report, false, report),
  json: renderJson,
  jsonl: renderJsonLines,
  sarif: renderSarif,
  github: renderGithub,
  gitlab: renderGitlab,
  junit: renderJunit,
  markdown: renderMarkdown,
};

/** How a report is to be written. */
export interface OutputOptions {
  /** What is printed. */
  readonly format: Format;
  readonly output?: readonly OutputFile[];
  /** How many findings are printed at most; files hold all. */
  readonly maxFindings?: number;
  /** Print findings alone. */
  readonly quiet?: boolean;
}

/** Prints a report and writes it to files. @returns whether every file could be written */
export async function writeReport(
  report: Report,
  { format, output = [], maxFindings, quiet }: OutputOptions,
  { out, complain }: { readonly out: Output; readonly complain: (message: string) => void },
): Promise<boolean> {
  let isWritten = true;
  for (const { format, file } of output) {
    const failure = await saveOutput(file, [...RENDERS[format](report)].join(''));
    if (!failure) continue;
    isWritten = false;
    complain(`${file} ${failure}.`);
  }
  const printed = maxFindings === undefined ? report : withMost(report, maxFindings);
  const pieces =
    format === 'pretty' ? renderPretty(printed, isColored(out), quiet ? undefined : report) : RENDERS[format](printed);
  // No faster than it is read.
  for (const piece of pieces) if (!out.write(piece)) await once(out, 'drain');
  return isWritten;
}

import { once } from 'node:events';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Format } from '../report.ts';
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
  { out, complain }: { readonly out: NodeJS.WritableStream; readonly complain: (message: string) => void },
): Promise<boolean> {
  let isWritten = true;
  for (const { format, file } of output) {
    const failure = await saveText(file, [...RENDERS[format](report)].join(''));
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

/**
 * Writes a file, whole or not at all, and makes the folders above it.
 * @returns why it could not be written, as the end of a sentence about the file
 */
export async function saveText(file: string, text: string): Promise<string | undefined> {
  try {
    await makeFolder(dirname(file));
    const stats = await stat(file).catch(() => undefined);
    // A device or a pipe is written to, not replaced.
    await (stats && !stats.isFile() ? writeFile(file, text) : writeFileAtomic(file, text));
    return undefined;
  } catch (error) {
    return `cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}

/** Makes a folder and those above it. Node's own way never ends where a file system takes no folders, as `/proc` does not. */
async function makeFolder(folder: string): Promise<void> {
  const codeOf = (error: NodeJS.ErrnoException) => error.code;
  const failure = await mkdir(folder).then(() => undefined, codeOf);
  if (failure !== 'ENOENT') return;
  await makeFolder(dirname(folder));
  await mkdir(folder);
}

import { checkPaths } from './check.ts';
import { type ConfigOptions, settingsForRun } from './config-file.ts';
import { baselineText } from './output/baseline.ts';
import { findingsIn } from './output/report.ts';
import { saveText } from './output/write.ts';
import type { Streams } from './paths.ts';
import { plural } from './report.ts';

export interface BaselineOptions extends ConfigOptions {
  readonly file: string;
}

/**
 * Writes everything that is found in files and folders to a baseline.
 * @returns the exit status: 0 written, 2 something that could not be checked or written; then nothing was
 */
export async function writeBaseline(
  paths: readonly string[],
  options: BaselineOptions,
  { out, err }: Streams,
): Promise<number> {
  const complain = (message: string) => void err.write(`bulkhead: ${message}\n`);
  const run = await settingsForRun(options, complain);
  if (!run) return 2;
  const report = await checkPaths(paths, run, complain);
  const { file } = options;
  if (!report.isComplete) {
    complain(`${file} was not written, since not everything could be checked.`);
    return 2;
  }
  const failure = await saveText(file, baselineText(report, file));
  if (failure) {
    complain(`${file} ${failure}.`);
    return 2;
  }
  out.write(`${plural([...findingsIn(report)].length, 'finding')} written to ${file}.\n`);
  return 0;
}

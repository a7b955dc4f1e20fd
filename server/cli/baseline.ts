import { baselineText } from '../report/baseline.ts';
import { findingsIn } from '../report/report.ts';
import { plural } from '../report/wording.ts';
import { terminal, terminalText } from '../sinks/terminal.ts';
import { saveFile } from '../workspace/save-file.ts';
import { type CheckedInputs, checkInputs } from './check.ts';
import { EXIT } from './exit-status.ts';
import type { InputOptions, Streams } from './inputs.ts';
import { Messages, type Verbosity } from './messages.ts';
import { type ConfigOptions, settingsForRun } from './run-settings.ts';

export interface BaselineOptions extends ConfigOptions, InputOptions, Verbosity {
  readonly file: string;
}

/**
 * Writes everything that is found in files and folders to a baseline.
 * @returns the exit status: 0 written, 2 something that could not be checked or written, 3 a rule that failed; then nothing
 *   was written
 */
export async function writeBaseline(
  paths: readonly string[],
  options: BaselineOptions,
  streams: Streams,
): Promise<number> {
  const messages = new Messages(streams.err, options);
  const run = await settingsForRun(options, paths, messages);
  if (!run) return EXIT.usage;
  const write = async ({ report, status }: CheckedInputs) => {
    const { file } = options;
    if (!report.isComplete) {
      messages.error(`${file} was not written, since not everything could be checked.`);
      return status;
    }
    const failure = await saveFile(file, baselineText(report, file));
    if (failure) {
      messages.error(`${file} ${failure}.`);
      return EXIT.usage;
    }
    const count = plural([...findingsIn(report)].length, 'finding');
    streams.out.write(terminal`${terminalText(`${count} written to ${file}.`)}\n`);
    return EXIT.clean;
  };
  return checkInputs(paths, options, { run, messages, streams, details: { fingerprints: true } }, write);
}

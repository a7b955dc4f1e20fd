import { relative } from 'node:path';
import { lint, Workspace } from '../shared-rules/index.ts';
import { type ConfigOptions, type RunSettings, repositoryOf, settingsForRun } from './config-file.ts';
import { EXIT, type FailOn, statusOf } from './exit-status.ts';
import { type Input, type InputOptions, inputs, type Streams } from './inputs.ts';
import { LineTable } from './line-table.ts';
import { Messages, type Verbosity } from './messages.ts';
import { readBaseline, withoutKnown } from './output/baseline.ts';
import { findingsIn, type Program, type Report, reportOf } from './output/report.ts';
import { type OutputOptions, writeReport } from './output/write.ts';
import { withoutMark } from './read-file.ts';
import { type Checked, complaintsAbout, plural, tell, toChecked } from './report.ts';

export interface CheckOptions extends ConfigOptions, InputOptions, OutputOptions, Verbosity {
  /** A file with findings that are known: they are neither printed nor do they count. */
  readonly baseline?: string;
  readonly program?: Program;
  /** The mildest severity that makes the exit status 1. */
  readonly failOn?: FailOn;
}

/**
 * Checks files and folders and prints what was found.
 * @returns the exit status, the gravest of: 0 nothing found, 1 findings, 2 a path that does not exist, a configuration or a
 *   baseline with errors or a report that could not be written, 3 a rule that failed
 */
export async function check(paths: readonly string[], options: CheckOptions, streams: Streams): Promise<number> {
  const messages = new Messages(streams.err, options);
  const baseline = options.baseline === undefined ? undefined : await readBaseline(options.baseline);
  if (baseline && 'refused' in baseline) {
    messages.error(baseline.refused);
    return EXIT.usage;
  }
  const run = await settingsForRun(options, messages);
  if (!run) return EXIT.usage;
  const { report: all, status } = await checkInputs(paths, options, { run, messages, streams });
  const known = baseline ? await withoutKnown(baseline, all, (message) => messages.note(message)) : all;
  const report = { ...known, program: options.program ?? {} };
  const complain = (message: string) => messages.error(message);
  const isWritten = await writeReport(report, options, { out: streams.out, complain });
  const findings = [...findingsIn(report)].map(([, finding]) => finding);
  const hidden = findings.length - (options.maxFindings ?? findings.length);
  if (hidden > 0) messages.note(`${plural(hidden, 'more finding')} not shown (--max-findings ${options.maxFindings}).`);
  return Math.max(status, isWritten ? EXIT.clean : EXIT.usage, statusOf(findings, options.failOn));
}

/** Checks files and folders. @returns also the exit status that is deserved, the findings left aside */
export async function checkInputs(
  paths: readonly string[],
  options: InputOptions,
  context: { readonly run: RunSettings; readonly messages: Messages; readonly streams: Pick<Streams, 'in'> },
): Promise<{ report: Report; status: number }> {
  const start = performance.now();
  const { run, messages } = context;
  const checking = new Checking(run, messages);
  let status: number = EXIT.clean;
  for await (const input of inputs(paths, options, context)) {
    messages.progress(`Checking: ${plural(checking.names.length, 'file')}, ${input?.name ?? ''}`);
    status = Math.max(status, input ? await checking.read(input) : EXIT.usage);
  }
  const found = await checking.finish();
  messages.endProgress();
  const { names, lines } = checking;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  messages.detail(`${plural(names.length, 'file')} checked in ${seconds} s.`);
  const isComplete = status === EXIT.clean;
  return { report: { ...reportOf(found, await repositoryOf('.')), paths: names, lines, isComplete }, status };
}

/** The files of a run, which say things to each other. */
class Checking {
  readonly #run: RunSettings;
  readonly #messages: Messages;
  readonly #workspace = new Workspace();
  readonly #checked = new Map<string, Checked>();
  readonly #concerned = new Set<string>();
  readonly #inputs = new Map<string, Input>();
  /** Lines of the files that others may refer to. */
  readonly lines = new Map<string, LineTable>();

  constructor(run: RunSettings, messages: Messages) {
    this.#run = run;
    this.#messages = messages;
  }

  /** The files that were checked. */
  get names(): string[] {
    return [...this.#inputs.keys()];
  }

  /** Checks a file. @returns the exit status it deserves by itself, its findings left aside */
  async read(input: Input): Promise<number> {
    const { name, isIgnored } = input;
    if (isIgnored) return EXIT.clean;
    const read = await input.read();
    if ('refused' in read) {
      this.#messages.error(`${name} ${read.refused}.`);
      return EXIT.clean;
    }
    this.#messages.detail(`${name} is read.`);
    this.#inputs.set(name, input);
    return tell(complaintsAbout(this.#check(name, withoutMark(read.text))), this.#messages);
  }

  /** What was found in each file, now that all have said what they say to each other. */
  async finish(): Promise<Checked[]> {
    for (const file of this.#concerned) {
      const read = await this.#inputs.get(file)?.read();
      if (read && 'text' in read) this.#check(file, withoutMark(read.text));
    }
    return this.names.flatMap((file) => this.#checked.get(file) ?? []);
  }

  #check(file: string, text: string): Checked {
    const { root, lint: settings } = this.#run;
    const path = relative(root, file);
    const neighbours = this.#workspace.beside(file);
    const one = toChecked({ path, settings, result: lint(path, text, settings, neighbours), neighbours }, file);
    const { result } = one.linted;
    for (const other of this.#workspace.update(file, result)) this.#concerned.add(other);
    if (result.facts.length > 0) this.lines.set(file, new LineTable(text));
    if (result.findings.length > 0 || result.accepted.length > 0) this.#checked.set(file, one);
    else this.#checked.delete(file);
    return one;
  }
}

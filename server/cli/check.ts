import { readBaseline, withoutKnown } from '../report/baseline.ts';
import { isAllLeftOut, weakeningSentences } from '../report/configuration.ts';
import type { Details, FindingData } from '../report/finding-data.ts';
import type { Format } from '../report/formats.ts';
import { findingsIn, type ProgramInfo, type Report, reportOf, withMost } from '../report/report.ts';
import { plural } from '../report/wording.ts';
import { type OutputOptions, writeReport } from '../report/write.ts';
import type { TerminalText } from '../sinks/terminal.ts';
import { repositoryOf } from '../workspace/repository.ts';
import { withChartValues } from './chart-values.ts';
import { Checking, workersFor } from './checking.ts';
import { printComplaints } from './complaints.ts';
import { EXIT, type FailOn, statusOf } from './exit-status.ts';
import { type Input, type InputOptions, inputs, type Streams } from './inputs.ts';
import { Messages, type Verbosity } from './messages.ts';
import { type ConfigOptions, configurationReport, type RunSettings, settingsForRun } from './run-settings.ts';

/** What formats show beside what every format does. */
const SHOWS_FIXES: ReadonlySet<Format> = new Set(['json', 'jsonl', 'sarif']);
/** Other formats have no place for it where a person would see it. */
const SAYS_WHAT_IS_WEAKER: ReadonlySet<Format> = new Set(['pretty', 'github']);
const SHOWS_FINGERPRINTS: ReadonlySet<Format> = new Set(['sarif', 'gitlab']);

export interface CheckOptions extends ConfigOptions, InputOptions, OutputOptions, Verbosity {
  /** A file with findings that are known: they are neither printed nor do they count. */
  readonly baseline?: string;
  readonly program?: ProgramInfo;
  /** The mildest severity that makes the exit status 1. */
  readonly failOn?: FailOn;
}

/**
 * Checks files and folders and prints what was found.
 * @returns the exit status, the gravest of: 0 nothing found, 1 findings, 2 a path that does not exist, a configuration, a
 *   policy or a baseline with errors, a configuration that leaves out everything, or a report that could not be written, 3 a
 *   rule that failed
 */
export async function check(paths: readonly string[], options: CheckOptions, streams: Streams): Promise<number> {
  const messages = new Messages(streams.err, options);
  const baseline = options.baseline === undefined ? undefined : await readBaseline(options.baseline);
  if (baseline && 'refused' in baseline) {
    messages.error(baseline.refused);
    return EXIT.usage;
  }
  const run = await settingsForRun(options, paths, messages);
  if (!run) return EXIT.usage;
  const formats = [options.format, ...(options.output ?? []).map(({ format }) => format)];
  const details: Details = {
    fingerprints: baseline !== undefined || formats.some((format) => SHOWS_FINGERPRINTS.has(format)),
    frames: formats.includes('pretty'),
  };
  const write = async ({ report: all, status, fixesOf }: CheckedInputs) => {
    const known = baseline
      ? await withoutKnown(baseline, all, run.lint.policy, (message) => messages.note(message))
      : all;
    const report = { ...known, fixes: await fixesOf(withFixes(known, options)), program: options.program ?? {} };
    const complain = (message: string) => messages.error(message);
    if (!SAYS_WHAT_IS_WEAKER.has(options.format))
      for (const sentence of weakeningSentences(report)) messages.note(sentence);
    const isWritten = await writeReport(report, options, { out: streams.out, complain });
    const findings = [...findingsIn(report)].map(([, finding]) => finding);
    const hidden = findings.length - (options.maxFindings ?? findings.length);
    if (hidden > 0)
      messages.note(`${plural(hidden, 'more finding')} not shown (--max-findings ${options.maxFindings}).`);
    return Math.max(status, isWritten ? EXIT.clean : EXIT.usage, statusOf(findings, options.failOn));
  };
  return checkInputs(paths, options, { run, messages, streams, details }, write);
}

/** The part of a report whose fixes are written. */
function withFixes(
  report: Report,
  { format, output = [], maxFindings = Number.POSITIVE_INFINITY }: CheckOptions,
): Report {
  if (output.some((one) => SHOWS_FIXES.has(one.format))) return report;
  return withMost(report, SHOWS_FIXES.has(format) ? maxFindings : 0);
}

/** What came of files and folders. */
export interface CheckedInputs {
  readonly report: Report;
  /** The exit status that is deserved, the findings left aside. */
  readonly status: number;
  /** Tries the fixes of the findings in a part of the report. */
  readonly fixesOf: (part: Report) => Promise<Report['fixes']>;
}

/** Checks files and folders. @param use what is done with what was found, while the threads that found it are there */
export async function checkInputs<T>(
  paths: readonly string[],
  options: InputOptions,
  context: {
    readonly run: RunSettings;
    readonly messages: Messages;
    readonly streams: Pick<Streams, 'in'>;
    readonly details: Details;
  },
  use: (checked: CheckedInputs) => Promise<T>,
): Promise<T> {
  const start = performance.now();
  const { messages, details } = context;
  const steps = await list(paths, options, context);
  const files = steps.flatMap(({ input }) => (input && !input.isIgnored ? input : []));
  const run = withChartValues(context.run, files, options);
  const workers = workersFor(files);
  try {
    const checking = new Checking(run, workers, details);
    const printed = new OrderedMessages(steps, checking, messages);
    await checking.check(files, () => printed.proceed());
    const { names } = printed;
    const configuration = configurationReport(run);
    const late = printComplaints(checking.late, messages);
    const status = Math.max(printed.status, late, complainOfNothing([...names], { run, messages, configuration }));
    messages.endProgress();
    const missing = checking.missingParts;
    for (const { file, line, column, message } of missing) messages.error(`${file}:${line}:${column}: ${message}`);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    messages.detail(`${plural(names.size, 'file')} checked in ${seconds} s.`);
    const found = [...names].flatMap((name) => checking.found(name) ?? []);
    const isComplete = status === EXIT.clean;
    const report = {
      ...reportOf(found, repositoryOf('.')),
      paths: [...names],
      lines: checking.lines,
      configuration,
      missing,
      isComplete,
    };
    return await use({ report, status, fixesOf: (part) => checking.fixesOf(findingsWithFixes(part), messages) });
  } finally {
    await workers.end();
  }
}

/** A run over folders of which the configuration leaves out everything is no clean one. @returns the exit status */
function complainOfNothing(
  paths: readonly string[],
  context: { run: RunSettings; messages: Messages; configuration: Report['configuration'] },
): number {
  const { run, messages, configuration } = context;
  if (!run.ignored.isSearched || !isAllLeftOut({ paths, configuration })) return EXIT.clean;
  const { file = '', leftOut = 0 } = configuration ?? {};
  const such = leftOut === 1 ? 'the only file' : `all ${leftOut} files`;
  messages.error(`nothing was checked: ${file} leaves out ${such} that could be. See "ignore" in it.`);
  return EXIT.usage;
}

function findingsWithFixes({ files }: Report): [name: string, findings: FindingData[]][] {
  return files.map(({ checked, findings }) => [checked.name, findings.filter(({ hasFixes }) => hasFixes)]);
}

/** Something to check, and the messages of the search for it. */
interface Step {
  readonly messages: readonly TerminalText[];
  /** Undefined for something that is not there, and at the end. */
  readonly input: Input | undefined;
  readonly isEnd?: boolean;
}

/** All inputs, with the messages of the search for them, which are printed in their place when they are checked. */
async function list(
  paths: readonly string[],
  options: InputOptions,
  context: Parameters<typeof inputs>[2],
): Promise<Step[]> {
  const { messages } = context;
  const steps: Step[] = [];
  messages.hold();
  try {
    for await (const input of inputs(paths, options, context)) steps.push({ messages: messages.takeHeld(), input });
    steps.push({ messages: messages.takeHeld(), input: undefined, isEnd: true });
    messages.release();
    return steps;
  } catch (error) {
    messages.release([...steps.flatMap((step) => step.messages), ...messages.takeHeld()]);
    throw error;
  }
}

/** Prints what came of inputs in their order, in whatever order that becomes known. */
class OrderedMessages {
  readonly #steps: readonly Step[];
  readonly #checking: Checking;
  readonly #messages: Messages;
  #next = 0;
  /** The files that were checked. */
  readonly names = new Set<string>();
  /** The exit status that is deserved. */
  status: number = EXIT.clean;

  constructor(steps: readonly Step[], checking: Checking, messages: Messages) {
    this.#steps = steps;
    this.#checking = checking;
    this.#messages = messages;
    this.proceed();
  }

  /** Prints all up to the first file that is not checked yet. */
  proceed(): void {
    for (let step = this.#steps[this.#next]; step; step = this.#steps[this.#next]) {
      const { messages, input, isEnd } = step;
      if (input && !input.isIgnored && !this.#checking.states.has(input.name)) return;
      this.#next++;
      this.#messages.release(messages);
      if (input) this.#print(input);
      else if (!isEnd) this.status = Math.max(this.status, EXIT.usage);
    }
  }

  #print({ name, isIgnored }: Input): void {
    this.#messages.progress(`Checking: ${plural(this.names.size, 'file')}, ${name}`);
    const state = isIgnored ? undefined : this.#checking.states.get(name);
    if (!state) return;
    if ('refused' in state) {
      this.#messages.error(`${name} ${state.refused}.`);
      return;
    }
    this.#messages.detail(`${name} is read.`);
    this.names.add(name);
    this.status = Math.max(this.status, printComplaints(state.complaints, this.#messages));
  }
}

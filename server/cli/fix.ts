import { relative } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import {
  type FixChoice,
  fixOf,
  fixText,
  lint,
  preferredFix,
  type RuleId,
  safeFix,
  type WorkspaceFacts,
} from '../../shared-rules/index.ts';
import { plural } from '../report/wording.ts';
import { type TerminalText, terminalLines, terminalText } from '../sinks/terminal.ts';
import { slashed } from '../sinks/uri.ts';
import { type Encoding, encode, withoutMark } from '../workspace/read-file.ts';
import { type Replaced, replaceFile } from '../workspace/replace-file.ts';
import { refusalToWrite } from '../workspace/write-file.ts';
import { withChartValues } from './chart-values.ts';
import { Checking, workersFor } from './checking.ts';
import { EXIT, UsageError } from './exit-status.ts';
import { type Input, type InputOptions, inputs, STANDARD_INPUT, type Streams } from './inputs.ts';
import { Messages, type Verbosity } from './messages.ts';
import { type ConfigOptions, type RunSettings, settingsForRun } from './run-settings.ts';

export interface FixCommandOptions extends ConfigOptions, InputOptions, Verbosity {
  /** Print what would change, and write nothing. */
  readonly dryRun?: boolean;
  /** Apply fixes that may change what a workload does, too. */
  readonly unsafe?: boolean;
  /** Repair the findings of these rules only. */
  readonly rule?: readonly RuleId[];
}

/** A text that was repaired; undefined, after a complaint, where it should have been and was not. */
type FileRepair = { readonly count: number; readonly diff: TerminalText } | undefined;

const NOTHING: FileRepair = { count: 0, diff: terminalLines('') };

/**
 * Repairs files in place and prints what changed as a unified diff. Standard input is repaired onto standard output, and
 * what changed is printed beside it.
 * @returns the exit status: 0 done, 1 there is something to repair (with `dryRun`), 2 a file that could not be repaired
 *   or a configuration with errors, 3 a rule that failed
 */
export async function fix(paths: readonly string[], options: FixCommandOptions, streams: Streams): Promise<number> {
  const isFilter = paths.includes(STANDARD_INPUT);
  if (isFilter && (paths.length > 1 || options.filesFrom !== undefined))
    throw new UsageError('standard input is repaired by itself, without other files.');
  const messages = new Messages(streams.err, options);
  const settings = await settingsForRun(options, paths, messages);
  if (!settings) return EXIT.usage;
  const named = await fromAsync(inputs(paths, options, { run: settings, messages, streams }));
  const files = named.flatMap((input) => (input && !input.isIgnored ? input : []));
  const run = withChartValues(settings, files, options);
  const facts = await factsOf(files, run);
  const fixing = new Fixing(options, { run, messages, out: streams.out, facts });
  let status: number = EXIT.clean;
  let [fixes, repaired] = [0, 0];
  for (const input of named) {
    messages.progress(`Repairing: ${input?.name ?? ''}`);
    const done = input && (await fixing.repair(input));
    if (done === undefined) status = EXIT.usage;
    else if (done.count > 0) {
      if (!isFilter || options.dryRun) streams.out.write(done.diff);
      else messages.changes(done.diff);
      fixes += done.count;
      repaired++;
    }
  }
  messages.endProgress();
  const verb = options.dryRun ? 'would be fixed' : 'fixed';
  messages.summary(`${plural(fixes, 'problem')} ${verb} in ${plural(repaired, 'file')}.`);
  const left = options.dryRun && fixes > 0 ? EXIT.found : EXIT.clean;
  return Math.max(status, left, fixing.status);
}

/** The facts of files, those left aside that cannot be read. */
async function factsOf(files: readonly Input[], run: RunSettings): Promise<WorkspaceFacts> {
  const workers = workersFor(files);
  try {
    const checking = new Checking(run, workers, {});
    await checking.check(files, () => {});
    return checking.facts;
  } finally {
    await workers.end();
  }
}

async function fromAsync<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function choiceOf({ unsafe, rule }: FixCommandOptions): FixChoice {
  if (!unsafe) return (finding, fix) => (!rule || rule.includes(finding.rule)) && safeFix(finding, fix);
  return rule ? fixOf(rule) : preferredFix;
}

class Fixing {
  readonly #run: RunSettings;
  readonly #options: FixCommandOptions;
  readonly #choose: FixChoice;
  readonly #messages: Messages;
  readonly #out: Streams['out'];
  readonly #facts: WorkspaceFacts;
  /** What the failures of rules deserve. */
  status: number = EXIT.clean;

  constructor(
    options: FixCommandOptions,
    context: {
      readonly run: RunSettings;
      readonly messages: Messages;
      readonly out: Streams['out'];
      readonly facts: WorkspaceFacts;
    },
  ) {
    this.#options = options;
    this.#choose = choiceOf(options);
    this.#run = context.run;
    this.#messages = context.messages;
    this.#out = context.out;
    this.#facts = context.facts;
  }

  async repair(input: Input): Promise<FileRepair> {
    const { name, isStandardInput, isIgnored } = input;
    const read = await input.read();
    if ('refused' in read) {
      this.#messages.error(`${name} ${read.refused}.`);
      // Whoever reads standard output takes it for the text.
      return isStandardInput ? undefined : NOTHING;
    }
    this.#messages.detail(`${name} is read.`);
    const { text, titles } = isIgnored ? { text: read.text, titles: [] } : this.#fixed(name, read.text);
    const isWritten = !this.#options.dryRun;
    if (isWritten && isStandardInput) this.#out.write(encode(text, read.encoding));
    if (titles.length === 0) return NOTHING;
    const done = isStandardInput ? 'replaced' : await this.#replace(input, read, text);
    if (typeof done === 'object') {
      this.#messages.error(`${name} ${done.refused}. It was left as it is.`);
      return undefined;
    }
    // The next file is repaired beside this one as it is now: of two that conflict, one gives way.
    this.#facts.update(name, lint(relative(this.#run.root, name), text, this.#run.lint));
    if (done === 'already') {
      this.#messages.note(`${name} was repaired by another program at the same time.`);
      return NOTHING;
    }
    return { count: titles.length, diff: diffOf(slashed(relative('.', name) || name), read.text, text) };
  }

  /** Replaces a file; on a dry run, tells whether it would be. */
  async #replace(
    { name, isStream }: Input,
    { text, encoding }: { text: string; encoding: Encoding },
    after: string,
  ): Promise<Replaced> {
    if (isStream) return { refused: `is a pipe or a device; give it as standard input: bulkhead fix - < ${name}` };
    if (!this.#options.dryRun) return replaceFile(name, text, after, encoding);
    const refused = await refusalToWrite(name);
    return refused === undefined ? 'replaced' : { refused };
  }

  #fixed(name: string, text: string) {
    const { lint: settings, root } = this.#run;
    const path = relative(root, name);
    const queries = this.#facts.queriesFor(name);
    const result = lint(path, text, settings, queries);
    for (const { part, error } of result.failures) {
      this.#messages.error(`the ${part} failed in ${name} and was left out there: ${String(error)}`);
      this.status = EXIT.internal;
    }
    return fixText({ path, settings, result, queries }, this.#choose);
  }
}

/** What changed in a file, as a unified diff for people. A name in it has one line, whatever it is. */
function diffOf(name: string, before: string, after: string): TerminalText {
  const [old, fixed] = [withoutMark(before), withoutMark(after)];
  return terminalLines(createTwoFilesPatch(`a/${terminalText(name)}`, `b/${terminalText(name)}`, old, fixed));
}

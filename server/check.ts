import { relative } from 'node:path';
import { type Finding, lint, Workspace } from '../shared-rules/index.ts';
import { type ConfigOptions, type RunSettings, settingsForRun } from './config-file.ts';
import { EXIT, type FailOn, statusOf } from './exit-status.ts';
import { type Input, type InputOptions, inputs, type Streams } from './inputs.ts';
import { LineTable } from './line-table.ts';
import { Messages, type Verbosity } from './messages.ts';
import { type Checked, complaintsAbout, type Format, plural, positionAt, tell, toChecked, toJson } from './report.ts';

export interface CheckOptions extends ConfigOptions, InputOptions, Verbosity {
  readonly format: Format;
  /** The mildest severity that makes the exit status 1. */
  readonly failOn?: FailOn;
  /** How many findings are printed at most. */
  readonly maxFindings?: number;
}

/**
 * Checks files and folders and prints what was found.
 * @returns the exit status, the gravest of: 0 nothing found, 1 findings, 2 a path that does not exist or a configuration
 *   with errors, 3 a rule that failed
 */
export async function check(paths: readonly string[], options: CheckOptions, streams: Streams): Promise<number> {
  const start = performance.now();
  const messages = new Messages(streams.err, options);
  const run = await settingsForRun(options, messages);
  if (!run) return EXIT.usage;
  const checking = new Checking(run, messages);
  let status: number = EXIT.clean;
  for await (const input of inputs(paths, options, { run, messages, streams })) {
    messages.progress(`Checking: ${plural(checking.count, 'file')}, ${input?.name ?? ''}`);
    status = Math.max(status, input ? await checking.read(input) : EXIT.usage);
  }
  const found = await checking.finish();
  messages.endProgress();
  const findings = found.flatMap(findingsOf);
  const shown = withMost(found, options.maxFindings ?? Number.POSITIVE_INFINITY);
  const { lines } = checking;
  const { format, quiet = false } = options;
  streams.out.write(
    format === 'json' ? toJson(shown.flatMap(pairsOf), lines) : toText(shown, quiet ? undefined : found),
  );
  const hidden = findings.length - shown.flatMap(findingsOf).length;
  if (hidden > 0) messages.note(`${plural(hidden, 'more finding')} not shown (--max-findings ${options.maxFindings}).`);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  messages.detail(`${plural(checking.count, 'file')} checked in ${seconds} s.`);
  return Math.max(status, statusOf(findings, options.failOn));
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

  /** How many files were checked. */
  get count(): number {
    return this.#inputs.size;
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
    return tell(complaintsAbout(this.#check(name, read.text)), this.#messages);
  }

  /** What was found in each file, now that all have said what they say to each other. */
  async finish(): Promise<Checked[]> {
    for (const file of this.#concerned) {
      const read = await this.#inputs.get(file)?.read();
      if (read && 'text' in read) this.#check(file, read.text);
    }
    return [...this.#inputs.keys()].flatMap((file) => this.#checked.get(file) ?? []);
  }

  #check(file: string, text: string): Checked {
    const { root, lint: settings } = this.#run;
    const path = relative(root, file);
    const neighbours = this.#workspace.beside(file);
    const one = toChecked({ path, settings, result: lint(path, text, settings, neighbours), neighbours }, file);
    const { result } = one.linted;
    for (const other of this.#workspace.update(file, result)) this.#concerned.add(other);
    if (result.facts.length > 0) this.lines.set(file, new LineTable(text));
    if (result.findings.length > 0) this.#checked.set(file, one);
    else this.#checked.delete(file);
    return one;
  }
}

/** A file, with those of its findings that are printed. */
interface Shown {
  readonly checked: Checked;
  readonly findings: readonly Finding[];
}

function findingsOf(one: Checked | Shown): readonly Finding[] {
  return 'linted' in one ? one.linted.result.findings : one.findings;
}

function pairsOf({ checked, findings }: Shown): (readonly [Checked, Finding])[] {
  return findings.map((finding) => [checked, finding] as const);
}

function withMost(found: readonly Checked[], most: number): Shown[] {
  let left = most;
  return found.flatMap((checked) => {
    const findings = findingsOf(checked).slice(0, left);
    left -= findings.length;
    return findings.length > 0 ? { checked, findings } : [];
  });
}

/** @param all what is counted in the last line; without it there is none */
function toText(shown: readonly Shown[], all: readonly Checked[] | undefined): string {
  const lines: string[] = [];
  for (const { checked, findings } of shown) {
    lines.push(relative('.', checked.document.uri) || checked.document.uri);
    for (const finding of findings) {
      const { line, column } = positionAt(checked.document, finding.range.start);
      lines.push(`  ${line}:${column}  ${finding.severity}  ${finding.message}  [${finding.rule}]`);
    }
    lines.push('');
  }
  const count = all?.flatMap(findingsOf).length ?? 0;
  if (all) lines.push(count === 0 ? 'Nothing found.' : `${plural(count, 'finding')} in ${plural(all.length, 'file')}.`);
  return lines.map((line) => `${line}\n`).join('');
}

import { relative } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type DeployedText, deployedTexts, type LintResult, lint } from '../../shared-rules/index.ts';
import { type DeployedNames, deployedLines, placeName } from '../report/deployed.ts';
import { terminal, terminalText } from '../sinks/terminal.ts';
import { withChartValues } from './chart-values.ts';
import { Checking, workersFor } from './checking.ts';
import { EXIT } from './exit-status.ts';
import { type Input, type InputOptions, inputs, type Streams } from './inputs.ts';
import { Messages, type Verbosity } from './messages.ts';
import { type ConfigOptions, type RunSettings, settingsForRun } from './run-settings.ts';

export interface ShowOptions extends ConfigOptions, InputOptions, Verbosity {}

/** The deployments of a file, and what the files of these are called. */
interface Shown {
  readonly deployments: readonly DeployedText[];
  /** What could not be read of the file. */
  readonly problems: LintResult['problems'];
  readonly names: DeployedNames;
}

/**
 * Prints the charts, Compose projects and builds of kustomizations that files are a part of, as documents of one YAML stream.
 * @returns the exit status: 0 done, 2 a path that cannot be read or has nothing to show, or a configuration with errors
 */
export async function show(paths: readonly string[], options: ShowOptions, streams: Streams): Promise<number> {
  const messages = new Messages(streams.err, options);
  const settings = await settingsForRun(options, paths, messages);
  if (!settings) return EXIT.usage;
  const named: (Input | undefined)[] = [];
  for await (const input of inputs(paths, options, { run: settings, messages, streams })) named.push(input);
  const files = named.flatMap((input) => (input && !input.isIgnored ? input : []));
  const run = withChartValues(settings, files, options);
  const workers = workersFor(files);
  try {
    const checking = new Checking(run, workers, {});
    await checking.check(files, () => {});
    const showing = new Showing(run, checking, { messages, out: streams.out });
    for (const input of files) await showing.show(input, paths.includes(input.name));
    messages.endProgress();
    if (files.length > 0 && !showing.hasComplained && !showing.hasShown) {
      messages.error(
        'none of the files is a Compose file, belongs to a chart or is deployed by a kustomization; there is nothing to show.',
      );
      return EXIT.usage;
    }
    return showing.hasComplained || named.includes(undefined) ? EXIT.usage : EXIT.clean;
  } finally {
    await workers.end();
  }
}

class Showing {
  readonly #run: RunSettings;
  readonly #checking: Checking;
  readonly #messages: Messages;
  readonly #out: Streams['out'];
  /** Deployments that were shown, and what was said to be missing. */
  readonly #done = new Set<string>();
  hasShown = false;
  /** Whether something that was named could not be shown. */
  hasComplained = false;

  constructor(run: RunSettings, checking: Checking, { messages, out }: { messages: Messages; out: Streams['out'] }) {
    this.#run = run;
    this.#checking = checking;
    this.#messages = messages;
    this.#out = out;
  }

  /** @param isNamed whether somebody asked for the file itself, and not for a folder that it is in */
  async show(input: Input, isNamed: boolean): Promise<void> {
    const read = await input.read();
    if ('refused' in read) return this.#complain(`${input.name} ${read.refused}.`);
    const { deployments, problems, names } = await this.#deploymentsOf(input.name, read.text, !isNamed);
    if (deployments.length === 0 && isNamed)
      this.#complain(
        `${input.name} is no Compose file, belongs to no chart and is not deployed by a kustomization: there is nothing to show.`,
      );
    if (deployments.length > 0)
      for (const { range, message } of problems)
        this.#messages.error(
          `${placeName({ range, path: '', file: undefined }, names)}: ${message}; the rest is shown.`,
        );
    for (const deployment of deployments) if (this.#isNew(deployment.key)) this.#print(deployment, names);
  }

  async #deploymentsOf(name: string, text: string, isWhole: boolean): Promise<Shown> {
    const path = relative(this.#run.root, name);
    const { facts, lines } = this.#checking;
    const queries = facts.queriesFor(name);
    const result = lint(path, text, this.#run.lint, queries);
    const deployed = () => deployedTexts({ path, settings: this.#run.lint, result, queries }, isWhole);
    let { deployments, asked } = deployed();
    while (await this.#checking.readMore(asked)) ({ deployments, asked } = deployed());
    const own = TextDocument.create('', 'yaml', 0, text);
    const nameOf = (file = name) => file;
    const positionsOf = (file: string | undefined) => (file === undefined ? own : lines.get(file));
    return { deployments, problems: result.problems, names: { nameOf, positionsOf } };
  }

  #print(deployment: DeployedText, names: DeployedNames): void {
    if (this.hasShown) this.#out.write(terminal`---\n`);
    this.hasShown = true;
    for (const { text } of deployedLines(deployment, names)) this.#out.write(terminal`${terminalText(text)}\n`);
    for (const { at, message } of deployment.missing) {
      const sentence = `${placeName(at, names)}: ${message}; it is shown without it.`;
      if (this.#isNew(sentence)) this.#messages.error(sentence);
    }
  }

  #isNew(key: string): boolean {
    if (this.#done.has(key)) return false;
    this.#done.add(key);
    return true;
  }

  #complain(message: string): void {
    this.hasComplained = true;
    this.#messages.error(message);
  }
}

import type { DerivedText } from '../../language/derived-text.ts';
import { type CommandLine, type GivenVariables, readCommands } from '../../language/shell/command-line.ts';
import { scalarScript } from '../../language/yaml/scalar-text.ts';
import type { Value } from '../../language/yaml/value.ts';
import { type ContainerCommand, imageName, type Option, readOptions, wordsOf } from '../commands/container-command.ts';
import { RUN_FLAGS } from '../commands/flags.ts';
import { engineSubject } from '../workload.ts';
import { jobVariables, stepVariables } from './ci-variables.ts';
import { withDefaults } from './expressions.ts';
import { listOption } from './value-options.ts';
import { windowsCommands } from './windows-shell.ts';

/** What a CI file runs. */
export interface CiFile {
  readonly scripts: readonly DerivedText[];
  /** What the file says of the variables in a script. */
  readonly given: (script: DerivedText) => GivenVariables | undefined;
  readonly lines: readonly CommandLine[];
  readonly commands: readonly ContainerCommand[];
}

/** Scripts with what is said of their variables, and what else a part of a CI file runs. */
interface CiPart extends Omit<CiFile, 'scripts' | 'given'> {
  readonly scripts: ReadonlyMap<DerivedText, GivenVariables | undefined>;
}

/** Shells of GitHub Actions whose scripts are not read. */
const OTHER_SHELL = /^(?:python|node)\b/;

/**
 * GitHub Actions: `run` of steps, options and volumes of job and service containers, and the inputs of Docker's actions.
 * Facts: GitHub's workflow syntax; the README files of docker/setup-buildx-action and docker/build-push-action.
 */
export function readWorkflow(root: Value): CiFile {
  const jobs = (root.get('jobs')?.fields() ?? []).map(({ value }) => value);
  const steps = [...jobs, root.get('runs')].flatMap((owner) =>
    (owner?.get('steps')?.items() ?? []).map((step) => readStep(step, owner as Value, root)),
  );
  const containers = jobs.flatMap((job) => [
    job.get('container'),
    ...(job.get('services')?.fields() ?? []).map(({ value }) => value),
  ]);
  return joined([
    ...steps,
    ...containers.filter((container) => container?.isMapping).map((container) => readContainer(container as Value)),
  ]);
}

function readStep(step: Value, job: Value, root: Value): CiPart {
  const written = scalarScript(step.get('run'));
  const shell = shellOf(step, job, root);
  const scripts = written ? scriptsFor(shell, withDefaults(written), stepVariables(step, job, root)) : [];
  const action = /^docker\/(setup-buildx|build-push|bake)-action(?:@|$)/.exec(step.get('uses')?.text ?? '')?.[1];
  const inputs = step.get('with');
  const commands = action && inputs ? [readAction(action, inputs)] : [];
  return { scripts: new Map(scripts.map(([script, given]) => [script, given])), lines: [], commands };
}

/** The shell that a step names, its job or the workflow for all steps, or PowerShell where the runner has Windows. */
function shellOf(step: Value, job: Value, root: Value): string {
  const named = step.get('shell') ?? job.at('defaults', 'run', 'shell') ?? root.at('defaults', 'run', 'shell');
  if (named) return named.text ?? '';
  return isOnWindows(job) ? 'pwsh' : '';
}

/** Whether a job runs on Windows alone, also by what `${{ matrix.os }}` stands for. */
function isOnWindows(job: Value): boolean {
  const runsOn = job.get('runs-on');
  const labels = scalarsIn(runsOn?.isMapping ? runsOn.get('labels') : runsOn).flatMap(({ text }) => text ?? []);
  const named = labels.flatMap((label) => {
    const axis = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(label)?.[1];
    return axis === undefined ? [[label]] : [axisOf(job, axis)];
  });
  return named.some((values) => values.length > 0 && values.every((value) => /^windows\b/i.test(value)));
}

/** What a matrix has for one of its names. */
function axisOf(job: Value, name: string): string[] {
  const matrix = job.at('strategy', 'matrix');
  const included = matrix?.get('include')?.items() ?? [];
  const values = [...scalarsIn(matrix?.get(name)), ...included.flatMap((one) => one.get(name) ?? [])];
  return values.map(({ text }) => text ?? '');
}

/** Variables are looked up in a POSIX shell alone: `$NAME` is another matter in PowerShell. */
function scriptsFor(shell: string, script: DerivedText, given: GivenVariables): [DerivedText, GivenVariables?][] {
  if (/^(?:pwsh|powershell)\b/.test(shell)) return windowsCommands(script, 'powershell').map((command) => [command]);
  if (/^cmd\b/.test(shell)) return windowsCommands(script, 'cmd').map((command) => [command]);
  return OTHER_SHELL.test(shell) ? [] : [[script, given]];
}

function readAction(action: string, inputs: Value): ContainerCommand {
  const names = action === 'setup-buildx' ? ['driver-opts', 'buildkitd-flags'] : ['network', 'allow'];
  const options = names.flatMap((name) => {
    const value = inputs.field(name);
    return value ? [listOption(name.replace(/^driver-opts$/, 'driver-opt'), value)] : [];
  });
  return toCommand(inputs, options, action === 'setup-buildx' ? 'builder' : 'build');
}

/** The options are words for `docker create`; GitHub refuses `--network` among them. */
function readContainer(container: Value): CiPart {
  const written = scalarScript(container.get('options'));
  const [line] = written ? readCommands(withDefaults(written)) : [];
  const words = line ? readOptions(wordsOf(line), 0, RUN_FLAGS, true).options : [];
  const volumes = (container.get('volumes')?.items() ?? []).map((item) => listOption('volume', item));
  const options = [...words.filter(({ name }) => name !== 'network'), ...volumes];
  return { scripts: new Map(), lines: line ? [line] : [], commands: [toCommand(container, options, 'run')] };
}

function toCommand(owner: Value, options: readonly Option[], verb: ContainerCommand['verb']): ContainerCommand {
  const image = owner.get('image');
  return {
    verb,
    isDocker: true,
    mayNotRun: false,
    scriptStart: 0,
    subject: engineSubject(
      verb === 'run' ? 'container' : 'build step',
      imageName(image?.text ?? ''),
      owner.range,
      image?.text,
    ),
    options,
    image: image?.text === undefined ? undefined : { text: image.text, at: image },
    args: [],
  };
}

/** GitLab CI: `script`, `before_script` and `after_script` of every job, with lists in lists. */
export function readGitlab(root: Value): CiFile {
  const owners = [root, ...root.fields().map(({ value }) => value)];
  const parts = owners.map((owner) => {
    const given = jobVariables(owner, root);
    const scripts = ['before_script', 'script', 'after_script']
      .flatMap((name) => scalarsIn(owner.get(name)))
      .flatMap((value) => scalarScript(value) ?? []);
    return { scripts: new Map(scripts.map((script) => [script, given])), lines: [], commands: [] };
  });
  return joined(parts);
}

function scalarsIn(value: Value | undefined): Value[] {
  if (!value) return [];
  return value.isSequence ? value.items().flatMap(scalarsIn) : [value];
}

function joined(parts: readonly CiPart[]): CiFile {
  const scripts = new Map(parts.flatMap((part) => [...part.scripts]));
  return {
    scripts: [...scripts.keys()],
    given: (script) => scripts.get(script),
    lines: parts.flatMap(({ lines }) => lines),
    commands: parts.flatMap(({ commands }) => commands),
  };
}

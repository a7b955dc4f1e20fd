import type { DerivedText } from '../../language/derived-text.ts';
import { type CommandLine, readCommands } from '../../language/shell/command-line.ts';
import { scalarScript } from '../../language/yaml/scalar-text.ts';
import type { Value } from '../../language/yaml/value.ts';
import { type ContainerCommand, imageName, type Option, readOptions, wordsOf } from '../commands/container-command.ts';
import { RUN_FLAGS } from '../commands/flags.ts';
import { engineSubject } from '../workload.ts';
import { withDefaults } from './expressions.ts';
import { listOption } from './value-options.ts';
import { windowsCommands } from './windows-shell.ts';

/** What a CI file runs. */
export interface CiFile {
  readonly scripts: readonly DerivedText[];
  readonly lines: readonly CommandLine[];
  readonly commands: readonly ContainerCommand[];
}

const NOTHING: CiFile = { scripts: [], lines: [], commands: [] };
/** Shells of GitHub Actions whose scripts are not read. */
const OTHER_SHELL = /^(?:python|node)\b/;

/**
 * GitHub Actions: `run` of steps, options and volumes of job and service containers, and the inputs of Docker's actions.
 * Facts: GitHub's workflow syntax; the README files of docker/setup-buildx-action and docker/build-push-action.
 */
export function readWorkflow(root: Value): CiFile {
  const jobs = (root.get('jobs')?.fields() ?? []).map(({ value }) => value);
  const steps = [...jobs, root.get('runs')].flatMap((owner) => owner?.get('steps')?.items() ?? []);
  const containers = jobs.flatMap((job) => [
    job.get('container'),
    ...(job.get('services')?.fields() ?? []).map(({ value }) => value),
  ]);
  return joined([
    ...steps.map((step) => readStep(step)),
    ...containers.filter((container) => container?.isMapping).map((container) => readContainer(container as Value)),
  ]);
}

function readStep(step: Value): CiFile {
  const written = scalarScript(step.get('run'));
  const scripts = written ? scriptsFor(step.get('shell')?.text ?? '', withDefaults(written)) : [];
  const action = /^docker\/(setup-buildx|build-push|bake)-action(?:@|$)/.exec(step.get('uses')?.text ?? '')?.[1];
  const inputs = step.get('with');
  const command = action && inputs ? [readAction(action, inputs)] : [];
  return { scripts, lines: [], commands: command };
}

function scriptsFor(shell: string, script: DerivedText): DerivedText[] {
  if (/^(?:pwsh|powershell)\b/.test(shell)) return windowsCommands(script, 'powershell');
  if (/^cmd\b/.test(shell)) return windowsCommands(script, 'cmd');
  return OTHER_SHELL.test(shell) ? [] : [script];
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
function readContainer(container: Value): CiFile {
  const written = scalarScript(container.get('options'));
  const [line] = written ? readCommands(withDefaults(written)) : [];
  const words = line ? readOptions(wordsOf(line), 0, RUN_FLAGS, true).options : [];
  const volumes = (container.get('volumes')?.items() ?? []).map((item) => listOption('volume', item));
  const options = [...words.filter(({ name }) => name !== 'network'), ...volumes];
  return { scripts: [], lines: line ? [line] : [], commands: [toCommand(container, options, 'run')] };
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
  const scripts = owners
    .flatMap((owner) => ['before_script', 'script', 'after_script'].map((name) => owner.get(name)))
    .flatMap((value) => scalarsIn(value))
    .flatMap((value) => scalarScript(value) ?? []);
  return { ...NOTHING, scripts };
}

function scalarsIn(value: Value | undefined): Value[] {
  if (!value) return [];
  return value.isSequence ? value.items().flatMap(scalarsIn) : [value];
}

function joined(parts: readonly CiFile[]): CiFile {
  return {
    scripts: parts.flatMap(({ scripts }) => scripts),
    lines: parts.flatMap(({ lines }) => lines),
    commands: parts.flatMap(({ commands }) => commands),
  };
}

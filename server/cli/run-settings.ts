import { dirname, resolve } from 'node:path';
import {
  type ConfigProblem,
  DEFAULT_SETTINGS,
  type LintSettings,
  type Profile,
  type ReadConfig,
  readConfig,
  underPolicy,
  type Weakening,
  weakeningOf,
  withConfig,
  withLimitedConfig,
} from '../../shared-rules/index.ts';
import type { ConfigurationProblem, ConfigurationReport } from '../report/configuration.ts';
import { plural } from '../report/wording.ts';
import { nearestConfig, readFoundConfig, readNamedConfig } from '../workspace/config-file.ts';
import { repositoryOf } from '../workspace/repository.ts';
import { today } from '../workspace/today.ts';
import { IgnoredFiles } from './ignored-files.ts';
import type { Messages } from './messages.ts';
import { policyOf } from './policy.ts';
import { problemsIn, sayProblem } from './problems.ts';

/** The options that say what a command looks for. */
export interface ConfigOptions {
  /** Wins over the configuration. */
  readonly profile?: Profile;
  /** The file to read; false for none. Without it the nearest one is looked for. */
  readonly config?: string | false;
  /** A file that says what nobody may weaken. */
  readonly policy?: string;
}

/** What holds for a run of a command. */
export interface RunSettings {
  readonly lint: LintSettings;
  /** Patterns of a `.gitignore` file for what to leave out, relative to `root`. */
  readonly ignore: readonly string[];
  /** The folder that patterns are relative to: the configuration's. */
  readonly root: string;
  /** What becomes of the files that are to be left out. */
  readonly ignored: IgnoredFiles;
  /** The configuration, where there is one. */
  readonly configuration: RunConfiguration | undefined;
}

/** A configuration that holds for a run, and what of it does not because of a policy. */
export interface RunConfiguration {
  readonly file: string;
  readonly weakening: Weakening;
  /** What the policy refuses, but for files that may not be left out: these are found later. */
  readonly refusals: readonly ConfigurationProblem[];
  /** What the policy has against leaving out files. */
  readonly ignoreRefusal: (files: readonly string[]) => ConfigurationProblem;
}

/**
 * The settings for a run of a command in the current folder. Mistakes in the configuration and the policy, and what the one
 * says that the other does not allow, are complained of.
 * @param paths what is to be checked
 * @returns undefined when one of them cannot be used
 */
export async function settingsForRun(
  options: ConfigOptions,
  paths: readonly string[],
  messages: Messages,
): Promise<RunSettings | undefined> {
  const policy = options.policy === undefined ? undefined : await policyOf(options.policy, paths, messages);
  if (options.policy !== undefined && !policy) return undefined;
  const own = options.profile && { profile: options.profile };
  const read = await readConfigOfRun(options, messages);
  if (!read) return undefined;
  const { file } = read;
  const { settings, refusals } = policy
    ? withLimitedConfig(read.base, read, policy)
    : { settings: withConfig(read.base, read.config), refusals: [] };
  const asked = { ...settings, ...own };
  const lint = policy ? underPolicy(asked, policy) : asked;
  if (policy && lint.profile !== asked.profile)
    messages.note(`the policy ${policy.lint.name} does not allow --profile ${asked.profile}; ${lint.profile} is used.`);
  const { ignore } = read.config;
  const root = dirname(resolve(file ?? 'none'));
  const neverIgnored = { patterns: policy?.neverIgnore ?? [], root: repositoryOf('.') };
  const ignored = new IgnoredFiles({ patterns: ignore, root }, neverIgnored);
  if (file === undefined) return { lint, ignore, root, ignored, configuration: undefined };
  const placed = (problems: readonly ConfigProblem[]) => problemsIn(file, read.text, problems);
  const configuration: RunConfiguration = {
    file,
    weakening: weakeningOf(read.config, lint),
    refusals: placed(refusals),
    ignoreRefusal: (files) => placed([ignoreRefusal(files, read, policy?.lint.name ?? '')])[0] as ConfigurationProblem,
  };
  for (const refusal of configuration.refusals) sayProblem(refusal, messages);
  return { lint, ignore, root, ignored, configuration };
}

/** The configuration of a run; one that says nothing where there is none. Undefined, after a complaint, for a wrong one. */
async function readConfigOfRun({ config }: ConfigOptions, messages: Messages) {
  const day = today();
  const base: LintSettings = { ...DEFAULT_SETTINGS, today: day };
  const path = config ?? nearestConfig('.');
  if (!path) return { file: undefined, text: '', base, ...readConfig('', day) };
  const file = await (config ? readNamedConfig(path) : readFoundConfig(path));
  if ('refused' in file) {
    const ways = config ? '' : ` To use another one, add --config; to go on without, add --no-config.`;
    messages.error(`the configuration ${path} ${file.refused}.${ways}`);
    return undefined;
  }
  const read = readConfig(file.text, day);
  for (const problem of problemsIn(path, file.text, read.problems)) sayProblem(problem, messages);
  if (read.problems.every(({ severity }) => severity !== 'error'))
    return { file: path, text: file.text, base, ...read };
  messages.error(`the configuration ${path} has errors; nothing was done. To go on without it, add --no-config.`);
  return undefined;
}

/** What a policy has against `ignore`, as far as files are found by now. */
export function ignoreRefusalIn({ configuration, ignored }: RunSettings): ConfigurationProblem | undefined {
  return ignored.kept.size > 0 ? configuration?.ignoreRefusal([...ignored.kept]) : undefined;
}

/** What a run reports of its configuration when its files are listed. */
export function configurationReport(run: RunSettings): ConfigurationReport | undefined {
  if (!run.configuration) return undefined;
  const { file, weakening, refusals } = run.configuration;
  const refusal = ignoreRefusalIn(run);
  return {
    file,
    weakening,
    leftOut: run.ignored.leftOut.size,
    refusals: [...refusals, ...(refusal ? [refusal] : [])],
  };
}

function ignoreRefusal(files: readonly string[], { rangeOf }: ReadConfig, policy: string): ConfigProblem {
  const such = files.length > 1 ? `${plural(files.length, 'file')}, such as ${files[0]}` : files[0];
  const message = `The policy ${policy} does not allow leaving out ${such}. ${files.length > 1 ? 'They are' : 'It is'} checked.`;
  return { severity: 'warning', range: rangeOf('ignore'), message };
}

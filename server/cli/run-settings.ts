import { dirname, resolve } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { DEFAULT_SETTINGS, type LintSettings, type Profile, readConfig, withConfig } from '../../shared-rules/index.ts';
import { nearestConfig, readFoundConfig, readNamedConfig } from '../workspace/config-file.ts';
import { today } from '../workspace/today.ts';
import type { Messages } from './messages.ts';

/** The options that say what a command looks for. */
export interface ConfigOptions {
  /** Wins over the configuration. */
  readonly profile?: Profile;
  /** The file to read; false for none. Without it the nearest one is looked for. */
  readonly config?: string | false;
}

/** What holds for a run of a command. */
export interface RunSettings {
  readonly lint: LintSettings;
  /** Patterns of a `.gitignore` file for what to leave out, relative to `root`. */
  readonly ignore: readonly string[];
  /** The folder that patterns are relative to: the configuration's. */
  readonly root: string;
}

/**
 * The settings for a run of a command in the current folder. Mistakes in the configuration are complained of.
 * @returns undefined when it cannot be used
 */
export async function settingsForRun(
  { profile, config }: ConfigOptions,
  messages: Messages,
): Promise<RunSettings | undefined> {
  const day = today();
  const path = config ?? nearestConfig('.');
  const root = dirname(resolve(path || '.'));
  const own = profile && { profile };
  if (!path) return { lint: { ...DEFAULT_SETTINGS, today: day, ...own }, ignore: [], root: resolve('.') };
  const file = await (config ? readNamedConfig(path) : readFoundConfig(path));
  if ('refused' in file) {
    const ways = config ? '' : ` To use another one, add --config; to go on without, add --no-config.`;
    messages.error(`the configuration ${path} ${file.refused}.${ways}`);
    return undefined;
  }
  const { config: read, problems } = readConfig(file.text, day);
  const document = TextDocument.create('', 'yaml', 0, file.text);
  for (const { severity, message, range } of problems) {
    const { line, character } = document.positionAt(range.start);
    const text = `${path}:${line + 1}:${character + 1}: ${severity}: ${message}`;
    messages[severity === 'error' ? 'error' : 'note'](text);
  }
  if (problems.some(({ severity }) => severity === 'error')) {
    messages.error(`the configuration ${path} has errors; nothing was done. To go on without it, add --no-config.`);
    return undefined;
  }
  return { lint: { ...withConfig({ ...DEFAULT_SETTINGS, today: day }, read), ...own }, ignore: read.ignore, root };
}

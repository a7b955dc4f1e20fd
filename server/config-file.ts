import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  CONFIG_NAME,
  DEFAULT_SETTINGS,
  type LintSettings,
  type Profile,
  readConfig,
  withConfig,
} from '../shared-rules/index.ts';
import type { Messages } from './messages.ts';
import { readTextFile } from './read-file.ts';
import { foldersOfRepository } from './repository.ts';
import { today } from './today.ts';

/** How a command is told what to look for. */
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
  const file = await readTextFile(path);
  if ('refused' in file) {
    messages.error(`the configuration ${path} ${file.refused}.`);
    return undefined;
  }
  const { config: read, problems } = readConfig(file.text, day);
  const document = TextDocument.create('', 'yaml', 0, file.text);
  for (const { severity, message, range } of problems) {
    const { line, character } = document.positionAt(range.start);
    const said = `${path}:${line + 1}:${character + 1}: ${severity}: ${message}`;
    messages[severity === 'error' ? 'error' : 'note'](said);
  }
  if (problems.some(({ severity }) => severity === 'error')) {
    messages.error(`the configuration ${path} has errors; nothing was done. To go on without it, add --no-config.`);
    return undefined;
  }
  return { lint: { ...withConfig({ ...DEFAULT_SETTINGS, today: day }, read), ...own }, ignore: read.ignore, root };
}

/** The configuration in a folder or, inside a git repository, in the nearest folder above it, up to the repository's. */
function nearestConfig(folder: string): string | undefined {
  const path = resolve(folder);
  for (const one of foldersOfRepository(path) ?? [path]) {
    const file = join(one, CONFIG_NAME);
    if (existsSync(file)) return relative('.', file);
  }
  return undefined;
}

/** The root of the git repository that a folder belongs to; the folder itself outside of one. */
export function repositoryOf(folder: string): string {
  const path = resolve(folder);
  return foldersOfRepository(path)?.at(-1) ?? path;
}

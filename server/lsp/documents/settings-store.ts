import { MessageType } from 'vscode-languageserver/node';
import {
  CATALOGUE,
  type Config,
  DEFAULT_SETTINGS,
  type EditorSettings,
  type LintSettings,
  type RuleId,
  readEditorSettings,
  weakeningOf,
  withConfig,
} from '../../../shared-rules/index.ts';
import { today } from '../../workspace/today.ts';
import { type EditorConnection, say } from '../editor-connection.ts';
import type { ConfigFiles } from './config-files.ts';
import { decisiveSettings } from './settings-keys.ts';

/** What holds for a file: what the user set, checked, under the configuration of its folder. */
export interface Settings extends Omit<EditorSettings, 'config'> {
  readonly lint: LintSettings;
}

/** The settings of each workspace folder, asked for once and kept until they, its configuration or the day change. */
export class SettingsStore {
  readonly #connection: EditorConnection;
  readonly #configs: ConfigFiles;
  readonly #byScope = new Map<string, Promise<Settings>>();
  readonly #warned = new Set<string>();
  #canAsk = false;

  constructor(connection: EditorConnection, configs: ConfigFiles) {
    this.#connection = connection;
    this.#configs = configs;
  }

  /** @param canAsk whether the client answers `workspace/configuration`; without it the defaults hold */
  begin(canAsk: boolean): void {
    this.#canAsk = canAsk;
  }

  forget(): void {
    this.#byScope.clear();
    this.#warned.clear();
  }

  /** @param scope the URI of a workspace folder, or of a document outside of any */
  for(scope: string): Promise<Settings> {
    const known = this.#byScope.get(scope);
    if (known) return known;
    const settings = this.#load(scope);
    settings.catch(() => this.#byScope.delete(scope));
    this.#byScope.set(scope, settings);
    return settings;
  }

  /**
   * A folder's configuration changed: reads it again.
   * @returns whether that concerns findings
   */
  async reload(folder: string): Promise<boolean> {
    const before = await this.for(folder);
    this.#byScope.delete(folder);
    return essenceOf(before) !== essenceOf(await this.for(folder));
  }

  async #load(scope: string): Promise<Settings> {
    const asked = this.#canAsk
      ? this.#connection.workspace.getConfiguration({ scopeUri: scope, section: 'bulkhead' })
      : undefined;
    const [sent, file] = await Promise.all([asked, this.#configs.ofFolder(scope)]);
    const own = this.#read(sent);
    if (file && own.enable) this.#configs.show(file);
    else this.#configs.hideIn(scope);
    if (!file) {
      this.#configs.notify(scope, undefined);
      return own;
    }
    const { config } = file;
    const lint = withConfig(own.lint, config);
    const use = { overruled: overruled(own.lint, config), weakening: weakeningOf(config, lint) };
    this.#configs.notify(scope, { file, use });
    // The configuration's patterns come last, so that it has the last word.
    return { ...own, exclude: [...own.exclude, ...config.ignore], lint };
  }

  #read(sent: unknown): Settings {
    const { settings, problems } = readEditorSettings(sent);
    for (const problem of problems) this.#warn(problem);
    const { config, ...others } = settings;
    return { ...others, lint: { ...withConfig(DEFAULT_SETTINGS, config), today: today() } };
  }

  /** Says each thing once until the settings change. */
  #warn(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    void say(this.#connection, MessageType.Warning, message);
  }
}

/** The names of the settings that say something else than a configuration and do not count. */
function overruled(own: LintSettings, { profile, kubernetesVersion, severity }: Config): string[] {
  const differs = <T>(mine: T | undefined, theirs: T | undefined) =>
    mine !== undefined && theirs !== undefined && mine !== theirs;
  const isOverruled = {
    'bulkhead.profile': differs(own.profile, profile),
    'bulkhead.kubernetesVersion': differs(own.kubernetesVersion, kubernetesVersion),
    'bulkhead.severity': Object.keys(CATALOGUE).some((rule) =>
      differs(own.severity[rule as RuleId], severity[rule as RuleId]),
    ),
  };
  return Object.entries(isOverruled).flatMap(([name, is]) => (is ? name : []));
}

/** What findings depend on, to be compared. */
function essenceOf(settings: Settings): string {
  return JSON.stringify({ ...settings, lint: decisiveSettings(settings.lint) });
}

import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver/node';
import {
  type Config,
  DEFAULT_SETTINGS,
  FACTS,
  type LintSettings,
  PROFILES,
  type RuleId,
  readKubernetesVersion,
  SEVERITIES,
  withConfig,
} from '../../shared-rules/index.ts';
import { todayInUtc } from '../config-file.ts';
import type { ConfigFiles } from './config-files.ts';

/** What holds for a file: what the user set, checked, under the configuration of its folder. */
export interface Settings {
  readonly enable: boolean;
  readonly scope: 'workspace' | 'openFiles';
  readonly exclude: readonly string[];
  readonly lint: LintSettings;
}

const DEFAULTS: Settings = { enable: true, scope: 'workspace', exclude: [], lint: DEFAULT_SETTINGS };

/** The settings of each workspace folder, asked for once and kept until they, its configuration or the day change. */
export class SettingsStore {
  readonly #connection: Connection;
  readonly #configs: ConfigFiles;
  readonly #byScope = new Map<string, Promise<Settings>>();
  readonly #warned = new Set<string>();
  #canAsk = false;
  #today = todayInUtc();

  constructor(connection: Connection, configs: ConfigFiles) {
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
    const today = todayInUtc();
    if (today !== this.#today) this.#byScope.clear();
    this.#today = today;
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
    const [raw, file] = await Promise.all([asked, this.#configs.ofFolder(scope)]);
    const own = this.#read(raw);
    this.#configs.tell(scope, file, file ? overruled(own.lint, file.config) : []);
    if (file && own.enable) this.#configs.show(file);
    else this.#configs.hideIn(scope);
    if (!file) return own;
    // The configuration's patterns come last, so that it has the last word.
    return { ...own, exclude: [...own.exclude, ...file.config.ignore], lint: withConfig(own.lint, file.config) };
  }

  #read(raw: unknown): Settings {
    const given = isRecord(raw) ? raw : {};
    const { enable, exclude, profile, severity, kubernetesVersion } = given;
    const scope = isRecord(given.diagnostics) ? given.diagnostics.scope : undefined;
    return {
      enable: this.#choose('bulkhead.enable', enable, [true, false], DEFAULTS.enable),
      scope: this.#choose('bulkhead.diagnostics.scope', scope, ['workspace', 'openFiles'], DEFAULTS.scope),
      exclude: this.#patterns(exclude),
      lint: {
        ...DEFAULT_SETTINGS,
        profile: this.#choose('bulkhead.profile', profile, PROFILES, DEFAULT_SETTINGS.profile),
        severity: this.#severities(severity),
        kubernetesVersion: this.#version(kubernetesVersion),
        today: this.#today,
      },
    };
  }

  #choose<T>(name: string, value: unknown, allowed: readonly T[], fallback: T): T {
    if (value === undefined || value === null) return fallback;
    if (allowed.includes(value as T)) return value as T;
    this.#warn(
      `${name} is ${JSON.stringify(value)}, but must be one of ${allowed.join(', ')}. Using ${String(fallback)}.`,
    );
    return fallback;
  }

  #patterns(value: unknown): readonly string[] {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    this.#warn('bulkhead.exclude must be a list of patterns. Nothing is excluded.');
    return [];
  }

  #version(value: unknown): string | undefined {
    if (value === undefined || value === null || value === '') return undefined;
    const version = typeof value === 'string' ? readKubernetesVersion(value) : undefined;
    if (version === undefined)
      this.#warn(
        `bulkhead.kubernetesVersion is ${JSON.stringify(value)}, but must be a version such as "1.31". Using the newest.`,
      );
    return version;
  }

  #severities(value: unknown): LintSettings['severity'] {
    const allowed = [...SEVERITIES, 'off'];
    const good = Object.entries(isRecord(value) ? value : {}).filter(([rule, severity]) => {
      if (!(rule in FACTS)) this.#warn(`bulkhead.severity names "${rule}", which is no rule. It has no effect.`);
      else if (!allowed.includes(severity as string)) {
        this.#warn(
          `bulkhead.severity gives ${rule} ${JSON.stringify(severity)}, but must be one of ${allowed.join(', ')}.`,
        );
      } else return true;
      return false;
    });
    return Object.fromEntries(good) as LintSettings['severity'];
  }

  /** Says each thing once until the settings change. */
  #warn(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    const type = MessageType.Warning;
    void this.#connection.sendNotification(ShowMessageNotification.type, { type, message: `Bulkhead: ${message}` });
  }
}

/** The names of the settings that say something else than a configuration and do not count. */
function overruled(own: LintSettings, { profile, kubernetesVersion, severity }: Config): string[] {
  const differs = <T>(mine: T | undefined, theirs: T | undefined) =>
    mine !== undefined && theirs !== undefined && mine !== theirs;
  const isOverruled = {
    'bulkhead.profile': differs(own.profile, profile),
    'bulkhead.kubernetesVersion': differs(own.kubernetesVersion, kubernetesVersion),
    'bulkhead.severity': Object.keys(FACTS).some((rule) =>
      differs(own.severity[rule as RuleId], severity[rule as RuleId]),
    ),
  };
  return Object.entries(isOverruled).flatMap(([name, is]) => (is ? name : []));
}

/** What findings depend on: not the words of an exception. */
function essenceOf(settings: Settings): string {
  const exceptions = settings.lint.exceptions.map(({ rules, match, until }) => ({ rules, match, until }));
  return JSON.stringify({ ...settings, lint: { ...settings.lint, exceptions } });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver/node';
import {
  CATALOGUE,
  type Config,
  DEFAULT_SETTINGS,
  type LintSettings,
  type ListedHostUser,
  PROFILES,
  type RuleId,
  readKubernetesVersion,
  SEVERITIES,
  withConfig,
} from '../../../shared-rules/index.ts';
import { today } from '../../workspace/today.ts';
import type { ConfigFiles } from './config-files.ts';
import { decisiveSettings } from './settings-keys.ts';

/** What holds for a file: what the user set, checked, under the configuration of its folder. */
export interface Settings {
  readonly enable: boolean;
  readonly scope: 'workspace' | 'openFiles';
  readonly exclude: readonly string[];
  /** Whether AI workloads are named above their manifests. */
  readonly codeLens: boolean;
  readonly lint: LintSettings;
}

const DEFAULTS: Settings = { enable: true, scope: 'workspace', exclude: [], codeLens: true, lint: DEFAULT_SETTINGS };

/** The settings of each workspace folder, asked for once and kept until they, its configuration or the day change. */
export class SettingsStore {
  readonly #connection: Connection;
  readonly #configs: ConfigFiles;
  readonly #byScope = new Map<string, Promise<Settings>>();
  readonly #warned = new Set<string>();
  #canAsk = false;

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
    const { enable, exclude, profile, severity, kubernetesVersion, knownHostUsers } = given;
    const scope = isRecord(given.diagnostics) ? given.diagnostics.scope : undefined;
    const codeLens = isRecord(given.codeLens) ? given.codeLens.enable : undefined;
    const ai = isRecord(given.ai) ? given.ai : {};
    return {
      enable: this.#choose('bulkhead.enable', enable, [true, false], DEFAULTS.enable),
      scope: this.#choose('bulkhead.diagnostics.scope', scope, ['workspace', 'openFiles'], DEFAULTS.scope),
      exclude: this.#patterns('bulkhead.exclude', exclude, 'patterns. Nothing is excluded'),
      codeLens: this.#choose('bulkhead.codeLens.enable', codeLens, [true, false], DEFAULTS.codeLens),
      lint: {
        ...DEFAULT_SETTINGS,
        profile: this.#choose('bulkhead.profile', profile, PROFILES, DEFAULT_SETTINGS.profile),
        severity: this.#severities(severity),
        kubernetesVersion: this.#version(kubernetesVersion),
        ai: {
          include: this.#patterns('bulkhead.ai.include', ai.include, 'images. None is taken in'),
          exclude: this.#patterns('bulkhead.ai.exclude', ai.exclude, 'images. None is left out'),
        },
        today: today(),
        knownHostUsers: this.#hostUsers(knownHostUsers),
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

  /** @param otherwise what the list is of, and what follows when it is none */
  #patterns(name: string, value: unknown, otherwise: string): readonly string[] {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    this.#warn(`${name} must be a list of ${otherwise}.`);
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
      if (!(rule in CATALOGUE)) this.#warn(`bulkhead.severity names "${rule}", which is no rule. It has no effect.`);
      else if (!allowed.includes(severity as string)) {
        this.#warn(
          `bulkhead.severity gives ${rule} ${JSON.stringify(severity)}, but must be one of ${allowed.join(', ')}.`,
        );
      } else return true;
      return false;
    });
    return Object.fromEntries(good) as LintSettings['severity'];
  }

  #hostUsers(value: unknown): readonly ListedHostUser[] {
    if (value === undefined || value === null) return [];
    const entries = Array.isArray(value) ? value : [value];
    return entries.filter((entry): entry is ListedHostUser => {
      const wrong = whatIsWrongWith(entry);
      if (wrong) this.#warn(`bulkhead.knownHostUsers has ${JSON.stringify(entry)}, ${wrong}. It has no effect.`);
      return wrong === undefined;
    });
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong with a known host user as a user wrote it; undefined when nothing is. */
function whatIsWrongWith(entry: unknown): string | undefined {
  if (!isRecord(entry) || !isText(entry.image) || !isText(entry.reason)) return 'which lacks an image or a reason';
  if (/[:@]/.test(entry.image.replace(/^[^/]*:\d+\//, ''))) return 'whose image has a tag; name the repository alone';
  const { kinds = [], rules = [] } = entry;
  if (!Array.isArray(kinds) || !kinds.every(isText)) return 'whose kinds are no list of names';
  if (!Array.isArray(rules)) return 'whose rules are no list of names';
  const unknown = rules.find((rule) => !Object.hasOwn(CATALOGUE, String(rule)));
  return unknown === undefined ? undefined : `which names "${unknown}", and that is no rule`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

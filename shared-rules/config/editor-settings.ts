import type { Config } from './config.ts';
import { type RawConfig, toConfig } from './read.ts';
import { DataReader, isRecord } from './read-data.ts';
import { IMAGES, KNOWN_HOST_USERS, PROFILE, SET_PATHS, SEVERITY_OF_RULES, type Shape, VERSION } from './shape.ts';

/** What a user set in an editor. */
export interface EditorSettings {
  readonly enable: boolean;
  readonly scope: 'workspace' | 'openFiles';
  /** Patterns of a `.gitignore` file, relative to the workspace folder. */
  readonly exclude: readonly string[];
  /** Whether AI workloads are named above their manifests. */
  readonly codeLens: boolean;
  /** Whether templates of charts show the values that they read. */
  readonly valueHints: boolean;
  /** What a `.bulkhead.yaml` may say, too. */
  readonly config: Config;
}

/** A setting, and what holds where it is wrong, as a sentence. */
interface EditorSetting {
  readonly shape: Shape;
  readonly otherwise: string;
}

const SWITCH: Shape = { type: 'choice', noun: 'switch', values: { true: 'On.', false: 'Off.' } };
const SCOPE: Shape = {
  type: 'choice',
  noun: 'scope',
  values: {
    workspace: 'List the problems of every file in the workspace.',
    openFiles: 'List the problems of open files only.',
  } satisfies Record<EditorSettings['scope'], string>,
};

/** What may be set in an editor, below `bulkhead`. What a configuration may say, too, has the shape it has there. */
const SETTINGS = {
  enable: { shape: SWITCH, otherwise: 'Using true.' },
  'diagnostics.scope': { shape: SCOPE, otherwise: 'Using workspace.' },
  exclude: { shape: SET_PATHS, otherwise: 'Nothing is excluded.' },
  'codeLens.enable': { shape: SWITCH, otherwise: 'Using true.' },
  'inlayHints.values': { shape: SWITCH, otherwise: 'Using true.' },
  profile: { shape: PROFILE, otherwise: 'Using recommended.' },
  severity: { shape: SEVERITY_OF_RULES, otherwise: 'It has no effect.' },
  kubernetesVersion: { shape: VERSION, otherwise: 'Using the newest.' },
  'ai.include': { shape: IMAGES, otherwise: 'None is taken in.' },
  'ai.exclude': { shape: IMAGES, otherwise: 'None is left out.' },
  knownHostUsers: { shape: KNOWN_HOST_USERS, otherwise: 'It has no effect.' },
} satisfies Record<string, EditorSetting>;

/** Data of the shapes of the settings. */
interface RawSettings
  extends Pick<RawConfig, 'profile' | 'severity' | 'kubernetesVersion' | 'knownHostUsers'>,
    Partial<Record<'exclude' | 'ai.include' | 'ai.exclude', readonly string[]>>,
    Partial<Record<'enable' | 'codeLens.enable' | 'inlayHints.values', 'true' | 'false'>> {
  readonly 'diagnostics.scope'?: EditorSettings['scope'];
}

/** Reads what an editor sends as its settings below `bulkhead`. Never throws. @returns what is wrong, as sentences, too */
export function readEditorSettings(sent: unknown): { settings: EditorSettings; problems: readonly string[] } {
  const reader = new DataReader();
  const read = Object.entries(SETTINGS).map(([name, { shape, otherwise }]) => {
    const value = name.split('.').reduce((outer: unknown, key) => (isRecord(outer) ? outer[key] : undefined), sent);
    return [name, reader.read(value, shape, { name: `bulkhead.${name}`, loss: otherwise })];
  });
  return { settings: toSettings(Object.fromEntries(read)), problems: reader.problems };
}

function toSettings(raw: RawSettings): EditorSettings {
  const { profile, severity, kubernetesVersion, knownHostUsers, exclude = [] } = raw;
  const ai = { include: raw['ai.include'] ?? [], exclude: raw['ai.exclude'] ?? [] };
  return {
    enable: raw.enable !== 'false',
    scope: raw['diagnostics.scope'] ?? 'workspace',
    exclude,
    codeLens: raw['codeLens.enable'] !== 'false',
    valueHints: raw['inlayHints.values'] !== 'false',
    config: toConfig({ profile, severity, kubernetesVersion, knownHostUsers, ai }),
  };
}

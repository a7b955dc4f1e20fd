import type { LintSettings } from '../../../shared-rules/index.ts';
import { hash } from '../../workspace/hash.ts';

/** Settings as threads take them, and names for what of them decides about findings. */
export interface SettingsKeys {
  /** `LintSettings`, as JSON. */
  readonly json: string;
  /** Where nothing depends on the day, and where something does. */
  readonly keys: readonly [withoutDay: string, withDay: string];
}

const remembered = new WeakMap<LintSettings, SettingsKeys>();

export function settingsKeys(settings: LintSettings): SettingsKeys {
  const known = remembered.get(settings);
  if (known) return known;
  const { today, ...others } = decisiveSettings(settings);
  const key = JSON.stringify(others);
  const keys: SettingsKeys = { json: JSON.stringify(settings), keys: [hash(key), hash(`${today} ${key}`)] };
  remembered.set(settings, keys);
  return keys;
}

/** What of settings decides about findings: not the words of an exception. */
export function decisiveSettings({ exceptions, ...others }: LintSettings) {
  return { ...others, exceptions: exceptions.map(({ rules, match, until }) => ({ rules, match, until })) };
}

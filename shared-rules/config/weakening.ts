import { isActive, isMilder, type LintSettings } from '../engine/settings.ts';
import { CATALOGUE, type RuleId } from '../rules/catalogue.generated.ts';
import type { Severity } from '../rules/severity.ts';
import type { Config } from './config.ts';

/** What a configuration makes Bulkhead report less of. */
export interface Weakening {
  /** Rules that would report without it. */
  readonly off: readonly RuleId[];
  /** Rules that would report at a higher severity without it, with the one that it gives them. */
  readonly lowered: readonly { readonly rule: RuleId; readonly to: Severity }[];
  /** How many images it says are no AI workloads. */
  readonly notAi: number;
  /** How many known host users it lists, whose findings are lowered. */
  readonly hostUsers: number;
}

/**
 * What a configuration weakens.
 * @param settings those that hold, with the configuration in them
 */
export function weakeningOf(config: Config, settings: LintSettings): Weakening {
  const off: RuleId[] = [];
  const lowered: { rule: RuleId; to: Severity }[] = [];
  const { policy, severity } = settings;
  for (const rule of Object.keys(config.severity) as RuleId[]) {
    const to = severity[rule];
    const isReported = isActive(rule, { ...settings, severity: {} });
    if (to === undefined || !isReported || policy?.rules.includes(rule)) continue;
    if (to === 'off') off.push(rule);
    else if (isMilder(to, CATALOGUE[rule].severity)) lowered.push({ rule, to });
  }
  return { off, lowered, notAi: settings.ai.exclude.length, hostUsers: config.knownHostUsers.length };
}

import { isActive, isMilder, type LintPolicy, type LintSettings, type Requirement } from '../engine/settings.ts';
import { objectionTo } from '../engine/suppressions/acceptance.ts';
import { readKubernetesVersion } from '../model/kubernetes/version.ts';
import { CATALOGUE, type RuleId } from '../rules/catalogue.generated.ts';
import { rules as ALL_RULES } from '../rules/index.generated.ts';
import { PROFILES, type Profile } from '../rules/severity.ts';
import { type Config, withConfig } from './config.ts';
import { POLICY } from './policy-shape.ts';
import { type ReadConfig, readYaml } from './read.ts';
import type { ConfigProblem } from './read-shape.ts';

/** What somebody outside of a repository does not let it weaken. */
export interface Policy {
  /** The least profile. */
  readonly profile: Profile | undefined;
  readonly kubernetesVersion: string | undefined;
  /** Files that may not be left out, as patterns of a `.gitignore` file in the root of the repository. */
  readonly neverIgnore: readonly string[];
  readonly lint: LintPolicy;
}

interface RawPolicy {
  readonly profile?: Profile;
  readonly kubernetesVersion?: string;
  readonly rules?: readonly string[];
  readonly neverIgnore?: readonly string[];
  readonly exceptions?: { readonly mustHave?: readonly Requirement[] };
}

/** Rules that report less, or milder, where a workload is said to be no AI workload. */
export const RULES_ON_AI: readonly RuleId[] = [
  'agent-with-runtime-socket',
  'ai-endpoint-without-auth',
  'ai-host-network',
  'ai-host-port',
  'ai-port-on-all-interfaces',
  'ai-without-network-policy',
  'host-ipc',
  'metadata-reachable',
  'shared-process-namespace',
  'weak-agent-sandbox',
];

/**
 * Reads the text of a policy. Never throws.
 * @param name the file, as messages are to name it
 * @returns the policy, which must not be used where there is a problem
 */
export function readPolicy(name: string, text: string): { policy: Policy; problems: readonly ConfigProblem[] } {
  const { data, problems } = readYaml(text, POLICY);
  const { profile, kubernetesVersion, rules = [], neverIgnore = [], exceptions = {} } = (data ?? {}) as RawPolicy;
  const isEmpty = data === undefined || Object.keys(data).length === 0;
  const nothing: ConfigProblem = {
    severity: 'error',
    range: { start: 0, end: 0 },
    message: `A policy with nothing in it allows everything. Valid keys: ${Object.keys(POLICY.keys).join(', ')}.`,
  };
  const protectedRules = RULE_IDS.filter((rule) =>
    withReplacing(rule).some((one) => rules.some((name) => isMeant(name, one))),
  );
  return {
    policy: {
      profile,
      kubernetesVersion: kubernetesVersion === undefined ? undefined : readKubernetesVersion(kubernetesVersion),
      neverIgnore,
      lint: {
        name,
        on: RULE_IDS.filter((rule) => rules.includes(rule)),
        rules: protectedRules,
        isAiSettled: protectedRules.some((rule) => RULES_ON_AI.includes(rule)),
        mustHave: exceptions.mustHave ?? [],
      },
    },
    problems: isEmpty && problems.length === 0 ? [nothing] : problems,
  };
}

const RULE_IDS = Object.keys(CATALOGUE) as RuleId[];
const REPLACED: ReadonlyMap<RuleId, readonly RuleId[]> = new Map(
  ALL_RULES.map(({ id, replaces = [] }) => [id, replaces]),
);

/** A rule, and those whose findings it replaces: who could accept its findings could accept theirs. */
function withReplacing(rule: RuleId): RuleId[] {
  return [rule, ...(REPLACED.get(rule) ?? []).flatMap(withReplacing)];
}

/** Whether a name in a policy stands for a rule. */
function isMeant(name: string, rule: RuleId): boolean {
  return name === 'all' || name === rule || name === CATALOGUE[rule].category;
}

/**
 * Settings under a configuration that a policy limits.
 * @returns what the configuration says that does not count, as problems of it, too
 */
export function withLimitedConfig(
  settings: LintSettings,
  { config, rangeOf }: ReadConfig,
  policy: Policy,
): { settings: LintSettings; refusals: readonly ConfigProblem[] } {
  const {
    lint: { name, rules, isAiSettled },
  } = policy;
  const refusals: ConfigProblem[] = [];
  const refuse = (message: string, ...path: readonly (string | number)[]) =>
    refusals.push({ severity: 'warning', range: rangeOf(...path), message: `The policy ${name} ${message}` });
  const { profile, kubernetesVersion } = config;
  const limited = underPolicy(withConfig(settings, limitConfig(config, policy)), policy);
  if (profile !== undefined && profile !== limited.profile)
    refuse(`does not allow the profile \`${profile}\`. \`${limited.profile}\` is used.`, 'profile');
  if (kubernetesVersion !== undefined && kubernetesVersion !== limited.kubernetesVersion)
    refuse(`is for Kubernetes ${limited.kubernetesVersion}. This version is not used.`, 'kubernetesVersion');
  for (const [rule, severity] of Object.entries(config.severity) as [
    RuleId,
    LintSettings['severity'][RuleId] & string,
  ][])
    if (rules.includes(rule) && isActive(rule, limited) && isMilder(severity, CATALOGUE[rule].severity))
      refuse(
        severity === 'off'
          ? `does not allow switching off \`${rule}\`.`
          : `does not allow lowering \`${rule}\` to ${severity}.`,
        'severity',
        rule,
      );
  for (const [index, exception] of config.exceptions.entries())
    for (const objection of new Set(exception.rules.map((rule) => objectionTo(rule, exception, policy.lint))))
      if (objection !== undefined)
        refusals.push({ severity: 'warning', range: rangeOf('exceptions', index), message: objection });
  if (isAiSettled && config.ai.exclude.length > 0)
    refuse('does not allow `ai.exclude`, since it protects rules on AI workloads.', 'ai', 'exclude');
  for (const [index, { rules: own }] of config.knownHostUsers.entries()) {
    const refused = own?.filter((rule) => rules.includes(rule)) ?? [];
    if (refused.length > 0 || (own === undefined && rules.length > 0))
      refuse(
        `does not let \`knownHostUsers\` lower ${own ? refused.map((rule) => `\`${rule}\``).join(', ') : 'the rules that it protects'}.`,
        'knownHostUsers',
        index,
      );
  }
  return { settings: limited, refusals };
}

/** A configuration without what a policy does not let it say; what is left to the engine stays. */
function limitConfig(config: Config, { kubernetesVersion, lint: { rules, isAiSettled } }: Policy): Config {
  const severity = Object.entries(config.severity).filter(
    ([rule, severity]) => severity !== 'off' || !rules.includes(rule as RuleId),
  );
  return {
    ...config,
    kubernetesVersion: kubernetesVersion ?? config.kubernetesVersion,
    severity: Object.fromEntries(severity),
    ai: isAiSettled ? { ...config.ai, exclude: [] } : config.ai,
  };
}

/** Settings that a policy limits, whatever asked for them. */
export function underPolicy(settings: LintSettings, policy: Policy): LintSettings {
  const profiles = [settings.profile, policy.profile ?? settings.profile].map((one) => PROFILES.indexOf(one));
  return {
    ...settings,
    profile: PROFILES[Math.max(...profiles)] as Profile,
    kubernetesVersion: policy.kubernetesVersion ?? settings.kubernetesVersion,
    policy: policy.lint,
  };
}

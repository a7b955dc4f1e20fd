import type { ComposeProject } from '../assembly/compose/project.ts';
import type { SetValues } from '../assembly/helm/set-values.ts';
import { CATALOGUE, type RuleId } from '../rules/catalogue.generated.ts';
import { PROFILES, type Profile, SEVERITIES, type Severity } from '../rules/severity.ts';

/** Findings that people accept, and until when. */
export interface ConfiguredException {
  readonly rules: readonly RuleId[];
  /** All that is given has to match; where nothing is given, everything does. */
  readonly match: ExceptionMatch;
  readonly reason: string | undefined;
  readonly owner: string | undefined;
  /** The last day it holds, as `2027-06-30`; without it, it holds for ever. */
  readonly until: string | undefined;
}

export interface ExceptionMatch {
  /** A pattern of a `.gitignore` file for the file's path. */
  readonly path?: string;
  /** Texts in which `*` stands for anything. */
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** A pattern for the repository of one of the workload's images. */
  readonly image?: string;
}

/** One value, resolved per workspace folder and passed in; nothing is global. */
export interface LintSettings {
  readonly profile: Profile;
  /** Severities that replace the rules' own, or switch a rule off. */
  readonly severity: Readonly<Partial<Record<RuleId, Severity | 'off'>>>;
  /** The version of Kubernetes that manifests are for, such as `1.31`; undefined for the newest that Bulkhead knows. */
  readonly kubernetesVersion: string | undefined;
  /** Today in UTC, as `2027-06-30`: exceptions end with their last day. Undefined where nothing expires. */
  readonly today: string | undefined;
  readonly exceptions: readonly ConfiguredException[];
  /** What is an AI workload beside what Bulkhead knows, and what is none: by image, `*` for any part of a name. */
  readonly ai: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  /** Compose files that are deployed together, beside what the workspace says. */
  readonly composeProjects: readonly ComposeProject[];
  /** Images that may use the host, beside the ones Bulkhead knows. */
  readonly knownHostUsers: readonly ListedHostUser[];
  /** The values that a chart is deployed with, in the place of its own environments. */
  readonly chartValues?: ChartValues;
  /** What nobody may weaken; without it, everything may be accepted. */
  readonly policy?: LintPolicy;
}

/** The values that somebody gives for one chart, as `helm template` takes them. Paths are as those of linted files. */
export interface ChartValues {
  /** The chart's folder. */
  readonly chart: string;
  /** Values files, the last one above the others. */
  readonly files: readonly string[];
  /** Single values, over those of the files. */
  readonly sets: readonly SetValues[];
}

/** What an exception may have to give. */
export type Requirement = 'reason' | 'owner' | 'until';

/** What a policy keeps as it is, whatever a file or a configuration says. */
export interface LintPolicy {
  /** The file it was read from, as messages name it. */
  readonly name: string;
  /** Rules that report in any profile. */
  readonly on: readonly RuleId[];
  /** Rules whose findings are neither accepted nor lowered. */
  readonly rules: readonly RuleId[];
  /** Whether no file may say of a workload that it is no AI workload, since rules on these are among the rules. */
  readonly isAiSettled: boolean;
  /** What an exception has to give in order to apply. */
  readonly mustHave: readonly Requirement[];
}

/** An image that a user lets use the host. */
export interface ListedHostUser {
  /** A repository without tag; `*` stands for any part of a path segment. */
  readonly image: string;
  /** The kinds it runs as, `service` for Compose; without them any. */
  readonly kinds?: readonly string[];
  /** The rules whose findings become milder; without them all that the catalogue of known host users is about. */
  readonly rules?: readonly RuleId[];
  readonly reason: string;
}

export const DEFAULT_SETTINGS: LintSettings = {
  profile: 'recommended',
  severity: {},
  kubernetesVersion: undefined,
  today: undefined,
  exceptions: [],
  composeProjects: [],
  knownHostUsers: [],
  ai: { include: [], exclude: [] },
};

/** Whether a rule reports under these settings; naming a severity for it switches it on in any profile. */
export function isActive(id: RuleId, { profile, severity, policy }: LintSettings): boolean {
  if (policy?.on.includes(id)) return true;
  const override = severity[id];
  if (override !== undefined) return override !== 'off';
  return PROFILES.indexOf(CATALOGUE[id].profile) <= PROFILES.indexOf(profile);
}

/**
 * The severity of a finding: the user's, else the one the finding asks for, else that of the rule's page.
 * @param isConditional whether a template's condition decides about it; then it is one step milder
 */
export function severityOf(
  id: RuleId,
  own: Severity | undefined,
  isConditional: boolean,
  { severity, policy }: LintSettings,
): Severity {
  const plain = own ?? CATALOGUE[id].severity;
  const normal = isConditional && plain === 'high' ? 'medium' : isConditional ? 'low' : plain;
  const override = severity[id];
  if (override === undefined || override === 'off') return normal;
  return policy?.rules.includes(id) && isMilder(override, normal) ? normal : override;
}

/** Whether a severity, or `off`, is milder than another one. */
export function isMilder(one: Severity | 'off', other: Severity): boolean {
  return one === 'off' || SEVERITIES.indexOf(one) > SEVERITIES.indexOf(other);
}

import { CATALOGUE, type RuleId } from '../rules/catalogue.generated.ts';
import { PROFILES, type Profile, type Severity } from '../rules/severity.ts';

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
  /** Images that may use the host, beside the ones Bulkhead knows. */
  readonly knownHostUsers: readonly ListedHostUser[];
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
  knownHostUsers: [],
  ai: { include: [], exclude: [] },
};

/** Whether a rule reports under these settings; naming a severity for it switches it on in any profile. */
export function isActive(id: RuleId, { profile, severity }: LintSettings): boolean {
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
  { severity }: LintSettings,
): Severity {
  const override = severity[id];
  if (override !== undefined && override !== 'off') return override;
  const plain = own ?? CATALOGUE[id].severity;
  return isConditional && plain === 'high' ? 'medium' : isConditional ? 'low' : plain;
}

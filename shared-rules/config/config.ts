import type { ConfiguredException, LintSettings, ListedHostUser } from '../engine/settings.ts';
import type { Profile } from '../rules/severity.ts';

/** What the file is called; it lies at the root of a workspace folder or a repository. */
export const CONFIG_NAME = '.bulkhead.yaml';

/** What a `.bulkhead.yaml` says; what it says wrongly is left out. */
export interface Config {
  readonly profile: Profile | undefined;
  readonly kubernetesVersion: string | undefined;
  /** Patterns of a `.gitignore` file, relative to the file's folder. */
  readonly ignore: readonly string[];
  readonly severity: LintSettings['severity'];
  readonly exceptions: readonly ConfiguredException[];
  readonly ai: LintSettings['ai'];
  /** Their paths start from the file's folder. */
  readonly composeProjects: LintSettings['composeProjects'];
  readonly knownHostUsers: readonly ListedHostUser[];
}

/** Settings under a file that wins over them, key by key. */
export function withConfig(settings: LintSettings, config: Config): LintSettings {
  const { profile, kubernetesVersion, severity, exceptions, ai, composeProjects, knownHostUsers } = config;
  return {
    ...settings,
    profile: profile ?? settings.profile,
    kubernetesVersion: kubernetesVersion ?? settings.kubernetesVersion,
    severity: { ...settings.severity, ...severity },
    exceptions,
    ai,
    composeProjects,
    knownHostUsers,
  };
}

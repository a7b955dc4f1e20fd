/**
 * What runs a workload: Kubernetes, or a container engine that Compose, a command or a unit file gives options, or that
 * says what runs. Other tools have ids of their own for each, so it names the check of many findings.
 */
export type Platform = 'kubernetes' | 'engine';

/** What the machine is called that a workload runs on. */
export function hostWord(platform: Platform): 'node' | 'host' {
  return platform === 'kubernetes' ? 'node' : 'host';
}

/** A sentence about "the host" in the words of a platform. */
export function onPlatform(text: string, platform: Platform): string {
  return text.replace(/\bhost\b/g, hostWord(platform));
}

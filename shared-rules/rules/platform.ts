/**
 * What runs a workload: Kubernetes, or a container engine that Compose, a command or a unit file gives options, or that
 * says what runs. Other tools have ids of their own for each, so it names the check of many findings.
 */
export type Platform = 'kubernetes' | 'engine';

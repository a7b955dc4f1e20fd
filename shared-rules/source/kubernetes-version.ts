/**
 * Whether a cluster has reached a minor version of Kubernetes 1. A version that is not known, or not written as one,
 * counts as the newest.
 * @param version such as `1.31`, `v1.31.2` or `1.31.4-gke.100`
 */
export function isAtLeast(version: string | undefined, minor: number): boolean {
  const known = /^v?1\.(\d+)(?![\d])/.exec(version ?? '')?.[1];
  return known === undefined || Number(known) >= minor;
}

/** How a version of Kubernetes may be written: `1.31`, `v1.31` or `1.31.4`. */
export const KUBERNETES_VERSION = /^v?(1\.\d{1,2})(?:\.\d+)?$/;

/** `1.31` of a version of Kubernetes in any spelling; undefined for what is none. */
export function readKubernetesVersion(text: string): string | undefined {
  return KUBERNETES_VERSION.exec(text)?.[1];
}

/**
 * Whether a cluster has reached a minor version of Kubernetes 1. A version that is not known, or not written as one,
 * counts as the newest.
 * @param version such as `1.31`, `v1.31.2` or `1.31.4-gke.100`
 */
export function isAtLeast(version: string | undefined, minor: number): boolean {
  const known = /^v?1\.(\d+)(?![\d])/.exec(version ?? '')?.[1];
  return known === undefined || Number(known) >= minor;
}

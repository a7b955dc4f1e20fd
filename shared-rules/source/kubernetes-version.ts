/**
 * Whether a version of Kubernetes is a certain one or newer.
 * @param version such as `1.31`; undefined for the newest
 * @param least in the same form
 */
export function isAtLeast(version: string | undefined, least: string): boolean {
  if (version === undefined) return true;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

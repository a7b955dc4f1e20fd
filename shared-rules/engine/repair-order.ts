import type { RuleId } from '../rules/catalogue.generated.ts';

/**
 * Of findings of a workload that are equally severe, those of the earlier rules here are repaired first: what makes a
 * manifest invalid comes before what makes it dangerous, and that before advice. Rules that are not listed come last, by
 * their ids.
 */
const FIRST: readonly RuleId[] = [
  'user-namespace-conflict',
  'process-namespace-conflict',
  'host-process-conflict',
  'root-user-conflict',
  'pod-security-rejects',
  'host-network',
  'ai-host-network',
  'redundant-pod-networks',
  'host-port-mismatch',
  'host-port',
  'network-mode-conflict',
  'unreachable-service-name',
  'surge-with-host-port',
  'rollout-port-deadlock',
  'host-port-conflict',
  'ai-host-port',
  'published-ports-ignored',
  'port-on-all-interfaces',
  'ai-port-on-all-interfaces',
  'host-pid',
  'host-ipc',
  'host-user-namespace',
  'host-uts-namespace',
  'host-cgroup-namespace',
  'privileged',
  'windows-host-process',
  'added-capabilities',
  'unconfined',
  'unmasked-proc',
  'custom-selinux',
  'unsafe-sysctl',
  'runtime-socket',
  'agent-with-runtime-socket',
  'sensitive-host-path',
  'mesh-skipped',
  'ineffective-network-policy',
  'host-device',
  'shared-mount-propagation',
  'insecure-build',
  'build-on-host-network',
  'host-network-on-desktop',
  'stack-ignores-isolation',
  'host-network-dns',
  'unused-host-network-dns',
  'undeclared-host-ports',
  'metadata-reachable',
  'service-on-host-network',
  'probe-host',
  'shared-process-namespace',
  'no-user-namespace',
  'namespace-without-pod-security',
  'ai-endpoint-without-auth',
  'ai-without-network-policy',
  'weak-agent-sandbox',
  'exception-expired',
  'exception-unknown-rule',
  'exception-without-reason',
  'exception-unused',
  'host-path-type',
  'writable-host-path',
  'host-path',
  'privilege-escalation',
  'runs-as-root',
  'net-raw',
  'seccomp-missing',
  'removed-api',
  'frozen-registry',
];

const RANKS = new Map(FIRST.map((id, index) => [id, index]));

/** Compares rules by the order of repairs. */
export function compareRules(a: RuleId, b: RuleId): number {
  const [rankOfA, rankOfB] = [a, b].map((id) => RANKS.get(id as RuleId) ?? FIRST.length) as [number, number];
  return rankOfA - rankOfB || (a < b ? -1 : a > b ? 1 : 0);
}

export interface RemovedApi {
  readonly kinds: readonly string[];
  /** The release of Kubernetes 1 that stopped serving it. */
  readonly minor: number;
  readonly replacement: string;
  /** Whether the replacement reads the same fields in the same way; else it must be looked at. */
  readonly isSame: boolean;
}

const WORKLOADS = { minor: 16, replacement: 'apps/v1', isSame: false };

/**
 * Workloads, and what guards their network. From the API's own life cycle (k8s.io/api,
 * zz_generated.prerelease-lifecycle.go) and the Kubernetes migration guide for deprecated APIs.
 */
export const REMOVED_APIS: Readonly<Record<string, readonly RemovedApi[]>> = {
  'extensions/v1beta1': [
    { kinds: ['Deployment', 'DaemonSet', 'ReplicaSet'], ...WORKLOADS },
    { kinds: ['NetworkPolicy'], minor: 16, replacement: 'networking.k8s.io/v1', isSame: true },
  ],
  'apps/v1beta1': [{ kinds: ['Deployment', 'StatefulSet'], ...WORKLOADS }],
  'apps/v1beta2': [{ kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'], ...WORKLOADS }],
  'batch/v1beta1': [{ kinds: ['CronJob'], minor: 25, replacement: 'batch/v1', isSame: true }],
};

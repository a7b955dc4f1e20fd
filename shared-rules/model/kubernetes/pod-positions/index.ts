import { BATCH } from './batch.ts';
import { DATABASES } from './databases.ts';
import { KUBERNETES } from './kubernetes.ts';
import { OPERATORS } from './operators.ts';
import { PIPELINES } from './pipelines.ts';
import type { PodKinds, PodPosition } from './position.ts';
import { SERVING } from './serving.ts';

/** Every kind that is known to have pods. A kind that is not listed is searched by shape (see objects.ts). */
export const POD_KINDS: readonly PodKinds[] = [
  ...KUBERNETES,
  ...SERVING,
  ...BATCH,
  ...PIPELINES,
  ...DATABASES,
  ...OPERATORS,
];

/** Where each kind keeps its pods, by `group/Kind`; the core group is empty. */
export const POD_POSITIONS: ReadonlyMap<string, readonly PodPosition[]> = new Map(
  POD_KINDS.flatMap(({ group, kinds }) =>
    Object.entries(kinds).map(([kind, positions]) => [
      `${group}/${kind}`,
      positions.map((position) => (typeof position === 'string' ? { at: position } : position)),
    ]),
  ),
);

/** Kinds whose `containers` are a pattern to match pods against, or a report about them, and never run. */
export const NOT_WORKLOADS: ReadonlySet<string> = new Set([
  'kyverno.io/ClusterPolicy',
  'kyverno.io/Policy',
  'policies.kyverno.io/ValidatingPolicy',
  'auto.gke.io/WorkloadAllowlist',
  'imagepolicy.k8s.io/ImageReview',
  'policy.open-cluster-management.io/Policy',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'datadoghq.com/DatadogPodAutoscaler',
  'datadoghq.com/DatadogPodAutoscalerClusterProfile',
]);

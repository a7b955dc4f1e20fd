import type { Field } from '../../language/yaml/value.ts';
import type { Pod } from './objects.ts';

/** Multus and GKE attach further interfaces to the network namespace of a pod that has one of these annotations. */
const FURTHER_NETWORKS = /^(?:k8s\.v1\.cni\.cncf\.io\/networks|networking\.gke\.io\/interfaces)$/;

/** The annotation that gives a pod networks of its own beside the cluster's. */
export function furtherNetworks({ metadata }: Pod): Field | undefined {
  const annotations = metadata?.get('annotations')?.fields() ?? [];
  return annotations.find(({ name, value }) => FURTHER_NETWORKS.test(name) && value.rawText !== undefined);
}

import { type NamespaceFact, type PodFact, type PolicyFact, podKey } from './facts.ts';
import { isUnconditional, knownTexts, look } from './known.ts';
import type { KubernetesObject, Pod } from './kubernetes.ts';
import { type LabelSelector, readLabelSelector } from './label-selector.ts';
import { namespaceMeshes } from './meshes.ts';
import { remembered } from './remembered.ts';
import { placeOf, type Value } from './value.ts';

/** Fields by which a pod joins namespaces of its node. */
const HOST_FIELDS = ['hostNetwork', 'hostPID', 'hostIPC'];

/** Kubernetes' own workloads, by group and kind: what they say about a pod is what the pod will be. */
const WORKLOADS =
  /^(?:\/(?:Pod|ReplicationController)|(?:apps|extensions|batch|argoproj\.io)\/(?:Deployment|DaemonSet|ReplicaSet|StatefulSet|Job|CronJob|Rollout))$/;

/**
 * Whether an object is deployed as it stands: not a part of another object, and not made by a controller from one.
 */
export function isDeployed({ root }: KubernetesObject): boolean {
  const isListed = root.parent?.key === 'items' && root.parent.parent?.parent === undefined;
  return (root.parent === undefined || isListed) && !root.at('metadata', 'ownerReferences');
}

/** The pods of an object that is deployed as it stands, of a kind whose pods are what it says. */
export function deployedPods(object: KubernetesObject): readonly Pod[] {
  return WORKLOADS.test(`${object.group}/${object.kind}`) && isDeployed(object) ? object.pods : [];
}

/** The namespace that is written; empty where none is, undefined where that is not known. */
export function namespaceOf({ root }: KubernetesObject): string | undefined {
  const known = look(root, 'metadata', 'namespace');
  if (known === 'absent') return '';
  return known === 'unknown' ? undefined : known.text;
}

/** What others may have to know about a pod; undefined where its namespace is not known. */
export const podFact = remembered((pod: Pod): PodFact | undefined => {
  const { object, spec, metadata } = pod;
  const namespace = namespaceOf(object);
  if (namespace === undefined) return undefined;
  const fields = HOST_FIELDS.flatMap((name) => {
    const field = spec.field(name);
    return field?.value.boolean === true && isUnconditional(field.value) ? field : [];
  });
  return {
    is: 'pod',
    key: podKey(namespace, fields.length > 0),
    at: placeOf(fields[0]?.value ?? object.root.at('metadata', 'name') ?? spec),
    holder: { kind: object.kind ?? '', name: object.name ?? '', namespace: object.namespace },
    labels: isUnconditional(spec) ? podLabels(metadata) : undefined,
    isOnHostNetwork: isOnHostNetwork(spec),
    hostFields: fields.map(({ name }) => name),
  };
});

/** The labels of a pod; undefined where one of them is not known. */
export function podLabels(metadata: Value | undefined): PodFact['labels'] {
  return metadata ? knownTexts(look(metadata, 'labels')) : {};
}

function isOnHostNetwork(spec: Value): boolean | undefined {
  const known = look(spec, 'hostNetwork');
  if (known === 'absent') return false;
  return known === 'unknown' || !isUnconditional(known) ? undefined : known.boolean;
}

/** Kubernetes' own kind, and those of the networks Calico, Cilium and Antrea and of administrators. */
const POLICY = /NetworkPolicy$/;
const FOR_ALL_NAMESPACES = /^(?:Global|CiliumClusterwide|Cluster|Admin|BaselineAdmin)/;

/** The policy that an object is; undefined for anything else. */
export function policyFact(object: KubernetesObject): PolicyFact | undefined {
  const kind = object.kind ?? '';
  if (!POLICY.test(kind) || !isDeployed(object)) return undefined;
  const isOwn = kind === 'NetworkPolicy' && object.group === 'networking.k8s.io';
  return {
    is: 'policy',
    key: '',
    namespace: FOR_ALL_NAMESPACES.test(kind) ? '*' : namespaceOf(object),
    at: placeOf(object.root.at('metadata', 'name') ?? object.root),
    name: object.name ?? '',
    selector: isOwn ? policySelector(object.root) : undefined,
  };
}

/** Which pods a NetworkPolicy selects; all of its namespace where it does not say. */
function policySelector(root: Value): LabelSelector | undefined {
  const selector = look(root, 'spec', 'podSelector');
  if (selector === 'unknown' || !isUnconditional(root)) return undefined;
  return selector === 'absent' ? { labels: {}, expressions: [] } : readLabelSelector(selector);
}

/** What a Namespace says about its pods; undefined for anything else. */
export function namespaceFact(object: KubernetesObject): NamespaceFact | undefined {
  const { kind, group, name, root } = object;
  if (kind !== 'Namespace' || group !== '' || !name || !isDeployed(object) || !isUnconditional(root)) return undefined;
  const at = root.at('metadata', 'name') as Value;
  const enforce = root.at('metadata', 'labels')?.field('pod-security.kubernetes.io/enforce');
  return {
    is: 'namespace',
    key: name,
    at: placeOf(at),
    enforces: enforce && isUnconditional(enforce.value) ? enforce.value.text : undefined,
    enforcesAt: placeOf(enforce?.value ?? at),
    meshes: namespaceMeshes(root),
  };
}

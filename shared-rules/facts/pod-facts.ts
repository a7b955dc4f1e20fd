import { placeOf } from '../language/place.ts';
import { remembered } from '../language/remembered.ts';
import { isUnconditional, lookUp } from '../language/yaml/presence.ts';
import type { Value } from '../language/yaml/value.ts';
import { isDeployed, namespaceOf, podLabels } from '../model/kubernetes/deployed.ts';
import { type LabelSelector, readLabelSelector } from '../model/kubernetes/label-selector.ts';
import { namespaceMeshes } from '../model/kubernetes/meshes.ts';
import type { KubernetesObject, Pod } from '../model/kubernetes/objects.ts';
import { generatedName } from '../model/workload.ts';
import { type NamespaceFact, type PodFact, type PolicyFact, podKey } from './fact.ts';

/** Fields by which a pod joins namespaces of its node. */
const HOST_FIELDS = ['hostNetwork', 'hostPID', 'hostIPC'];

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
    holder: { kind: object.kind ?? '', name: object.name ?? '', ...generatedName(object), namespace: object.namespace },
    labels: isUnconditional(spec) ? podLabels(metadata) : undefined,
    isOnHostNetwork: isOnHostNetwork(spec),
    hostFields: fields.map(({ name }) => name),
  };
});

function isOnHostNetwork(spec: Value): boolean | undefined {
  const known = lookUp(spec, 'hostNetwork');
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
  const selector = lookUp(root, 'spec', 'podSelector');
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

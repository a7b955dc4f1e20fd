/** Group, version and kind of an object; in a selector, an empty text stands for any. */
export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What an object is known by. The namespace is empty where none is written. */
export interface ResourceId extends Gvk {
  readonly name: string;
  readonly namespace: string;
}

/** What is used for the namespace of objects that have none, and of those that are not in one. */
export const DEFAULT_NAMESPACE = 'default';
const NO_NAMESPACE = '_non_namespaceable_';

/** Kinds that are not in a namespace, by API version: what Kustomize 5 knows of the OpenAPI document of Kubernetes v1.21. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set(
  Object.entries({
    'admissionregistration.k8s.io/v1':
      'MutatingWebhookConfiguration ValidatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding',
    'admissionregistration.k8s.io/v1beta1': 'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
    'apiextensions.k8s.io/v1beta1': 'CustomResourceDefinition',
    'apiregistration.k8s.io/v1': 'APIService',
    'apiregistration.k8s.io/v1beta1': 'APIService',
    'certificates.k8s.io/v1': 'CertificateSigningRequest',
    'certificates.k8s.io/v1beta1': 'CertificateSigningRequest',
    'flowcontrol.apiserver.k8s.io/v1beta1': 'FlowSchema PriorityLevelConfiguration',
    'networking.k8s.io/v1': 'IngressClass',
    'networking.k8s.io/v1beta1': 'IngressClass',
    'node.k8s.io/v1': 'RuntimeClass',
    'node.k8s.io/v1beta1': 'RuntimeClass',
    'policy/v1beta1': 'PodSecurityPolicy',
    'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding',
    'rbac.authorization.k8s.io/v1beta1': 'ClusterRole ClusterRoleBinding',
    'scheduling.k8s.io/v1': 'PriorityClass',
    'scheduling.k8s.io/v1beta1': 'PriorityClass',
    'storage.k8s.io/v1': 'CSIDriver CSINode StorageClass VolumeAttachment',
    'storage.k8s.io/v1beta1': 'CSIDriver CSINode StorageClass VolumeAttachment',
    v1: 'ComponentStatus Namespace Node NodeProxyOptions PersistentVolume',
  }).flatMap(([apiVersion, kinds]) => kinds.split(' ').map((kind) => `${apiVersion} ${kind}`)),
);

export function gvkOf(apiVersion: string, kind: string): Gvk {
  const slash = apiVersion.indexOf('/');
  return { group: apiVersion.slice(0, Math.max(0, slash)), version: apiVersion.slice(slash + 1), kind };
}

export function isClusterScoped({ group, version, kind }: Gvk): boolean {
  return CLUSTER_SCOPED.has(`${group === '' ? '' : `${group}/`}${version} ${kind}`);
}

/** The namespace that decides whether two objects are in the same one. */
export function effectiveNamespace(id: ResourceId): string {
  if (isClusterScoped(id)) return NO_NAMESPACE;
  return id.namespace === '' ? DEFAULT_NAMESPACE : id.namespace;
}

/** A text that only equal ids have. */
export function keyOf(id: ResourceId): string {
  return [id.group, id.version, id.kind, effectiveNamespace(id), id.name].join('\n');
}

/** Whether a selector is met, of which empty texts stand for anything. */
export function isSelected(gvk: Gvk, by: Gvk): boolean {
  return (
    (by.group === '' || by.group === gvk.group) &&
    (by.version === '' || by.version === gvk.version) &&
    (by.kind === '' || by.kind === gvk.kind)
  );
}

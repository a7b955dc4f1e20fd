import type { FieldSpec } from './field-specs.ts';
import type { Gvk } from './ids.ts';

/** Names of objects of a kind, and where other objects refer to one by it. */
export interface ReferenceSpec extends Gvk {
  readonly referrers: readonly FieldSpec[];
}

/** Where the transformers write, and references to names are. */
export interface TransformerConfig {
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly namespace: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly volumeClaimTemplateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly varReference: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
  readonly nameReference: readonly ReferenceSpec[];
}

/** @param of a kind, and its group and version where they matter: `Job.batch`, `Service/v1`, `Service.serving.knative.dev/v1` */
function specsAt(of: string, paths: readonly string[], create = false): FieldSpec[] {
  const [name = '', version = ''] = of.split('/');
  const [kind = '', ...group] = name.split('.');
  return paths.map((path) => ({ group: group.join('.'), version, kind, path, create }));
}

const made = (of: string, path: string) => specsAt(of, [path], true);
const kept = (of: string, path: string) => specsAt(of, [path]);

/** Where kinds have the spec of their pods. */
const POD_SPECS: Readonly<Record<string, string>> = {
  Pod: 'spec',
  PodTemplate: 'template/spec',
  Deployment: 'spec/template/spec',
  ReplicaSet: 'spec/template/spec',
  ReplicationController: 'spec/template/spec',
  DaemonSet: 'spec/template/spec',
  StatefulSet: 'spec/template/spec',
  Job: 'spec/template/spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
};

const MOUNTING = ['Pod', 'PodTemplate', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob'];
const RUNNING = ['Pod', 'StatefulSet', 'Deployment', 'ReplicationController', 'CronJob', 'Job', 'DaemonSet'];
const EXPANDING = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'StatefulSet'];

/** In what these kinds say of their pods. */
function inPods(kinds: readonly string[], paths: readonly string[], podVersion = ''): FieldSpec[] {
  return kinds.flatMap((kind) => {
    const of = kind === 'Pod' && podVersion !== '' ? `Pod/${podVersion}` : kind;
    return specsAt(
      of,
      paths.map((path) => `${POD_SPECS[kind]}/${path}`),
    );
  });
}

const LABELS_OF_PODS = [
  ...made('', 'metadata/labels'),
  ...made('ReplicationController/v1', 'spec/template/metadata/labels'),
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet.apps', 'Job.batch'].flatMap((kind) =>
    made(kind, 'spec/template/metadata/labels'),
  ),
  ...made('CronJob.batch', 'spec/jobTemplate/metadata/labels'),
  ...made('CronJob.batch', 'spec/jobTemplate/spec/template/metadata/labels'),
];
const LABELS_OF_CLAIMS = made('StatefulSet.apps', 'spec/volumeClaimTemplates[]/metadata/labels');

const SCHEDULING_SELECTORS = [
  ...['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
    `affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
    `affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
  ]),
  'topologySpreadConstraints/labelSelector/matchLabels',
].map((path) => `spec/template/spec/${path}`);

const ANNOTATIONS = [
  ...made('', 'metadata/annotations'),
  ...made('ReplicationController/v1', 'spec/template/metadata/annotations'),
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job.batch'].flatMap((kind) =>
    made(kind, 'spec/template/metadata/annotations'),
  ),
  ...made('CronJob.batch', 'spec/jobTemplate/metadata/annotations'),
  ...made('CronJob.batch', 'spec/jobTemplate/spec/template/metadata/annotations'),
];

const LABELS_AND_SELECTORS = [
  ...made('Service/v1', 'spec/selector'),
  ...made('ReplicationController/v1', 'spec/selector'),
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet.apps'].flatMap((kind) =>
    made(kind, 'spec/selector/matchLabels'),
  ),
  ...['Deployment.apps', 'StatefulSet.apps'].flatMap((kind) => specsAt(kind, SCHEDULING_SELECTORS)),
  ...kept('Job.batch', 'spec/selector/matchLabels'),
  ...kept('CronJob.batch', 'spec/jobTemplate/spec/selector/matchLabels'),
  ...kept('PodDisruptionBudget.policy', 'spec/selector/matchLabels'),
  ...specsAt('NetworkPolicy.networking.k8s.io', [
    'spec/podSelector/matchLabels',
    'spec/ingress/from/podSelector/matchLabels',
    'spec/egress/to/podSelector/matchLabels',
  ]),
  ...LABELS_OF_PODS,
  ...LABELS_OF_CLAIMS,
];

const EXPANDED = ['containers', 'initContainers'].flatMap((list) =>
  ['args', 'command', 'env/value', 'volumeMounts/mountPath'].map((path) => `${list}/${path}`),
);

const VARIABLES = [
  ...inPods(EXPANDING, EXPANDED),
  ...kept('CronJob', 'spec/jobTemplate/spec/template/volumes/nfs/server'),
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet'].flatMap((kind) =>
    kept(kind, 'spec/template/spec/volumes/nfs/server'),
  ),
  ...kept('Pod', 'spec/volumes/nfs/server'),
  ...kept('Deployment', 'spec/template/metadata/annotations'),
  ...specsAt('Ingress', ['spec/rules/host', 'spec/tls/hosts', 'spec/tls/secretName']),
  ...specsAt('Service', ['spec/ports/port', 'spec/ports/targetPort']),
  ...kept('StatefulSet', 'spec/volumeClaimTemplates/spec/nfs/server'),
  ...kept('PersistentVolume', 'spec/nfs/server'),
  ...specsAt('', ['metadata/labels', 'metadata/annotations']),
];

/** What refers to names of a kind. */
function references(of: string, ...referrers: readonly (readonly FieldSpec[])[]): ReferenceSpec {
  const [{ group, version, kind }] = specsAt(of, ['']) as [FieldSpec];
  return { group, version, kind, referrers: referrers.flat() };
}

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const NAMED_IN_ROLES = [...kept('Role', 'rules/resourceNames'), ...kept('ClusterRole', 'rules/resourceNames')];

const NAME_REFERENCES = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) =>
    references(kind, kept('HorizontalPodAutoscaler', 'spec/scaleTargetRef/name')),
  ),
  references(
    'ConfigMap/v1',
    inPods(
      MOUNTING,
      [
        'volumes/configMap/name',
        'containers/env/valueFrom/configMapKeyRef/name',
        'initContainers/env/valueFrom/configMapKeyRef/name',
        'containers/envFrom/configMapRef/name',
        'initContainers/envFrom/configMapRef/name',
        'volumes/projected/sources/configMap/name',
      ],
      'v1',
    ),
    kept('Node', 'spec/configSource/configMap'),
    NAMED_IN_ROLES,
    kept('Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap'),
  ),
  references(
    'Secret/v1',
    inPods(
      MOUNTING,
      [
        'volumes/secret/secretName',
        'containers/env/valueFrom/secretKeyRef/name',
        'initContainers/env/valueFrom/secretKeyRef/name',
        'containers/envFrom/secretRef/name',
        'initContainers/envFrom/secretRef/name',
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ],
      'v1',
    ),
    specsAt('Ingress', [
      'spec/tls/secretName',
      'metadata/annotations/ingress.kubernetes.io\\/auth-secret',
      'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret',
      'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret',
    ]),
    kept('ServiceAccount', 'imagePullSecrets/name'),
    specsAt(
      'StorageClass',
      ['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((name) => `parameters/${name}`),
    ),
    NAMED_IN_ROLES,
    kept('Service.serving.knative.dev/v1', 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name'),
    kept('PersistentVolume', 'spec/azureFile/secretName'),
  ),
  references(
    'Service/v1',
    kept('StatefulSet.apps', 'spec/serviceName'),
    specsAt('Ingress', [
      'spec/rules/http/paths/backend/serviceName',
      'spec/backend/serviceName',
      'spec/rules/http/paths/backend/service/name',
      'spec/defaultBackend/service/name',
    ]),
    kept('APIService.apiregistration.k8s.io', 'spec/service/name'),
    kept(`ValidatingWebhookConfiguration.${ADMISSION}`, 'webhooks/clientConfig/service'),
    kept(`MutatingWebhookConfiguration.${ADMISSION}`, 'webhooks/clientConfig/service'),
  ),
  references(`Role.${RBAC}`, kept(`RoleBinding.${RBAC}`, 'roleRef/name')),
  references(
    `ClusterRole.${RBAC}`,
    kept(`RoleBinding.${RBAC}`, 'roleRef/name'),
    kept(`ClusterRoleBinding.${RBAC}`, 'roleRef/name'),
  ),
  references(
    'ServiceAccount/v1',
    kept(`RoleBinding.${RBAC}`, 'subjects'),
    kept(`ClusterRoleBinding.${RBAC}`, 'subjects'),
    inPods(RUNNING, ['serviceAccountName']),
  ),
  references('PersistentVolumeClaim/v1', inPods(RUNNING, ['volumes/persistentVolumeClaim/claimName'])),
  references(
    'PersistentVolume/v1',
    kept('PersistentVolumeClaim', 'spec/volumeName'),
    kept('ClusterRole', 'rules/resourceNames'),
  ),
  references(
    'StorageClass.storage.k8s.io/v1',
    kept('PersistentVolume', 'spec/storageClassName'),
    kept('PersistentVolumeClaim', 'spec/storageClassName'),
    kept('StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName'),
  ),
  references('PriorityClass.scheduling.k8s.io/v1', inPods(RUNNING, ['priorityClassName'])),
  references(
    `ValidatingAdmissionPolicy.${ADMISSION}`,
    kept(`ValidatingAdmissionPolicyBinding.${ADMISSION}`, 'spec/policyName'),
  ),
];

/** What Kustomize 5 knows by itself: https://github.com/kubernetes-sigs/kustomize, `api/internal/konfig/builtinpluginconsts`. */
export const DEFAULT_SPECS: TransformerConfig = {
  namePrefix: kept('', 'metadata/name'),
  nameSuffix: kept('', 'metadata/name'),
  namespace: [
    ...made('Namespace', 'metadata/name'),
    ...made('APIService.apiregistration.k8s.io', 'spec/service/namespace'),
    ...kept('CustomResourceDefinition.apiextensions.k8s.io', 'spec/conversion/webhook/clientConfig/service/namespace'),
  ],
  commonLabels: LABELS_AND_SELECTORS,
  labels: [],
  templateLabels: LABELS_OF_PODS,
  volumeClaimTemplateLabels: LABELS_OF_CLAIMS,
  commonAnnotations: ANNOTATIONS,
  varReference: VARIABLES,
  images: [
    'spec/containers[]/image',
    'spec/initContainers[]/image',
    'spec/volumes[]/image/reference',
    'spec/template/spec/containers[]/image',
    'spec/template/spec/initContainers[]/image',
    'spec/template/spec/volumes[]/image/reference',
    'spec/jobTemplate/spec/template/spec/volumes[]/image/reference',
  ].flatMap((path) => made('', path)),
  replicas: ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].flatMap((kind) =>
    made(kind, 'spec/replicas'),
  ),
  nameReference: NAME_REFERENCES,
};

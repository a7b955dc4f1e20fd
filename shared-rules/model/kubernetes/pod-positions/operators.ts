import {
  below,
  CONTAINER_CONTEXT,
  POD_TEMPLATE,
  type PodKinds,
  type PodPosition,
  TEMPLATE,
  withContainerContext,
} from './position.ts';

/** The fields of the pod and those of its main container side by side, with the security context of the pod. */
const SPREAD: PodPosition = { at: 'spec', containers: [{ at: '', names: { securityContext: null } }] };

const OPEN_TELEMETRY = [{ ...CONTAINER_CONTEXT, containers: ['', 'additionalContainers[]'] }];
const ELASTIC_SETS = ['daemonSet', 'deployment', 'statefulSet'].map((set) => `spec.${set}.podTemplate.spec`);
const JAEGER = [
  'spec',
  ...below('spec', ['allInOne', 'query', 'collector', 'ingester', 'ingress']),
  ...below('spec.storage', ['dependencies', 'esIndexCleaner', 'esRollover']),
];

/** Fields for the pods and the main container of a component. */
const VICTORIA: PodPosition[] = [{ at: 'spec', containers: [''] }];

function victoriaCluster(...components: readonly string[]): PodPosition[] {
  return below('spec', [...components, 'requestsLoadBalancer.spec']).map((at) => ({ at, containers: [''] }));
}

const KNATIVE_OVERRIDES = ['spec.workloads[]', 'spec.deployments[]'];

function fluentbit(at: string): PodPosition {
  return {
    at,
    containers: [{ at: '', names: { securityContext: 'security.securityContext', volumeMounts: null } }],
    names: { hostNetwork: 'HostNetwork', securityContext: 'security.podSecurityContext' },
  };
}

function envoy(at: string): PodPosition[] {
  const names = { securityContext: 'pod.securityContext', volumes: 'pod.volumes' };
  return [{ at, containers: ['container'], names }, { at: `${at}.patch.value.spec.template.spec` }];
}

/** Observability and infrastructure. */
export const OPERATORS: readonly PodKinds[] = [
  {
    group: 'monitoring.coreos.com',
    source:
      'prometheus-operator/prometheus-operator pkg/apis/monitoring/v1: CommonPrometheusFields, AlertmanagerSpec, ThanosRulerSpec',
    kinds: { Prometheus: [SPREAD], PrometheusAgent: [SPREAD], Alertmanager: [SPREAD], ThanosRuler: [SPREAD] },
  },
  {
    group: 'operator.victoriametrics.com',
    source:
      'VictoriaMetrics/operator api/operator/v1beta1/vmextra_types.go: CommonApplicationDeploymentParams, SecurityContext; api/operator/v1: VLCluster, VTCluster',
    kinds: {
      ...Object.fromEntries(
        [
          ...['VMAgent', 'VMAlert', 'VMAlertmanager', 'VMAuth', 'VMSingle', 'VMAnomaly'],
          ...['VLogs', 'VLAgent', 'VLSingle', 'VTAgent', 'VTSingle'],
        ].map((kind) => [kind, VICTORIA]),
      ),
      VMCluster: victoriaCluster('vmselect', 'vminsert', 'vmstorage'),
      VLCluster: victoriaCluster('vlselect', 'vlinsert', 'vlstorage'),
      VTCluster: victoriaCluster('select', 'insert', 'storage'),
    },
  },
  {
    group: 'monitoring.grafana.com',
    source: 'grafana/agent operator CRD monitoring.grafana.com_grafanaagents.yaml',
    kinds: { GrafanaAgent: [SPREAD] },
  },
  {
    group: 'grafana.integreatly.org',
    source: 'grafana/grafana-operator api/v1beta1: DeploymentV1PodTemplateSpec',
    kinds: { Grafana: ['spec.deployment.spec.template.spec'] },
  },
  {
    group: 'opentelemetry.io',
    source: 'open-telemetry/opentelemetry-operator apis/v1beta1/common.go: OpenTelemetryCommonFields',
    kinds: { OpenTelemetryCollector: OPEN_TELEMETRY, OpAMPBridge: OPEN_TELEMETRY, TargetAllocator: OPEN_TELEMETRY },
  },
  {
    group: 'jaegertracing.io',
    source:
      'jaegertracing/jaeger-operator apis/v1/jaeger_types.go: JaegerCommonSpec, JaegerAgentSpec, JaegerIngressSpec, JaegerStorageSpec',
    kinds: {
      Jaeger: [
        ...JAEGER.map(withContainerContext),
        {
          at: 'spec.agent',
          containers: [
            { at: '', names: { securityContext: 'containerSecurityContext' } },
            { at: '', names: { securityContext: 'sidecarSecurityContext' } },
          ],
        },
      ],
    },
  },
  {
    group: 'fluentbit.fluent.io',
    source: 'fluent/fluent-operator apis/fluentbit/v1alpha2/fluentbit_types.go: FluentBitSpec',
    kinds: {
      FluentBit: [
        {
          at: 'spec',
          containers: [
            { at: '', names: { securityContext: 'containerSecurityContext', volumeMounts: 'volumesMounts' } },
          ],
        },
      ],
    },
  },
  {
    group: 'fluentd.fluent.io',
    source: 'fluent/fluent-operator apis/fluentd/v1alpha1/fluentd_types.go: FluentdSpec',
    kinds: { Fluentd: [SPREAD] },
  },
  {
    group: 'logging.banzaicloud.io',
    source: 'kube-logging/logging-operator pkg/sdk/logging/api/v1beta1/fluentbit_types.go: FluentbitSpec',
    kinds: { FluentbitAgent: ['spec'].map(fluentbit), Logging: ['spec.fluentbit'].map(fluentbit) },
  },
  {
    group: 'datadoghq.com',
    source:
      'DataDog/datadog-operator api/datadoghq/v2alpha1: DatadogAgentComponentOverride, DatadogAgentGenericContainer; DataDog/extendeddaemonset api/v1alpha1',
    kinds: {
      DatadogAgent: [{ at: 'spec.override.*', containers: ['containers.*'] }],
      DatadogAgentInternal: [{ at: 'spec.override.*', containers: ['containers.*'] }],
      DatadogAgentProfile: [{ at: 'spec.config.override.*', containers: ['containers.*'] }],
      ExtendedDaemonSet: TEMPLATE,
      ExtendedDaemonSetReplicaSet: TEMPLATE,
    },
  },
  ...[
    ['elasticsearch', 'Elasticsearch', ['spec.nodeSets[].podTemplate.spec']],
    ['kibana', 'Kibana', POD_TEMPLATE],
    ['apm', 'ApmServer', POD_TEMPLATE],
    ['agent', 'Agent', ELASTIC_SETS],
    ['beat', 'Beat', ELASTIC_SETS],
    ['logstash', 'Logstash', POD_TEMPLATE],
    ['enterprisesearch', 'EnterpriseSearch', POD_TEMPLATE],
    ['packageregistry', 'PackageRegistry', POD_TEMPLATE],
    ['autoops', 'AutoOpsAgentPolicy', POD_TEMPLATE],
    ['maps', 'ElasticMapsServer', POD_TEMPLATE],
  ].map(([group, kind, paths]) => ({
    group: `${group as string}.k8s.elastic.co`,
    source: `elastic/cloud-on-k8s pkg/apis/${group as string}: podTemplate`,
    kinds: { [kind as string]: paths as string[] },
  })),
  {
    group: 'litmuschaos.io',
    source:
      'litmuschaos/chaos-operator api/litmuschaos/v1alpha1/chaosexperiment_types.go: ExperimentDef, SecurityContext',
    kinds: {
      ChaosExperiment: [
        {
          at: 'spec.definition',
          containers: [{ at: '', names: { securityContext: 'securityContext.containerSecurityContext' } }],
          names: { securityContext: 'securityContext.podSecurityContext' },
        },
      ],
    },
  },
  {
    group: 'gateway.envoyproxy.io',
    source: 'envoyproxy/gateway api/v1alpha1/shared_types.go: KubernetesDeploymentSpec, KubernetesDaemonSetSpec',
    kinds: {
      EnvoyProxy: below('spec.provider.kubernetes', ['envoyDeployment', 'envoyDaemonSet']).flatMap(envoy),
      EnvoyGateway: envoy('provider.kubernetes.rateLimitDeployment'),
    },
  },
  {
    group: 'install.istio.io',
    source: 'istio/api operator/v1alpha1/operator.proto: KubernetesResources',
    kinds: {
      IstioOperator: [
        'spec.components.*.k8s',
        'spec.components.ingressGateways[].k8s',
        'spec.components.egressGateways[].k8s',
      ].map((at) => ({ ...SPREAD, at })),
    },
  },
  {
    group: 'operators.coreos.com',
    source: 'operator-framework/api pkg/operators/v1alpha1: StrategyDeploymentSpec, SubscriptionConfig',
    kinds: {
      ClusterServiceVersion: ['spec.install.spec.deployments[].spec.template.spec'],
      Subscription: [{ at: 'spec.config', containers: [''], names: { securityContext: null } }],
    },
  },
  {
    group: 'operator.tigera.io',
    source: 'tigera/operator api/v1: CalicoWebhooksDeployment',
    kinds: { APIServer: ['spec.calicoWebhooksDeployment.spec.template.spec'] },
  },
  {
    group: 'ceph.rook.io',
    source:
      'rook/rook pkg/apis/ceph.rook.io/v1/types.go: NetworkSpec, MgrSpec, CephExporterSpec, GatewaySpec, GaneshaServerSpec',
    kinds: {
      CephCluster: [
        { at: 'spec', names: { hostNetwork: { at: 'network.provider', meansTrue: 'host' } } },
        'spec.network',
        'spec.mgr',
        'spec.monitoring.exporter',
      ],
      CephObjectStore: ['spec.gateway'],
      CephNFS: ['spec.server'],
      CephNVMeOFGateway: ['spec'],
    },
  },
  {
    group: 'csi.ceph.io',
    source: 'ceph/ceph-csi-operator api/v1: ControllerPluginSpec',
    kinds: {
      Driver: ['spec.controllerPlugin'],
      OperatorConfig: ['spec.driverSpecDefaults.controllerPlugin'],
    },
  },
  {
    group: 'nvidia.com',
    source:
      'NVIDIA/gpu-operator api/nvidia/v1/clusterpolicy_types.go and config/crd/bases: hostNetwork, hostPID of each component',
    kinds: { ClusterPolicy: ['spec.*'], GPUCluster: ['spec.*'], NVIDIADriver: ['spec'] },
  },
  {
    group: 'operator.openshift.io',
    source: 'openshift/api operator/v1/types_ingress.go: EndpointPublishingStrategy',
    kinds: {
      IngressController: [
        {
          at: 'spec.endpointPublishingStrategy',
          names: { hostNetwork: { at: 'type', meansTrue: 'HostNetwork' } },
        },
      ],
    },
  },
  {
    group: 'operator.knative.dev',
    source: 'knative/operator pkg/apis/operator/base/common.go: WorkloadOverride',
    kinds: { KnativeServing: KNATIVE_OVERRIDES, KnativeEventing: KNATIVE_OVERRIDES },
  },
];

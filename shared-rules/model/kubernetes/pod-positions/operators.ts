import { below, POD_TEMPLATE, type PodKinds, type PodPosition, TEMPLATE } from './position.ts';

/** The fields of the pod and those of its main container side by side, with the security context of the pod. */
const SPREAD: PodPosition = { at: 'spec', containers: [{ at: '', names: { securityContext: null } }] };
/** The same with the security context of the container; that of the pod has another name. */
const CONTAINER_CONTEXT: PodPosition = {
  at: 'spec',
  containers: [''],
  names: { securityContext: 'podSecurityContext' },
};

function withContainerContext(at: string): PodPosition {
  return { at, containers: [{ at: '', names: { securityContext: 'containerSecurityContext' } }] };
}

/** Strimzi's templates of a component: one for its pods, and one for each of its containers. */
function strimzi(...components: readonly string[]): PodPosition[] {
  const names = { securityContext: 'pod.securityContext', volumes: 'pod.volumes' };
  return components.map((at) => ({ at: `${at}.template`, containers: ['*Container'], names }));
}

const OPEN_TELEMETRY = [{ ...CONTAINER_CONTEXT, containers: ['', 'additionalContainers[]'] }];
const CONNECT = strimzi('spec');
const ELASTIC_SETS = ['daemonSet', 'deployment', 'statefulSet'].map((set) => `spec.${set}.podTemplate.spec`);
const CLICKHOUSE = ['spec.templates.podTemplates[].spec'];
const JAEGER = ['spec', ...below('spec', ['allInOne', 'query', 'collector', 'ingester', 'agent'])];
const REDIS_CONTAINER = { securityContext: 'containerSecurityContext', volumeMounts: 'extraVolumeMounts' };

/** The main container's fields stand in `spec`, in `redisLeader` and in `redisFollower`. */
const OPSTREE_REDIS: PodPosition[] = [
  {
    at: 'spec',
    containers: [
      { at: '', names: { volumeMounts: 'storage.volumeMount.mountPath' } },
      'redisLeader',
      'redisFollower',
      'initContainer',
      'redisExporter',
      { at: 'sidecars[]', names: { volumeMounts: 'mountPath' } },
    ],
    names: { securityContext: 'podSecurityContext', volumes: 'storage.volumeMount.volume' },
  },
];

function envoy(at: string): PodPosition[] {
  const names = { securityContext: 'pod.securityContext', volumes: 'pod.volumes' };
  return [{ at, containers: ['container'], names }, { at: `${at}.patch.value.spec.template.spec` }];
}

/** Databases, observability and infrastructure. */
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
      'VictoriaMetrics/operator api/operator/v1beta1/vmextra_types.go: CommonApplicationDeploymentParams, SecurityContext',
    kinds: {
      ...Object.fromEntries(
        ['VMAgent', 'VMAlert', 'VMAlertmanager', 'VMAuth', 'VMSingle'].map((kind) => [
          kind,
          [{ at: 'spec', containers: [''] }],
        ]),
      ),
      VMCluster: below('spec', ['vmselect', 'vminsert', 'vmstorage']).map((at) => ({ at, containers: [''] })),
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
    source: 'jaegertracing/jaeger-operator apis/v1/jaeger_types.go: JaegerCommonSpec, JaegerAgentSpec',
    kinds: { Jaeger: JAEGER.map(withContainerContext) },
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
    group: 'clickhouse.altinity.com',
    source: 'Altinity/clickhouse-operator pkg/apis/clickhouse.altinity.com/v1: PodTemplate',
    kinds: { ClickHouseInstallation: CLICKHOUSE, ClickHouseInstallationTemplate: CLICKHOUSE },
  },
  {
    group: 'clickhouse-keeper.altinity.com',
    source: 'Altinity/clickhouse-operator pkg/apis/clickhouse-keeper.altinity.com/v1',
    kinds: { ClickHouseKeeperInstallation: CLICKHOUSE },
  },
  {
    group: 'rabbitmq.com',
    source: 'rabbitmq/cluster-operator api/v1beta1: RabbitmqClusterOverrideSpec',
    kinds: { RabbitmqCluster: ['spec.override.statefulSet.spec.template.spec'] },
  },
  {
    group: 'postgresql.cnpg.io',
    source: 'cloudnative-pg/cloudnative-pg api/v1/cluster_types.go: ClusterSpec; pooler_types.go: PodTemplateSpec',
    kinds: { Cluster: [CONTAINER_CONTEXT], Pooler: TEMPLATE },
  },
  {
    group: 'acid.zalan.do',
    source: 'zalando/postgres-operator pkg/apis/acid.zalan.do/v1/postgresql_type.go: PostgresSpec, Sidecar',
    kinds: { postgresql: [{ at: 'spec', containers: ['sidecars[]'] }] },
  },
  {
    group: 'databases.spotahome.com',
    source: 'spotahome/redis-operator api/redisfailover/v1/types.go: RedisSettings, SentinelSettings',
    kinds: {
      RedisFailover: below('spec', ['redis', 'sentinel']).map((at) => ({
        at,
        containers: [
          { at: '', names: REDIS_CONTAINER },
          'extraContainers[]',
          { at: 'exporter', names: REDIS_CONTAINER },
          { at: 'configCopy', names: REDIS_CONTAINER },
        ],
        names: { volumes: 'extraVolumes' },
      })),
    },
  },
  {
    group: 'redis.redis.opstreelabs.in',
    source:
      'OT-CONTAINER-KIT/redis-operator api/common/v1beta2/common_types.go: Sidecar, InitContainer, Storage; api/rediscluster/v1beta2: RedisClusterSpec',
    kinds: {
      Redis: OPSTREE_REDIS,
      RedisCluster: OPSTREE_REDIS,
      RedisReplication: OPSTREE_REDIS,
      RedisSentinel: OPSTREE_REDIS,
    },
  },
  {
    group: 'pxc.percona.com',
    source: 'percona/percona-xtradb-cluster-operator pkg/apis/pxc/v1/pxc_types.go: PodSpec',
    kinds: {
      PerconaXtraDBCluster: below('spec', ['pxc', 'proxysql', 'haproxy']).map((at) => ({
        at,
        containers: [{ at: '', names: { securityContext: 'containerSecurityContext' } }, 'sidecars[]'],
        names: { securityContext: 'podSecurityContext', volumes: 'sidecarVolumes' },
      })),
    },
  },
  {
    group: 'mongodbcommunity.mongodb.com',
    source: 'mongodb/mongodb-kubernetes-operator api/v1/mongodbcommunity_types.go: StatefulSetConfiguration',
    kinds: { MongoDBCommunity: ['spec.statefulSet.spec.template.spec'] },
  },
  {
    group: 'minio.min.io',
    source: 'minio/operator pkg/apis/minio.min.io/v2/types.go: TenantSpec, SideCars, Pool',
    kinds: {
      Tenant: [
        {
          at: 'spec',
          containers: [{ at: '', names: { securityContext: null, volumeMounts: 'additionalVolumeMounts' } }],
          names: { securityContext: null, volumes: 'additionalVolumes' },
        },
        'spec.sideCars',
        withContainerContext('spec.pools[]'),
      ],
    },
  },
  {
    group: 'opensearch.opster.io',
    source:
      'opensearch-project/opensearch-k8s-operator opensearch-operator/api/v1/opensearch_types.go: GeneralConfig, DashboardsConfig',
    kinds: {
      OpenSearchCluster: below('spec', ['general', 'dashboards']).map((at) => ({ ...CONTAINER_CONTEXT, at })),
    },
  },
  {
    group: 'kafka.strimzi.io',
    source:
      'strimzi/strimzi-kafka-operator api/src/main/java/io/strimzi/api/kafka/model: PodTemplate, ContainerTemplate and the templates of each component',
    kinds: {
      Kafka: strimzi(
        ...below('spec', ['kafka', 'zookeeper', 'entityOperator', 'cruiseControl', 'kafkaExporter', 'jmxTrans']),
      ),
      KafkaNodePool: CONNECT,
      KafkaConnect: CONNECT,
      KafkaBridge: CONNECT,
      KafkaMirrorMaker: CONNECT,
      KafkaMirrorMaker2: CONNECT,
    },
  },
  {
    group: 'core.strimzi.io',
    source: 'strimzi/strimzi-kafka-operator api/src/main/java/io/strimzi/api/kafka/model/podset: StrimziPodSetSpec',
    kinds: { StrimziPodSet: ['spec.pods[].spec'] },
  },
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
      CephCluster: ['spec.network', 'spec.mgr', 'spec.monitoring.exporter'],
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
];

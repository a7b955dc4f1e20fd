import {
  below,
  CONTAINER_CONTEXT,
  type PodKinds,
  type PodPosition,
  TEMPLATE,
  withContainerContext,
} from './position.ts';

/** Strimzi's templates of a component: one for its pods, and one for each of its containers. */
function strimzi(...components: readonly string[]): PodPosition[] {
  const names = { securityContext: 'pod.securityContext', volumes: 'pod.volumes' };
  return components.map((at) => ({ at: `${at}.template`, containers: ['*Container'], names }));
}

const CONNECT = strimzi('spec');
const CLICKHOUSE = ['spec.templates.podTemplates[].spec'];
const REDIS_CONTAINER = { securityContext: 'containerSecurityContext', volumeMounts: 'extraVolumeMounts' };
const PERCONA_REPLSETS = ['spec.replsets[]', 'spec.sharding.configsvrReplSet'];
const MARIADB: PodPosition[] = [{ ...CONTAINER_CONTEXT, containers: ['', 'sidecarContainers[]'] }];

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

function percona(at: string): PodPosition {
  return {
    at,
    containers: [{ at: '', names: { securityContext: 'containerSecurityContext' } }, 'sidecars[]'],
    names: { securityContext: 'podSecurityContext', volumes: 'sidecarVolumes' },
  };
}

/** Databases, object stores and brokers. */
export const DATABASES: readonly PodKinds[] = [
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
    source:
      'zalando/postgres-operator pkg/apis/acid.zalan.do/v1/postgresql_type.go: PostgresSpec, Sidecar, AdditionalVolume',
    kinds: {
      postgresql: [
        {
          at: 'spec',
          containers: ['init_containers[]', { at: 'sidecars[]', names: { securityContext: null } }],
          names: {
            securityContext: null,
            volumes: { at: 'additionalVolumes', items: { hostPath: 'volumeSource.hostPath' } },
          },
        },
      ],
    },
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
      PerconaXtraDBCluster: below('spec', ['pxc', 'proxysql', 'haproxy']).map(percona),
    },
  },
  {
    group: 'ps.percona.com',
    source: 'percona/percona-server-mysql-operator api/v1alpha1/perconaservermysql_types.go: PodSpec',
    kinds: {
      PerconaServerMySQL: below('spec', ['mysql', 'orchestrator', 'proxy.haproxy', 'proxy.router']).map(percona),
    },
  },
  {
    group: 'psmdb.percona.com',
    source:
      'percona/percona-server-mongodb-operator pkg/apis/psmdb/v1/psmdb_types.go: MultiAZ, ReplsetSpec, MongosSpec',
    kinds: {
      PerconaServerMongoDB: [
        ...PERCONA_REPLSETS.flatMap((at) => [at, ...below(at, ['arbiter', 'nonvoting', 'hidden'])]),
        'spec.sharding.mongos',
        'spec.backup',
      ].map(percona),
    },
  },
  {
    group: 'pgv2.percona.com',
    source:
      'percona/percona-postgresql-operator pkg/apis/pgv2.percona.com/v2/perconapgcluster_types.go: PGInstanceSetSpec, PGBouncerSpec',
    kinds: {
      PerconaPGCluster: below('spec', ['instances[]', 'proxy.pgBouncer']).map((at) => ({
        at,
        containers: ['sidecars[]'],
      })),
    },
  },
  {
    group: 'k8s.mariadb.com',
    source: 'mariadb-operator/mariadb-operator api/v1alpha1/base_types.go: PodTemplate, ContainerTemplate',
    kinds: { MariaDB: MARIADB, MaxScale: MARIADB },
  },
  {
    group: 'mysql.oracle.com',
    source: 'mysql/mysql-operator deploy/deploy-crds.yaml: podSpec of InnoDBCluster and of its router',
    kinds: { InnoDBCluster: ['spec.podSpec', 'spec.router.podSpec'] },
  },
  {
    group: 'pingcap.com',
    source:
      'pingcap/tidb-operator pkg/apis/pingcap/v1alpha1/types.go: ComponentSpec; examples/advanced/tidb-cluster.yaml',
    kinds: {
      TidbCluster: [
        'spec',
        ...below('spec', ['discovery', 'pd', 'tidb', 'tikv', 'tiflash', 'tiproxy', 'ticdc', 'pump']).map((at) => ({
          at,
          containers: [
            { at: '', names: { securityContext: null, volumeMounts: 'additionalVolumeMounts' } },
            'additionalContainers[]',
          ],
          names: { securityContext: 'podSecurityContext', volumes: 'additionalVolumes' },
        })),
      ],
    },
  },
  {
    group: 'asdb.aerospike.com',
    source: 'aerospike/aerospike-kubernetes-operator api/v1/aerospikecluster_types.go: AerospikePodSpec',
    kinds: {
      AerospikeCluster: [
        { at: 'spec.podSpec', containers: ['aerospikeContainer', 'aerospikeInitContainer', 'sidecars[]'] },
      ],
    },
  },
  {
    group: 'scylla.scylladb.com',
    source: 'scylladb/scylla-operator pkg/api/scylla/v1/types_cluster.go: Network, RackSpec',
    kinds: {
      ScyllaCluster: [
        { at: 'spec.network', names: { hostNetwork: 'hostNetworking' } },
        { at: 'spec.datacenter.racks[]', containers: [{ at: '', names: { securityContext: null } }] },
      ],
    },
  },
  {
    group: 'cassandra.datastax.com',
    source: 'k8ssandra/cass-operator apis/cassandra/v1beta1/cassandradatacenter_types.go: NetworkingConfig',
    kinds: { CassandraDatacenter: ['spec.networking', 'spec.podTemplateSpec.spec'] },
  },
  {
    group: 'k8ssandra.io',
    source: 'k8ssandra/k8ssandra-operator apis/k8ssandra/v1alpha1/k8ssandracluster_types.go: DatacenterOptions',
    kinds: {
      K8ssandraCluster: ['spec.cassandra', 'spec.cassandra.datacenters[]'].flatMap((at) => [
        { at, names: { securityContext: 'podSecurityContext', volumes: 'extraVolumes.volumes' } },
        { at: `${at}.networking` },
      ]),
    },
  },
  {
    group: 'solr.apache.org',
    source: 'apache/solr-operator api/v1beta1/common_types.go: PodOptions, AdditionalVolume',
    kinds: {
      SolrCloud: [
        {
          at: 'spec.customSolrKubeOptions.podOptions',
          containers: [
            { at: '', names: { securityContext: 'containerSecurityContext', volumeMounts: null } },
            'sidecarContainers[]',
          ],
          names: {
            securityContext: 'podSecurityContext',
            volumes: { at: 'volumes', items: { hostPath: 'source.hostPath' } },
          },
        },
      ],
    },
  },
  {
    group: 'seaweed.seaweedfs.com',
    source: 'seaweedfs/seaweedfs-operator api/v1/seaweed_types.go: SeaweedSpec, ComponentSpec',
    kinds: {
      Seaweed: ['spec', ...below('spec', ['master', 'volume', 'filer', 'volumeTopology.*'])].map((at) => ({
        at,
        containers: [{ at: '', names: { securityContext: null } }],
        names: { securityContext: null },
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
      'opensearch-project/opensearch-k8s-operator opensearch-operator/api/v1/opensearch_types.go: GeneralConfig, DashboardsConfig, AdditionalVolume, PersistenceSource',
    kinds: {
      OpenSearchCluster: [
        ...below('spec', ['general', 'dashboards']).map((at) => ({
          ...CONTAINER_CONTEXT,
          at,
          names: { ...CONTAINER_CONTEXT.names, volumes: 'additionalVolumes' },
        })),
        {
          at: 'spec.nodePools[]',
          names: { securityContext: null, volumes: { at: 'persistence', items: {} } },
        },
      ],
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
      KafkaConnect: [...CONNECT, { at: 'spec.template.buildPod' }],
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
];

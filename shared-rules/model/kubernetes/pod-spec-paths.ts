/**
 * Where each kind keeps its pod specs, as field paths from the object: `[]` stands for every item of a list,
 * `*` for every value of a mapping. Written in the kind's API or custom resource definition; a kind that
 * is not listed is searched by shape (see kubernetes.ts).
 *
 * Kinds that spread a pod spec's fields over their own (`spec` of a Prometheus, `spec.predictor` of a KServe
 * InferenceService) are listed with the place where those fields stand.
 */
type PodSpecPaths = Readonly<Record<string, readonly string[]>>;

const TEMPLATE = ['spec.template.spec'] as const;
const POD_TEMPLATE = ['spec.podTemplate.spec'] as const;
const RAY_CLUSTER = ['headGroupSpec.template.spec', 'workerGroupSpecs[].template.spec'] as const;
const LEADER_WORKER = ['leaderTemplate.spec', 'workerTemplate.spec'] as const;
const KUBEFLOW_RUNTIME = ['spec.template.spec.replicatedJobs[].template.spec.template.spec'] as const;
const LLM_INFERENCE = [
  'spec.template',
  'spec.worker',
  'spec.prefill.template',
  'spec.prefill.worker',
  'spec.router.scheduler.template',
  'spec.router.scheduler.tokenizer.template',
] as const;
const ELASTIC_SETS = [
  'spec.daemonSet.podTemplate.spec',
  'spec.deployment.podTemplate.spec',
  'spec.statefulSet.podTemplate.spec',
] as const;

const below = (prefix: string, paths: readonly string[]) => paths.map((path) => `${prefix}.${path}`);

/** Keyed by `group/Kind`; the core group is empty. */
export const POD_SPEC_PATHS: PodSpecPaths = {
  // Kubernetes
  '/Pod': ['spec'],
  '/PodTemplate': ['template.spec'],
  '/ReplicationController': TEMPLATE,
  'apps/ReplicaSet': TEMPLATE,
  'apps/Deployment': TEMPLATE,
  'apps/StatefulSet': TEMPLATE,
  'apps/DaemonSet': TEMPLATE,
  'extensions/ReplicaSet': TEMPLATE,
  'extensions/Deployment': TEMPLATE,
  'extensions/DaemonSet': TEMPLATE,
  'batch/Job': TEMPLATE,
  'batch/CronJob': ['spec.jobTemplate.spec.template.spec'],

  // Serving and model inference
  'serving.knative.dev/Service': TEMPLATE,
  'serving.knative.dev/Configuration': TEMPLATE,
  'serving.knative.dev/Revision': ['spec'],
  'sources.knative.dev/ContainerSource': TEMPLATE,
  'sources.knative.dev/IntegrationSource': TEMPLATE,
  'serving.kserve.io/InferenceService': [
    'spec.predictor',
    'spec.predictor.workerSpec',
    'spec.transformer',
    'spec.explainer',
    'spec.canary[].predictor',
  ],
  'serving.kubeflow.org/InferenceService': ['spec.predictor', 'spec.transformer', 'spec.explainer'],
  'serving.kserve.io/ServingRuntime': ['spec', 'spec.workerSpec'],
  'serving.kserve.io/ClusterServingRuntime': ['spec', 'spec.workerSpec'],
  'serving.kserve.io/LLMInferenceService': LLM_INFERENCE,
  'serving.kserve.io/LLMInferenceServiceConfig': LLM_INFERENCE,
  'ome.io/InferenceService': ['spec.predictor', 'spec.engine', 'spec.decoder', 'spec.router'],
  'ome.io/ServingRuntime': ['spec'],
  'ome.io/ClusterServingRuntime': ['spec'],
  'mlops.seldon.io/Server': ['spec.podSpec'],
  'mlops.seldon.io/ServerConfig': ['spec.podSpec'],
  'mlops.seldon.io/SeldonRuntime': ['spec.overrides[].podSpec'],
  'mlops.seldon.io/SeldonConfig': ['spec.components[].podSpec'],
  'machinelearning.seldon.io/SeldonDeployment': ['spec.predictors[].componentSpecs[].spec'],
  'nvidia.com/DynamoGraphDeployment': ['spec.services.*.extraPodSpec', 'spec.components[].podTemplate.spec'],
  'kaito.sh/Workspace': ['inference.template.spec', 'tuning.template.spec'],
  'kaito.sh/InferenceSet': ['spec.template.inference.template.spec'],
  'inference.llmaz.io/Service': below('spec.workloadTemplate', LEADER_WORKER),
  'orchestration.aibrix.ai/StormService': ['spec.template.spec.roles[].template.spec'],
  'orchestration.aibrix.ai/RoleSet': ['spec.roles[].template.spec'],
  'orchestration.aibrix.ai/PodSet': TEMPLATE,
  'orchestration.aibrix.ai/RayClusterFleet': below('spec.template.spec', RAY_CLUSTER),
  'orchestration.aibrix.ai/RayClusterReplicaSet': below('spec.template.spec', RAY_CLUSTER),
  'orchestration.aibrix.ai/KVCache': [
    'spec.cache.template.spec',
    'spec.watcher.template.spec',
    'spec.metadata.etcd.runtime.template.spec',
    'spec.metadata.redis.runtime.template.spec',
  ],
  'production-stack.vllm.ai/VLLMRuntime': POD_TEMPLATE,
  'serving.yatai.ai/BentoDeployment': ['spec.extraPodSpec', 'spec.runners[].extraPodSpec'],

  // Training and batch
  'ray.io/RayCluster': below('spec', RAY_CLUSTER),
  'ray.io/RayJob': [...below('spec.rayClusterSpec', RAY_CLUSTER), 'spec.submitterPodTemplate.spec'],
  'ray.io/RayService': below('spec.rayClusterConfig', RAY_CLUSTER),
  'ray.io/RayCronJob': [
    ...below('spec.jobTemplate.rayClusterSpec', RAY_CLUSTER),
    'spec.jobTemplate.submitterPodTemplate.spec',
  ],
  'kubeflow.org/PyTorchJob': ['spec.pytorchReplicaSpecs.*.template.spec'],
  'kubeflow.org/TFJob': ['spec.tfReplicaSpecs.*.template.spec'],
  'kubeflow.org/XGBoostJob': ['spec.xgbReplicaSpecs.*.template.spec'],
  'kubeflow.org/PaddleJob': ['spec.paddleReplicaSpecs.*.template.spec'],
  'kubeflow.org/JAXJob': ['spec.jaxReplicaSpecs.*.template.spec'],
  'kubeflow.org/MPIJob': ['spec.mpiReplicaSpecs.*.template.spec'],
  'kubeflow.org/Notebook': TEMPLATE,
  'kubeflow.org/PVCViewer': ['spec.podSpec'],
  'kubeflow.org/TrainingRuntime': KUBEFLOW_RUNTIME,
  'kubeflow.org/ClusterTrainingRuntime': KUBEFLOW_RUNTIME,
  'kubeflow.org/TrainJob': ['spec.podSpecOverrides[]'],
  'trainer.kubeflow.org/TrainingRuntime': KUBEFLOW_RUNTIME,
  'trainer.kubeflow.org/ClusterTrainingRuntime': KUBEFLOW_RUNTIME,
  'trainer.kubeflow.org/TrainJob': [
    'spec.podSpecOverrides[]',
    'spec.runtimePatches[].trainingRuntimeSpec.template.spec.replicatedJobs[].template.spec.template.spec',
  ],
  'trainer.kubeflow.org/OptimizationJob': below('spec.trainJobTemplate.spec.runtimePatches[].trainingRuntimeSpec', [
    'template.spec.replicatedJobs[].template.spec.template.spec',
  ]),
  'leaderworkerset.x-k8s.io/LeaderWorkerSet': below('spec.leaderWorkerTemplate', LEADER_WORKER),
  'disaggregatedset.x-k8s.io/DisaggregatedSet': below('spec.roles[].spec.leaderWorkerTemplate', LEADER_WORKER),
  'jobset.x-k8s.io/JobSet': ['spec.replicatedJobs[].template.spec.template.spec'],
  'batch.volcano.sh/Job': ['spec.tasks[].template.spec'],
  'batch.volcano.sh/CronJob': ['spec.jobTemplate.spec.tasks[].template.spec'],
  'flow.volcano.sh/JobTemplate': ['spec.tasks[].template.spec'],
  'flow.volcano.sh/JobFlow': ['spec.flows[].patch.jobSpec.tasks[].template.spec'],
  'kueue.x-k8s.io/Workload': ['spec.podSets[].template.spec'],
  'keda.sh/ScaledJob': ['spec.jobTargetRef.template.spec'],
  'sparkoperator.k8s.io/SparkApplication': sparkPaths('spec'),
  'sparkoperator.k8s.io/ScheduledSparkApplication': sparkPaths('spec.template'),
  'sparkoperator.k8s.io/SparkConnect': ['spec.server.template.spec', 'spec.executor.template.spec'],

  // Agents
  'agents.x-k8s.io/Sandbox': POD_TEMPLATE,
  'extensions.agents.x-k8s.io/SandboxTemplate': POD_TEMPLATE,
  'kagent.dev/Agent': ['spec.byo.deployment', 'spec.declarative.deployment'],

  // Pipelines and delivery
  'argoproj.io/Workflow': ['spec'],
  'argoproj.io/WorkflowTemplate': ['spec'],
  'argoproj.io/ClusterWorkflowTemplate': ['spec'],
  'argoproj.io/CronWorkflow': ['spec.workflowSpec'],
  'argoproj.io/Rollout': TEMPLATE,
  'argoproj.io/Experiment': ['spec.templates[].template.spec'],
  'argoproj.io/AnalysisRun': ['spec.metrics[].provider.job.spec.template.spec'],
  'tekton.dev/TaskRun': ['spec.podTemplate'],
  'tekton.dev/PipelineRun': [
    'spec.podTemplate',
    'spec.taskRunTemplate.podTemplate',
    'spec.taskRunSpecs[].podTemplate',
    'spec.taskRunSpecs[].taskPodTemplate',
  ],
  'apps.openshift.io/DeploymentConfig': TEMPLATE,
  'apps.kruise.io/DaemonSet': TEMPLATE,
  'apps.kruise.io/CloneSet': TEMPLATE,
  'apps.kruise.io/StatefulSet': TEMPLATE,
  'apps.kruise.io/BroadcastJob': TEMPLATE,
  'apps.kruise.io/AdvancedCronJob': ['spec.template.broadcastJobTemplate.spec.template.spec'],
  'spot.io/SpotDeployment': TEMPLATE,

  // Data, observability and infrastructure operators
  'monitoring.coreos.com/Prometheus': ['spec'],
  'monitoring.coreos.com/PrometheusAgent': ['spec'],
  'monitoring.coreos.com/Alertmanager': ['spec'],
  'monitoring.coreos.com/ThanosRuler': ['spec'],
  'monitoring.grafana.com/GrafanaAgent': ['spec'],
  'grafana.integreatly.org/Grafana': ['spec.deployment.spec.template.spec'],
  'opentelemetry.io/OpenTelemetryCollector': ['spec'],
  'opentelemetry.io/OpAMPBridge': ['spec'],
  'opentelemetry.io/TargetAllocator': ['spec'],
  'datadoghq.com/DatadogAgent': ['spec.override.*'],
  'datadoghq.com/DatadogAgentInternal': ['spec.override.*'],
  'datadoghq.com/DatadogAgentProfile': ['spec.config.override.*'],
  'datadoghq.com/ExtendedDaemonSet': TEMPLATE,
  'datadoghq.com/ExtendedDaemonSetReplicaSet': TEMPLATE,
  'elasticsearch.k8s.elastic.co/Elasticsearch': ['spec.nodeSets[].podTemplate.spec'],
  'kibana.k8s.elastic.co/Kibana': POD_TEMPLATE,
  'apm.k8s.elastic.co/ApmServer': POD_TEMPLATE,
  'agent.k8s.elastic.co/Agent': ELASTIC_SETS,
  'beat.k8s.elastic.co/Beat': ELASTIC_SETS,
  'logstash.k8s.elastic.co/Logstash': POD_TEMPLATE,
  'enterprisesearch.k8s.elastic.co/EnterpriseSearch': POD_TEMPLATE,
  'packageregistry.k8s.elastic.co/PackageRegistry': POD_TEMPLATE,
  'autoops.k8s.elastic.co/AutoOpsAgentPolicy': POD_TEMPLATE,
  'maps.k8s.elastic.co/ElasticMapsServer': POD_TEMPLATE,
  'clickhouse.altinity.com/ClickHouseInstallation': ['spec.templates.podTemplates[].spec'],
  'clickhouse.altinity.com/ClickHouseInstallationTemplate': ['spec.templates.podTemplates[].spec'],
  'clickhouse-keeper.altinity.com/ClickHouseKeeperInstallation': ['spec.templates.podTemplates[].spec'],
  'rabbitmq.com/RabbitmqCluster': ['spec.override.statefulSet.spec.template.spec'],
  'postgresql.cnpg.io/Pooler': TEMPLATE,
  'core.strimzi.io/StrimziPodSet': ['spec.pods[].spec'],
  'operators.coreos.com/ClusterServiceVersion': ['spec.install.spec.deployments[].spec.template.spec'],
  'operator.tigera.io/APIServer': ['spec.calicoWebhooksDeployment.spec.template.spec'],
  'ceph.rook.io/CephCluster': ['spec.network', 'spec.mgr', 'spec.monitoring.exporter'],
  'ceph.rook.io/CephObjectStore': ['spec.gateway'],
  'ceph.rook.io/CephNFS': ['spec.server'],
  'ceph.rook.io/CephNVMeOFGateway': ['spec'],
  'csi.ceph.io/Driver': ['spec.controllerPlugin'],
  'csi.ceph.io/OperatorConfig': ['spec.driverSpecDefaults.controllerPlugin'],
  'nvidia.com/ClusterPolicy': ['spec.*'],
  'nvidia.com/GPUCluster': ['spec.*'],
  'nvidia.com/NVIDIADriver': ['spec'],
};

function sparkPaths(prefix: string): readonly string[] {
  return below(prefix, ['driver', 'executor', 'driver.template.spec', 'executor.template.spec']);
}

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

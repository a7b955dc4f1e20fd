import { below, type PodKinds, type PodPosition, TEMPLATE } from './position.ts';

export const RAY_CLUSTER = ['headGroupSpec.template.spec', 'workerGroupSpecs[].template.spec'];
export const LEADER_WORKER = ['leaderTemplate.spec', 'workerTemplate.spec'];
const REPLICATED_JOB = 'replicatedJobs[].template.spec.template.spec';
const KUBEFLOW_RUNTIME = [`spec.template.spec.${REPLICATED_JOB}`];
const RUNTIME_PATCH = `runtimePatches[].trainingRuntimeSpec.template.spec.${REPLICATED_JOB}`;
const VOLCANO_TASK = 'tasks[].template.spec';

/** Volumes belong to the application; the driver and the executors each have the fields of a pod and its container. */
function spark(at: string): PodPosition[] {
  const roles = ['driver', 'executor'];
  const containers = roles.flatMap((role) => [role, `${role}.sidecars[]`, `${role}.initContainers[]`]);
  return [
    { at, containers },
    ...below(at, roles).map((role) => ({
      at: role,
      containers: [{ at: '' }, 'sidecars[]'],
      names: { securityContext: 'podSecurityContext' },
    })),
    ...below(at, roles).map((role) => ({ at: `${role}.template.spec` })),
  ];
}

/** What runs to its end: training, data and batch jobs. */
export const BATCH: readonly PodKinds[] = [
  {
    group: 'ray.io',
    source: 'ray-project/kuberay ray-operator/apis/ray/v1: HeadGroupSpec, WorkerGroupSpec',
    kinds: {
      RayCluster: below('spec', RAY_CLUSTER),
      RayJob: [...below('spec.rayClusterSpec', RAY_CLUSTER), 'spec.submitterPodTemplate.spec'],
      RayService: below('spec.rayClusterConfig', RAY_CLUSTER),
      RayCronJob: [
        ...below('spec.jobTemplate.rayClusterSpec', RAY_CLUSTER),
        'spec.jobTemplate.submitterPodTemplate.spec',
      ],
    },
  },
  {
    group: 'kubeflow.org',
    source: 'kubeflow/trainer v1 pkg/apis/kubeflow.org/v1, kubeflow/kubeflow components, kubeflow/mpi-operator',
    kinds: {
      PyTorchJob: ['spec.pytorchReplicaSpecs.*.template.spec'],
      TFJob: ['spec.tfReplicaSpecs.*.template.spec'],
      XGBoostJob: ['spec.xgbReplicaSpecs.*.template.spec'],
      PaddleJob: ['spec.paddleReplicaSpecs.*.template.spec'],
      JAXJob: ['spec.jaxReplicaSpecs.*.template.spec'],
      MPIJob: ['spec.mpiReplicaSpecs.*.template.spec'],
      Notebook: TEMPLATE,
      PVCViewer: ['spec.podSpec'],
      PodDefault: [{ at: 'spec', containers: [{ at: '' }, 'sidecars[]'] }],
      TrainingRuntime: KUBEFLOW_RUNTIME,
      ClusterTrainingRuntime: KUBEFLOW_RUNTIME,
      TrainJob: ['spec.podSpecOverrides[]'],
    },
  },
  {
    group: 'trainer.kubeflow.org',
    source: 'kubeflow/trainer pkg/apis/trainer/v1alpha1: TrainingRuntimeSpec, PodSpecOverride, RuntimePatch',
    kinds: {
      TrainingRuntime: KUBEFLOW_RUNTIME,
      ClusterTrainingRuntime: KUBEFLOW_RUNTIME,
      TrainJob: ['spec.podSpecOverrides[]', `spec.${RUNTIME_PATCH}`],
      OptimizationJob: [`spec.trainJobTemplate.spec.${RUNTIME_PATCH}`],
    },
  },
  {
    group: 'leaderworkerset.x-k8s.io',
    source: 'kubernetes-sigs/lws api/leaderworkerset/v1: LeaderWorkerTemplate',
    kinds: { LeaderWorkerSet: below('spec.leaderWorkerTemplate', LEADER_WORKER) },
  },
  {
    group: 'disaggregatedset.x-k8s.io',
    source: 'kubernetes-sigs/lws api/disaggregatedset',
    kinds: { DisaggregatedSet: below('spec.roles[].spec.leaderWorkerTemplate', LEADER_WORKER) },
  },
  {
    group: 'jobset.x-k8s.io',
    source: 'kubernetes-sigs/jobset api/jobset/v1alpha2: ReplicatedJob',
    kinds: { JobSet: [`spec.${REPLICATED_JOB}`] },
  },
  {
    group: 'batch.volcano.sh',
    source: 'volcano-sh/apis pkg/apis/batch/v1alpha1: TaskSpec',
    kinds: { Job: [`spec.${VOLCANO_TASK}`], CronJob: [`spec.jobTemplate.spec.${VOLCANO_TASK}`] },
  },
  {
    group: 'flow.volcano.sh',
    source: 'volcano-sh/apis pkg/apis/flow/v1alpha1',
    kinds: { JobTemplate: [`spec.${VOLCANO_TASK}`], JobFlow: [`spec.flows[].patch.jobSpec.${VOLCANO_TASK}`] },
  },
  {
    group: 'kueue.x-k8s.io',
    source: 'kubernetes-sigs/kueue apis/kueue/v1beta1: PodSet',
    kinds: { Workload: ['spec.podSets[].template.spec'] },
  },
  {
    group: 'keda.sh',
    source: 'kedacore/keda apis/keda/v1alpha1: ScaledJobSpec',
    kinds: { ScaledJob: ['spec.jobTargetRef.template.spec'] },
  },
  {
    group: 'sparkoperator.k8s.io',
    source: 'kubeflow/spark-operator api/v1beta2/sparkapplication_types.go: SparkPodSpec',
    kinds: {
      SparkApplication: spark('spec'),
      ScheduledSparkApplication: spark('spec.template'),
      SparkConnect: ['spec.server.template.spec', 'spec.executor.template.spec'],
    },
  },
  {
    group: 'flink.apache.org',
    source:
      'apache/flink-kubernetes-operator flink-kubernetes-operator-api: FlinkDeploymentSpec, JobManagerSpec, TaskManagerSpec',
    kinds: {
      FlinkDeployment: flink('spec'),
      FlinkBlueGreenDeployment: flink('spec.template.spec'),
    },
  },
  {
    group: 'k6.io',
    source: 'grafana/k6-operator api/v1alpha1/testrun_types.go: Pod',
    kinds: {
      TestRun: below('spec', ['initializer', 'runner', 'starter']).map((at) => ({
        at,
        containers: [{ at: '', names: { securityContext: 'containerSecurityContext' } }],
      })),
    },
  },
];

function flink(at: string): string[] {
  return below(at, ['podTemplate.spec', 'jobManager.podTemplate.spec', 'taskManager.podTemplate.spec']);
}

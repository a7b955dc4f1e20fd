import { LEADER_WORKER, RAY_CLUSTER } from './batch.ts';
import { below, POD_TEMPLATE, type PodKinds, type PodPosition, TEMPLATE } from './position.ts';

/** A component spreads a pod spec over its fields; its model server is a container with fields of its own. */
function kserveComponent(at: string): PodPosition {
  return { at, containers: KSERVE_SERVERS };
}

const KSERVE_SERVERS = [
  'model',
  'sklearn',
  'xgboost',
  'tensorflow',
  'pytorch',
  'triton',
  'onnx',
  'huggingface',
  'pmml',
  'lightgbm',
  'paddle',
  'art',
];

const LLM_INFERENCE = [
  'spec.template',
  'spec.worker',
  'spec.prefill.template',
  'spec.prefill.worker',
  'spec.router.scheduler.template',
  'spec.router.scheduler.tokenizer.template',
];

const OME_COMPONENTS = below('spec', ['predictor', 'engine', 'decoder', 'router']);

/** The services of a NVIDIA NIM: one container that the operator makes, and others beside it. */
const NIM = [{ at: 'spec', containers: ['sidecarContainers[]'] }];

/** Serving of functions and models, and agents. */
export const SERVING: readonly PodKinds[] = [
  {
    group: 'serving.knative.dev',
    source: 'knative/serving pkg/apis/serving/v1/revision_types.go: RevisionTemplateSpec',
    kinds: { Service: TEMPLATE, Configuration: TEMPLATE, Revision: ['spec'] },
  },
  {
    group: 'sources.knative.dev',
    source: 'knative/eventing pkg/apis/sources: ContainerSourceSpec, IntegrationSourceSpec',
    kinds: { ContainerSource: TEMPLATE, IntegrationSource: TEMPLATE },
  },
  {
    group: 'serving.kserve.io',
    source: 'kserve/kserve pkg/apis/serving/v1beta1/predictor.go: PredictorSpec, PredictorExtensionSpec, WorkerSpec',
    kinds: {
      InferenceService: ['spec.predictor', 'spec.transformer', 'spec.explainer', 'spec.canary[].predictor']
        .map(kserveComponent)
        .concat({ at: 'spec.predictor.workerSpec' }),
      ServingRuntime: ['spec', 'spec.workerSpec'],
      ClusterServingRuntime: ['spec', 'spec.workerSpec'],
      LLMInferenceService: LLM_INFERENCE,
      LLMInferenceServiceConfig: LLM_INFERENCE,
    },
  },
  {
    group: 'serving.kubeflow.org',
    source: 'kserve/kserve v0.6 pkg/apis/serving/v1beta1: InferenceServiceSpec',
    kinds: { InferenceService: below('spec', ['predictor', 'transformer', 'explainer']).map(kserveComponent) },
  },
  {
    group: 'ome.io',
    source: 'sgl-project/ome pkg/apis/ome/v1beta1: InferenceServiceSpec, ServingRuntimeSpec',
    kinds: { InferenceService: OME_COMPONENTS, ServingRuntime: ['spec'], ClusterServingRuntime: ['spec'] },
  },
  {
    group: 'mlops.seldon.io',
    source: 'SeldonIO/seldon-core operator/apis/mlops/v1alpha1',
    kinds: {
      Server: ['spec.podSpec'],
      ServerConfig: ['spec.podSpec'],
      SeldonRuntime: ['spec.overrides[].podSpec'],
      SeldonConfig: ['spec.components[].podSpec'],
    },
  },
  {
    group: 'machinelearning.seldon.io',
    source: 'SeldonIO/seldon-core operator/apis/machinelearning.seldon.io/v1: SeldonPodSpec',
    kinds: { SeldonDeployment: ['spec.predictors[].componentSpecs[].spec'] },
  },
  {
    group: 'nvidia.com',
    source: 'ai-dynamo/dynamo deploy/operator/api/v1alpha1/common.go: ExtraPodSpec',
    kinds: {
      DynamoGraphDeployment: [
        { at: 'spec.services.*.extraPodSpec', containers: ['mainContainer'] },
        'spec.components[].podTemplate.spec',
      ],
    },
  },
  {
    group: 'apps.nvidia.com',
    source: 'NVIDIA/k8s-nim-operator config/crd/bases: initContainers of NIMCache, NIMService and NIMPipeline',
    kinds: {
      NIMCache: ['spec'],
      NIMService: NIM,
      NIMPipeline: [{ at: 'spec.services[].spec', containers: ['sidecarContainers[]'] }],
    },
  },
  {
    group: 'kaito.sh',
    source: 'kaito-project/kaito api/v1beta1: InferenceSpec, TuningSpec',
    kinds: {
      Workspace: ['inference.template.spec', 'tuning.template.spec'],
      InferenceSet: ['spec.template.inference.template.spec'],
    },
  },
  {
    group: 'inference.llmaz.io',
    source: 'InftyAI/llmaz api/inference/v1alpha1: ServiceSpec',
    kinds: { Service: below('spec.workloadTemplate', LEADER_WORKER) },
  },
  {
    group: 'orchestration.aibrix.ai',
    source: 'vllm-project/aibrix api/orchestration/v1alpha1',
    kinds: {
      StormService: ['spec.template.spec.roles[].template.spec'],
      RoleSet: ['spec.roles[].template.spec'],
      PodSet: TEMPLATE,
      RayClusterFleet: below('spec.template.spec', RAY_CLUSTER),
      RayClusterReplicaSet: below('spec.template.spec', RAY_CLUSTER),
      KVCache: [
        'spec.cache.template.spec',
        'spec.watcher.template.spec',
        'spec.metadata.etcd.runtime.template.spec',
        'spec.metadata.redis.runtime.template.spec',
      ],
    },
  },
  {
    group: 'production-stack.vllm.ai',
    source: 'vllm-project/production-stack operator/config/crd/bases',
    kinds: { VLLMRuntime: POD_TEMPLATE },
  },
  {
    group: 'serving.yatai.ai',
    source: 'bentoml/yatai-deployment apis/serving/v2alpha1: ExtraPodSpec',
    kinds: {
      BentoDeployment: ['spec.extraPodSpec', 'spec.runners[].extraPodSpec'].map((at) => ({
        at,
        containers: ['mainContainer'],
      })),
    },
  },
  {
    group: 'agents.x-k8s.io',
    source: 'kubernetes-sigs/agent-sandbox k8s/crds',
    kinds: { Sandbox: POD_TEMPLATE },
  },
  {
    group: 'extensions.agents.x-k8s.io',
    source: 'kubernetes-sigs/agent-sandbox k8s/crds',
    kinds: { SandboxTemplate: POD_TEMPLATE },
  },
  {
    group: 'kagent.dev',
    source: 'kagent-dev/kagent go/api/config/crd/bases',
    kinds: { Agent: ['spec.byo.deployment', 'spec.declarative.deployment'] },
  },
];

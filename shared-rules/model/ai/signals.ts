import type { ImageGlob } from '../image.ts';
import { IMAGE_SIGNALS } from './image-signals.ts';

/**
 * What tells an AI workload from its manifest. The weights are Bulkhead's own:
 * 100 decides alone (an AI kind, image or operator's label), 80 is a chip only AI uses, 60 a strong sign,
 * 50 what AI and others use alike (a general GPU, MPI), 30 a medium sign, 10 a weak one. See classify.ts for how they
 * add up.
 */
export type SubClass =
  | 'inference'
  | 'training'
  | 'agent'
  | 'gateway'
  | 'notebook'
  | 'vector store'
  | 'pipeline'
  | 'speech and image';

/** What part of a workload a trait describes. */
export type Aspect =
  | 'kind'
  | 'image'
  | 'resource'
  | 'label'
  | 'env'
  | 'argument'
  | 'port'
  | 'runtime class'
  | 'node'
  | 'mount'
  | 'volume'
  | 'host path'
  | 'compose'
  | 'name';

/** Signals of one group are several views of one fact, so only the heaviest counts. */
export type SignalGroup =
  | 'kind'
  | 'image'
  | 'gpu'
  | 'label'
  | 'runtime'
  | 'credentials'
  | 'arguments'
  | 'port'
  | 'models'
  | 'shared memory'
  | 'name';

/** A part of a trait's text, and where it begins. */
export type Found = Pick<RegExpExecArray, 0 | 'index'>;

export interface Signal {
  readonly aspect: Aspect;
  /** Matched against the whole trait: globs for images, with `*` inside a path segment; expressions otherwise. */
  readonly matches: RegExp | ImageGlob;
  readonly group: SignalGroup;
  readonly weight: 100 | 80 | 60 | 50 | 30 | 10;
  readonly subClass?: SubClass;
  /** It counts only where a signal of this group was seen too. */
  readonly beside?: SignalGroup;
}

/** The rows of a table for one aspect and group: weight, expression, sub-class. */
function signals(
  aspect: Aspect,
  group: SignalGroup,
  ...rows: readonly (readonly [Signal['weight'], RegExp, SubClass?])[]
): Signal[] {
  return rows.map(([weight, matches, subClass]) => ({ aspect, group, weight, matches, ...(subClass && { subClass }) }));
}

/** Words of names, as whole words. */
const WORDS = /(?:^|[^a-z0-9])v?(?:llm|llama|ollama|inference|embeddings?|training|notebook|mcp)s?(?:$|[^a-z0-9])/;

export const SIGNALS: readonly Signal[] = [
  // Kinds, as group/Kind.
  ...signals(
    'kind',
    'kind',
    [100, /^serving\.(?:kserve\.io|kubeflow\.org)\//, 'inference'],
    [100, /^ome\.io\//, 'inference'],
    [100, /^(?:mlops|machinelearning)\.seldon\.io\//, 'inference'],
    [100, /^apps\.nvidia\.com\/(?:NIM|Nemo)/, 'inference'],
    [100, /^nvidia\.com\/Dynamo/, 'inference'],
    [100, /^kaito\.sh\//, 'inference'],
    [100, /^(?:kubeai\.org|production-stack\.vllm\.ai|inference\.llmaz\.io)\//, 'inference'],
    [100, /^orchestration\.aibrix\.ai\//, 'inference'],
    [100, /^serving\.yatai\.ai\//, 'inference'],
    [100, /^ray\.io\/RayService$/, 'inference'],
    [100, /^ray\.io\//, 'training'],
    [100, /^kubeflow\.org\/(?:(?:PyTorch|TF|XGBoost|Paddle|JAX)Job|TrainJob)$/, 'training'],
    [100, /^(?:trainer\.kubeflow\.org|kubeflow\.org\/(?:Cluster)?TrainingRuntime)/, 'training'],
    [100, /^kubeflow\.org\/Notebook$/, 'notebook'],
    [100, /^(?:extensions\.)?agents\.x-k8s\.io\//, 'agent'],
    [100, /^kagent\.dev\//, 'agent'],
    [60, /^(?:leaderworkerset|disaggregatedset)\.x-k8s\.io\//, 'inference'],
    [50, /^kubeflow\.org\/MPIJob$/, 'training'],
    [30, /^kubeflow\.org\/PVCViewer$/, 'notebook'],
    [10, /^(?:jobset\.x-k8s\.io|batch\.volcano\.sh|flow\.volcano\.sh|kueue\.x-k8s\.io)\//],
  ),

  ...IMAGE_SIGNALS,

  // Accelerators, as resource names, device classes and Compose devices.
  ...signals(
    'resource',
    'gpu',
    [80, /^(?:google\.com\/tpu|habana\.ai\/gaudi|aws\.amazon\.com\/neuron\w*|huawei\.com\/Ascend[\w-]+)$/],
    [80, /^(?:cambricon\.com\/mlu|qualcomm\.com\/qaic|rebellions\.ai\/ATOM|furiosa\.ai\/[\w-]+)$/],
    [80, /^(?:tpu\.google|gaudi\.intel)\.com$/],
    [50, /^nvidia\.com\/(?:gpu(?:\.shared|mem|mem-percentage|cores)?|mig-[\w.-]+)$/],
    [50, /^(?:amd\.com\/gpu|gpu\.intel\.com\/(?:i915|xe)|volcano\.sh\/vgpu-(?:number|memory|cores))$/],
    [50, /^(?:metax-tech\.com\/gpu|hygon\.com\/dcu|iluvatar\.ai\/gpu)$/],
    [50, /^(?:gpu|mig)\.(?:nvidia|amd|intel)\.com$/],
  ),
  ...signals('compose', 'gpu', [
    50,
    /^(?:gpus|devices: gpu|runtime: nvidia|device (?:\/dev\/(?:kfd|nvidia\w*)|nvidia\.com\/gpu.*))$/,
  ]),
  ...signals('compose', 'models', [100, /^(?:models|provider: model)$/, 'inference']),
  ...signals('runtime class', 'gpu', [30, /^(?:nvidia|neuron)/]),
  ...signals(
    'node',
    'gpu',
    [30, /^(?:nvidia\.com\/(?:gpu|mig)|cloud\.google\.com\/gke-(?:accelerator|tpu)|amd\.com\/gpu|accelerator$)/],
    [30, /^(?:karpenter\.k8s\.aws\/instance-gpu-|feature\.node\.kubernetes\.io\/pci-10de)/],
  ),

  // Labels and annotations, as `key: value`.
  ...signals(
    'label',
    'label',
    [100, /^(?:serving\.kserve\.io\/|kserve\.io\/component|model\.aibrix\.ai\/|llm-d\.ai\/)/, 'inference'],
    [100, /^(?:ray\.io\/(?:cluster|node-type)|(?:training|trainer)\.kubeflow\.org\/)/, 'training'],
    [100, /^nmp\.nvidia\.com\/enable-multi-node-networking/, 'training'],
    [100, /^(?:katib\.kubeflow\.org\/|app\.kubernetes\.io\/part-of: kubeflow$)/, 'pipeline'],
    [100, /^kaito\.sh\//, 'inference'],
    [30, /^(?:leaderworkerset\.sigs\.k8s\.io|jobset\.sigs\.k8s\.io)\//],
    [30, /^kueue\.x-k8s\.io\/podset-\w*-?topology/],
    [10, /^(?:kueue\.x-k8s\.io\/queue-name|runai\/|kai\.scheduler\/)/],
  ),

  // Environment variables, by name.
  ...signals(
    'env',
    'runtime',
    // Where a model is to be found is what its users are told; anything else is told to the server.
    [30, /^(?:VLLM|OLLAMA|SGLANG|LMCACHE|TRITON|NIM)_\w*(?:UR[IL]|ENDPOINT)$/],
    [60, /^(?:VLLM|OLLAMA|SGLANG|LMCACHE|TRITON|NIM)_(?!\w*(?:UR[IL]|ENDPOINT)$)/, 'inference'],
    [60, /^(?:MODEL_ID|SERVED_MODEL_NAME|HF_HOME|HUGGINGFACE_HUB_CACHE|TRANSFORMERS_CACHE)$/, 'inference'],
    [60, /^(?:RAY|NCCL|UCX|TORCH|PYTORCH|DEEPSPEED)_/, 'training'],
    [60, /^(?:MCP|MCPGATEWAY|LANGGRAPH|CREWAI|AUTOGEN)_/, 'agent'],
    [60, /^MLFLOW_TRACKING_URI$/, 'pipeline'],
    [10, /^MODEL_NAME$/],
  ),
  ...signals(
    'env',
    'credentials',
    [60, /^(?:HF_TOKEN|HUGGING_FACE_HUB_TOKEN)$/, 'inference'],
    [30, /^(?:OPENAI|ANTHROPIC|GOOGLE|GEMINI|MISTRAL|COHERE|GROQ|TOGETHER|OPENROUTER|DEEPSEEK)_API_KEY$/],
    [30, /^(?:NGC|NVIDIA|LANGCHAIN|TAVILY|PINECONE)_API_KEY$/],
    [30, /^(?:AZURE_OPENAI|LANGSMITH|AWS_BEDROCK)_/],
  ),
  ...signals(
    'env',
    'gpu',
    [30, /^(?:NVIDIA_VISIBLE_DEVICES|NVIDIA_DRIVER_CAPABILITIES|CUDA_VISIBLE_DEVICES)$/],
    [30, /^(?:ROCR_VISIBLE_DEVICES|HIP_VISIBLE_DEVICES|TPU_WORKER_ID)$/],
  ),

  // Command lines, whole.
  ...signals(
    'argument',
    'arguments',
    [60, /\bvllm(?: |\.)(?:serve|entrypoints)\b|\bollama serve\b|\bsglang\.launch_server\b/, 'inference'],
    [60, /(?<=^|\s)--(?:(?:tensor|pipeline)-parallel-size|gpu-memory-utilization)\b/, 'inference'],
    [60, /(?<=^|\s)--(?:max-model-len|served-model-name)\b/, 'inference'],
    [
      60,
      /\btritonserver\b(?:(?!\btritonserver\b).)*--model-repository|\bllama-server\b|(?<!\S)\S+\.gguf\b/,
      'inference',
    ],
    [60, /\btext-generation-launcher\b|\blmdeploy serve\b/, 'inference'],
    [
      60,
      /\btorchrun\b|\baccelerate launch\b|\bdeepspeed\b|\bray start --head\b|\bmpirun\b(?:(?!\bmpirun\b).)*\bnccl/,
      'training',
    ],
    [60, /\bjupyter[ -](?:lab|notebook)\b/, 'notebook'],
    [60, /\bmlflow (?:server|ui)\b/, 'pipeline'],
    [60, /(?<=^|\s)--model[ =][\w.-]+\/[\w.-]+/, 'inference'],
    [10, /(?<=^|\s)--model\b/],
  ),

  // A port's name says what it is for; many programs share a number.
  ...signals(
    'port',
    'port',
    [30, /^11434$/, 'inference'],
    [30, /^(?:vllm|ollama|sglang|triton|llm|openai|inference|model)\b/, 'inference'],
    [30, /^(?:ray-|gcs$|gcs-)/, 'training'],
    [30, /^(?:jupyter|notebook)/, 'notebook'],
    [30, /^mcp\b/, 'agent'],
    [10, /^(?:8000|8265|10001|8001|8002|30000|8500|8501|8888|6006|7860|8188|6333|19530|8811)$/],
  ),
  ...signals(
    'mount',
    'models',
    [30, /\/\.cache\/(?:huggingface|torch)\b|\/\.ollama\b/, 'inference'],
    [10, /^\/models\b/],
  ),
  ...signals('volume', 'models', [30, /(?:^|[^a-z])models?(?:$|[^a-z])|modelcar|model-?(?:store|cache)/i, 'inference']),
  ...signals('mount', 'shared memory', [10, /^\/dev\/shm$/]),
  ...signals('name', 'name', [10, WORDS]),
  ...signals('label', 'name', [10, new RegExp(`^(?:app|k8s-app|app\\.kubernetes\\.io/\\w+):.*${WORDS.source}`)]),
];

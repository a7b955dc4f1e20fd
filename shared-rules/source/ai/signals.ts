import { imageGlob } from '../container-image.ts';

/**
 * What tells an AI workload from its manifest. The weights are Bulkhead's own:
 * 100 decides alone (an AI kind, image or operator's label), 80 is a chip only AI uses, 60 a strong sign,
 * 50 a general GPU, 30 a medium sign, 10 a weak one. See classify.ts for how they add up.
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
  | 'mount'
  | 'models'
  | 'name';

export interface Signal {
  readonly aspect: Aspect;
  /** Matched against the whole trait: globs for images, with `*` inside a path segment; expressions otherwise. */
  readonly matches: RegExp;
  readonly group: SignalGroup;
  readonly weight: 100 | 80 | 60 | 50 | 30 | 10;
  readonly subClass?: SubClass;
}

function images(weight: Signal['weight'], subClass: SubClass, globs: readonly string[]): Signal[] {
  return globs.map((glob) => ({ aspect: 'image', matches: imageGlob(glob), group: 'image', weight, subClass }));
}

function signal(
  aspect: Aspect,
  group: SignalGroup,
  weight: Signal['weight'],
  matches: RegExp,
  subClass?: SubClass,
): Signal {
  return { aspect, group, weight, matches, ...(subClass && { subClass }) };
}

export const SIGNALS: readonly Signal[] = [
  // Kinds, as group/Kind.
  signal('kind', 'kind', 100, /^serving\.(?:kserve\.io|kubeflow\.org)\//, 'inference'),
  signal('kind', 'kind', 100, /^ome\.io\//, 'inference'),
  signal('kind', 'kind', 100, /^(?:mlops|machinelearning)\.seldon\.io\//, 'inference'),
  signal('kind', 'kind', 100, /^apps\.nvidia\.com\/(?:NIM|Nemo)/, 'inference'),
  signal('kind', 'kind', 100, /^nvidia\.com\/Dynamo/, 'inference'),
  signal('kind', 'kind', 100, /^kaito\.sh\//, 'inference'),
  signal('kind', 'kind', 100, /^(?:kubeai\.org|production-stack\.vllm\.ai|inference\.llmaz\.io)\//, 'inference'),
  signal('kind', 'kind', 100, /^orchestration\.aibrix\.ai\//, 'inference'),
  signal('kind', 'kind', 100, /^serving\.yatai\.ai\//, 'inference'),
  signal('kind', 'kind', 100, /^ray\.io\/RayService$/, 'inference'),
  signal('kind', 'kind', 100, /^ray\.io\//, 'training'),
  signal('kind', 'kind', 100, /^kubeflow\.org\/(?:PyTorch|TF|XGBoost|Paddle|JAX)Job$/, 'training'),
  signal('kind', 'kind', 100, /^(?:trainer\.kubeflow\.org|kubeflow\.org\/(?:Cluster)?TrainingRuntime)/, 'training'),
  signal('kind', 'kind', 100, /^kubeflow\.org\/Notebook$/, 'notebook'),
  signal('kind', 'kind', 100, /^(?:extensions\.)?agents\.x-k8s\.io\//, 'agent'),
  signal('kind', 'kind', 100, /^kagent\.dev\//, 'agent'),
  signal('kind', 'kind', 60, /^kubeflow\.org\/MPIJob$/, 'training'),
  signal('kind', 'kind', 60, /^(?:leaderworkerset|disaggregatedset)\.x-k8s\.io\//, 'inference'),
  signal('kind', 'kind', 10, /^(?:jobset\.x-k8s\.io|batch\.volcano\.sh|flow\.volcano\.sh|kueue\.x-k8s\.io)\//),

  ...images(100, 'inference', [
    'vllm/vllm-*',
    'vllm-openai*',
    'vllm-tpu*',
    'vllm-ascend*',
    'rocm/vllm*',
    'lmsysorg/sglang*',
    'ollama/ollama',
    'huggingface/text-generation-inference*',
    'huggingface/text-embeddings-inference*',
    'nvidia/tritonserver*',
    'nvcr.io/nim/*',
    'nvidia/ai-dynamo/*',
    'nvidia/tensorrt-llm/*',
    'ggml-org/llama.cpp*',
    'ggerganov/llama.cpp*',
    'localai/localai*',
    'go-skynet/local-ai*',
    'openmmlab/lmdeploy*',
    'xprobe/xinference*',
    'predibase/lorax*',
    'tensorflow/serving*',
    'pytorch/torchserve*',
    'kserve/*server*',
    'seldonio/mlserver*',
    'openvino/model_server*',
    'bentoml/*',
    'kaito-project/aikit/*',
    'docker/model-runner*',
  ]),
  ...images(100, 'agent', [
    'langchain/langgraph-api*',
    'docker/mcp-gateway*',
    'mcp/*',
    '*mcp-server*',
    'kagent-dev/*',
    'agent-sandbox/*',
    'docker/docker-agent*',
    '*openhands*',
    'nousresearch/hermes-agent*',
  ]),
  ...images(100, 'gateway', [
    'flowiseai/flowise*',
    'langflowai/langflow*',
    'langgenius/dify-*',
    'berriai/litellm*',
    'mintplexlabs/anythingllm*',
    'open-webui/open-webui',
    'lobehub/lobe-chat*',
    'danny-avila/librechat*',
  ]),
  ...images(100, 'speech and image', [
    '*comfyui*',
    '*stable-diffusion*',
    'onerahmet/openai-whisper-asr-webservice*',
    '*faster-whisper*',
    'rhasspy/wyoming-*',
    'blakeblackshear/frigate*',
  ]),
  ...images(60, 'training', [
    'pytorch/pytorch*',
    'tensorflow/tensorflow*',
    'nvidia/pytorch*',
    'nvidia/nemo*',
    'nvidia/jax*',
    'nvidia/tensorflow*',
    'rayproject/ray*',
    'kubeflow/trainer/*',
    '*deepspeed*',
    'huggingface/*',
    'deeplearning-platform-release/*',
    'cloud-tpu-images/*',
    '*nccl-plugin*',
    '*nccl-test*',
  ]),
  ...images(60, 'notebook', ['jupyter/*', 'jupyterhub/*', 'kubeflow/notebook-servers/*']),
  ...images(60, 'pipeline', ['*mlflow*', '*katib*', '*model-registry*', 'wandb/*']),
  ...images(30, 'vector store', [
    'qdrant/qdrant',
    'milvusdb/milvus',
    'semitechnologies/weaviate',
    'chromadb/chroma',
    'chroma-core/chroma',
    'pgvector/pgvector',
  ]),
  ...images(30, 'pipeline', ['langfuse/langfuse*', 'arizephoenix/phoenix*', 'helicone/*']),
  ...images(10, 'agent', ['n8nio/n8n', 'browserless/*', 'nodered/node-red']),

  // Accelerators, as resource names, device classes and Compose devices.
  signal(
    'resource',
    'gpu',
    80,
    /^(?:google\.com\/tpu|habana\.ai\/gaudi|aws\.amazon\.com\/neuron\w*|huawei\.com\/Ascend[\w-]+)$/,
  ),
  signal(
    'resource',
    'gpu',
    80,
    /^(?:cambricon\.com\/mlu|qualcomm\.com\/qaic|rebellions\.ai\/ATOM|furiosa\.ai\/[\w-]+)$/,
  ),
  signal('resource', 'gpu', 80, /^tpu\.google\.com$/),
  signal('resource', 'gpu', 50, /^nvidia\.com\/(?:gpu(?:\.shared|mem|cores)?|mig-[\w.-]+)$/),
  signal(
    'resource',
    'gpu',
    50,
    /^(?:amd\.com\/gpu|gpu\.intel\.com\/(?:i915|xe)|volcano\.sh\/vgpu-(?:number|memory|cores))$/,
  ),
  signal('resource', 'gpu', 50, /^(?:metax-tech\.com\/gpu|hygon\.com\/dcu|iluvatar\.ai\/gpu)$/),
  signal('resource', 'gpu', 50, /^(?:gpu|mig)\.(?:nvidia|amd)\.com$/),
  signal('compose', 'gpu', 50, /^(?:gpus|devices: gpu|runtime: nvidia|device \/dev\/(?:kfd|nvidia\w*))$/),
  signal('compose', 'models', 100, /^(?:models|provider: model)$/, 'inference'),
  signal('runtime class', 'gpu', 30, /^(?:nvidia|neuron)/),
  signal(
    'node',
    'gpu',
    30,
    /^(?:nvidia\.com\/gpu|cloud\.google\.com\/gke-(?:accelerator|tpu)|amd\.com\/gpu|accelerator$)/,
  ),
  signal('node', 'gpu', 30, /^(?:karpenter\.k8s\.aws\/instance-gpu-|feature\.node\.kubernetes\.io\/pci-10de)/),

  // Labels and annotations, as `key` or `key: value`.
  signal(
    'label',
    'label',
    100,
    /^(?:serving\.kserve\.io\/|kserve\.io\/component|model\.aibrix\.ai\/|llm-d\.ai\/)/,
    'inference',
  ),
  signal(
    'label',
    'label',
    100,
    /^(?:ray\.io\/(?:cluster|node-type)|(?:training|trainer)\.kubeflow\.org\/)/,
    'training',
  ),
  signal('label', 'label', 100, /^nmp\.nvidia\.com\/enable-multi-node-networking/, 'training'),
  signal('label', 'label', 100, /^(?:katib\.kubeflow\.org\/|app\.kubernetes\.io\/part-of: kubeflow$)/, 'pipeline'),
  signal('label', 'label', 100, /^kaito\.sh\//, 'inference'),
  signal('label', 'label', 30, /^(?:leaderworkerset\.sigs\.k8s\.io|jobset\.sigs\.k8s\.io)\//),
  signal('label', 'label', 30, /^kueue\.x-k8s\.io\/podset-\w*-?topology/),
  signal('label', 'label', 10, /^(?:kueue\.x-k8s\.io\/queue-name|runai\/|kai\.scheduler\/)/),

  // Environment variables, by name.
  signal('env', 'runtime', 60, /^(?:VLLM|OLLAMA|SGLANG|LMCACHE|TRITON|NIM)_/, 'inference'),
  signal('env', 'runtime', 60, /^(?:SERVED_MODEL_NAME|HF_HOME|HUGGINGFACE_HUB_CACHE|TRANSFORMERS_CACHE)$/, 'inference'),
  signal('env', 'runtime', 60, /^(?:RAY|NCCL|UCX|TORCH|PYTORCH|DEEPSPEED)_/, 'training'),
  signal('env', 'runtime', 60, /^(?:MCP|MCPGATEWAY|LANGGRAPH|CREWAI|AUTOGEN)_/, 'agent'),
  signal('env', 'runtime', 60, /^MLFLOW_TRACKING_URI$/, 'pipeline'),
  signal('env', 'runtime', 60, /^MODEL_ID$/, 'inference'),
  signal('env', 'runtime', 10, /^MODEL_NAME$/),
  signal('env', 'credentials', 60, /^(?:HF_TOKEN|HUGGING_FACE_HUB_TOKEN)$/, 'inference'),
  signal(
    'env',
    'credentials',
    30,
    /^(?:OPENAI|ANTHROPIC|GOOGLE|GEMINI|MISTRAL|COHERE|GROQ|TOGETHER|OPENROUTER|NGC|NVIDIA|LANGCHAIN|TAVILY|PINECONE)_API_KEY$/,
  ),
  signal('env', 'credentials', 30, /^(?:AZURE_OPENAI|LANGSMITH|AWS_BEDROCK)_/),
  signal('env', 'gpu', 30, /^(?:NVIDIA_VISIBLE_DEVICES|NVIDIA_DRIVER_CAPABILITIES|CUDA_VISIBLE_DEVICES)$/),
  signal('env', 'gpu', 30, /^(?:ROCR_VISIBLE_DEVICES|HIP_VISIBLE_DEVICES|TPU_WORKER_ID)$/),

  // Command lines, whole.
  signal(
    'argument',
    'arguments',
    60,
    /\bvllm(?: |\.)(?:serve|entrypoints)\b|\bollama serve\b|\bsglang\.launch_server\b/,
    'inference',
  ),
  signal(
    'argument',
    'arguments',
    60,
    /(?:^|\s)--(?:tensor|pipeline)-parallel-size\b|(?:^|\s)--gpu-memory-utilization\b/,
    'inference',
  ),
  signal('argument', 'arguments', 60, /(?:^|\s)--(?:max-model-len|served-model-name)\b/, 'inference'),
  signal('argument', 'arguments', 60, /\btritonserver\b.*--model-repository|\bllama-server\b|\S+\.gguf\b/, 'inference'),
  signal(
    'argument',
    'arguments',
    60,
    /\btorchrun\b|\baccelerate launch\b|\bdeepspeed\b|\bray start --head\b|\bmpirun\b.*\bnccl/,
    'training',
  ),
  signal('argument', 'arguments', 60, /\bjupyter[ -](?:lab|notebook)\b/, 'notebook'),
  signal('argument', 'arguments', 60, /(?:^|\s)--model[ =][\w.-]+\/[\w.-]+/, 'inference'),
  signal('argument', 'arguments', 10, /(?:^|\s)--model\b/),

  signal('port', 'port', 30, /^11434$/, 'inference'),
  signal('port', 'port', 10, /^(?:8000|8265|10001|8001|8002|30000|8500|8501|8888|7860|8188|6333|19530|8811)$/),
  signal('mount', 'mount', 30, /\/\.cache\/(?:huggingface|torch)\b|\/\.ollama\b/, 'inference'),
  signal('mount', 'mount', 10, /^\/models\b|^\/dev\/shm$/),
  signal('name', 'name', 10, /\b(?:llm|vllm|ollama|inference|llama|embedding|training|notebook|mcp)\b/),
];

/** Images that drive or watch the accelerators of a node, and the operators of AI platforms: they serve no model. */
export const PLUMBING_IMAGES: readonly RegExp[] = [
  '*device-plugin*',
  '*gpu-feature-discovery*',
  '*node-feature-discovery*',
  '*dcgm*',
  '*container-toolkit*',
  '*driver-installer*',
  'nvidia/driver',
  '*nvidia-driver*',
  '*mig-manager*',
  '*mps-control-daemon*',
  '*vgpu-manager*',
  '*gpu-operator*',
  'sriov-network-*',
  '*network-operator*',
  '*topology-scheduler*',
  '*optmem-max*',
  '*fast-socket-installer*',
  'nccl-*-installer*',
  'kueue/*',
  '*volcano-scheduler*',
  'kai-scheduler/*',
  '*-operator',
  'kuberay/operator',
  '*-controller',
  '*-controller-manager',
].map(imageGlob);

/** The same, but used as a sidecar of real AI workloads too: they count only on a DaemonSet. */
export const PLUMBING_ON_DAEMONSETS: readonly RegExp[] = ['*gpudirect-*', 'gpudirect-*/*', '*installer*'].map(
  imageGlob,
);

export const PLUMBING_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'gpu-operator',
  'nvidia-gpu-operator',
  'nvidia-network-operator',
  'node-feature-discovery',
  'gmp-system',
]);

/** Images that use a GPU for something else: transcoding, desktops, samples. */
export const GPU_WITHOUT_AI: readonly RegExp[] = [
  '*plex*',
  '*jellyfin*',
  '*emby*',
  '*ffmpeg*',
  '*tdarr*',
  'nvidia/cuda*',
  '*cuda-vector*',
  '*cuda-sample*',
  '*guacamole*',
  '*desktop*',
].map(imageGlob);

import { imageGlob } from '../image.ts';
import type { Signal, SubClass } from './signals.ts';

function images(weight: Signal['weight'], subClass: SubClass, globs: readonly string[]): Signal[] {
  return globs.map((glob) => ({ aspect: 'image', matches: imageGlob(glob), group: 'image', weight, subClass }));
}

/** Servers of models. */
const INFERENCE = images(100, 'inference', [
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
]);

/** What acts for whoever talks to it: agents, and the tools they call. */
const AGENTS = images(100, 'agent', [
  'langchain/langgraph-api*',
  'docker/mcp-gateway*',
  'mcp/*',
  '*mcp-server*',
  'kagent-dev/*',
  'agent-sandbox/*',
  'docker/docker-agent*',
  '*openhands*',
  'nousresearch/hermes-agent*',
]);

/** What people and programs talk to models through. */
const GATEWAYS = images(100, 'gateway', [
  'flowiseai/flowise*',
  'langflowai/langflow*',
  'langgenius/dify-*',
  'berriai/litellm*',
  'mintplexlabs/anythingllm*',
  'open-webui/open-webui',
  'lobehub/lobe-chat*',
  'danny-avila/librechat*',
]);

/** Whisper alone is also the name of Graphite's database, so only the names of speech models count. */
const SPEECH_AND_IMAGE = images(100, 'speech and image', [
  '*comfyui*',
  '*stable-diffusion*',
  '*openai-whisper*',
  '*faster-whisper*',
  '*whisper-asr*',
  '*whisper.cpp*',
  '*whisperx*',
  'rhasspy/wyoming-*',
  'blakeblackshear/frigate*',
]);

/** Frameworks that models are trained with, and served with too. */
const TRAINING = images(60, 'training', [
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
]);

export const IMAGE_SIGNALS: readonly Signal[] = [
  ...INFERENCE,
  ...AGENTS,
  ...GATEWAYS,
  ...SPEECH_AND_IMAGE,
  ...TRAINING,
  ...images(60, 'notebook', ['jupyter/*', 'jupyterhub/*', '*notebook-servers/*', 'kubeflow/*notebook*']),
  ...images(60, 'pipeline', ['*mlflow*', '*katib*', '*model-registry*', 'wandb/*', 'kubeflow/*']),
  ...images(30, 'vector store', [
    'qdrant/qdrant',
    'milvusdb/milvus',
    'semitechnologies/weaviate',
    'chromadb/chroma',
    'chroma-core/chroma',
    'pgvector/pgvector',
  ]),
  ...images(30, 'pipeline', ['langfuse/langfuse*', 'arizephoenix/phoenix*', 'helicone/*']),
  ...images(30, 'inference', ['*modelcar*']),
  // Automation becomes AI by what it is given.
  ...['n8nio/n8n', 'browserless/*', 'nodered/node-red'].flatMap((glob) => [
    ...images(10, 'agent', [glob]),
    ...images(30, 'agent', [glob]).map((signal) => ({ ...signal, beside: 'credentials' as const })),
  ]),
];

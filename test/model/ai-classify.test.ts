import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classesIn, deployment, object, POD, running, signalsIn } from '../ai-manifests.ts';

const env = (...names: string[]) => ({ env: names.map((name) => ({ name, value: 'x' })) });
const limits = (name: string, quantity: string | number = 1) => ({ resources: { limits: { [name]: quantity } } });
const GPU = limits('nvidia.com/gpu');

describe('kinds of AI platforms', () => {
  const rows: [string, string, object, string][] = [
    ['serving.kserve.io/v1beta1', 'InferenceService', { predictor: { model: {} } }, 'ai inference'],
    ['serving.kserve.io/v1alpha1', 'ClusterServingRuntime', POD, 'ai inference'],
    ['serving.kserve.io/v1alpha1', 'LLMInferenceService', { prefill: { template: POD } }, 'ai inference'],
    ['ray.io/v1', 'RayService', { rayClusterConfig: { headGroupSpec: { template: { spec: POD } } } }, 'ai inference'],
    ['ray.io/v1', 'RayJob', { submitterPodTemplate: { spec: POD } }, 'ai training'],
    ['kubeflow.org/v1', 'PyTorchJob', { pytorchReplicaSpecs: { Worker: { template: { spec: POD } } } }, 'ai training'],
    ['kubeflow.org/v1', 'Notebook', { template: { spec: POD } }, 'ai notebook'],
    ['trainer.kubeflow.org/v1alpha1', 'TrainJob', { podSpecOverrides: [POD] }, 'ai training'],
    [
      'machinelearning.seldon.io/v1',
      'SeldonDeployment',
      { predictors: [{ componentSpecs: [{ spec: POD }] }] },
      'ai inference',
    ],
    [
      'nvidia.com/v1alpha1',
      'DynamoGraphDeployment',
      { services: { w: { extraPodSpec: { mainContainer: { image: 'a' } } } } },
      'ai inference',
    ],
    ['apps.nvidia.com/v1alpha1', 'NIMService', { expose: {} }, 'ai inference'],
    ['kubeai.org/v1', 'Model', { url: 'hf://a/b' }, 'ai inference'],
    [
      'orchestration.aibrix.ai/v1alpha1',
      'StormService',
      { template: { spec: { roles: [{ template: { spec: POD } }] } } },
      'ai inference',
    ],
    ['kagent.dev/v1alpha2', 'Agent', { declarative: {} }, 'ai agent'],
    ['agents.x-k8s.io/v1beta1', 'Sandbox', { podTemplate: { spec: POD } }, 'ai agent'],
    [
      'leaderworkerset.x-k8s.io/v1',
      'LeaderWorkerSet',
      { leaderWorkerTemplate: { workerTemplate: { spec: POD } } },
      'ai inference',
    ],
    [
      'kubeflow.org/v2beta1',
      'MPIJob',
      { mpiReplicaSpecs: { Worker: { template: { spec: POD } } } },
      'likely-ai training',
    ],
    [
      'jobset.x-k8s.io/v1alpha2',
      'JobSet',
      { replicatedJobs: [{ template: { spec: { template: { spec: POD } } } }] },
      'not-ai',
    ],
    ['batch.volcano.sh/v1alpha1', 'Job', { tasks: [{ template: { spec: POD } }] }, 'not-ai'],
    ['argoproj.io/v1alpha1', 'Workflow', { templates: [{ container: { image: 'a' } }] }, 'not-ai'],
    ['sparkoperator.k8s.io/v1beta2', 'SparkApplication', { driver: { hostNetwork: true } }, 'not-ai'],
  ];
  for (const [apiVersion, kind, spec, expected] of rows)
    it(`${kind} of ${apiVersion}: ${expected}`, () => {
      assert.equal(classesIn(object(apiVersion, kind, spec))[0], expected);
    });

  it('keep their pods at the root: KAITO', () => {
    const workspace = { apiVersion: 'kaito.sh/v1beta1', kind: 'Workspace', metadata: { name: 'x' } };
    assert.deepEqual(classesIn(JSON.stringify({ ...workspace, inference: { template: { spec: POD } } })), [
      'ai inference',
    ]);
    assert.deepEqual(classesIn(JSON.stringify({ ...workspace, inference: { preset: { name: 'phi-4' } } })), [
      'ai inference',
    ]);
  });

  it('configure models without running them', () => {
    assert.deepEqual(classesIn(object('kagent.dev/v1alpha2', 'ModelConfig', { model: 'x' })), []);
    assert.deepEqual(
      classesIn(object('v1', 'Service', { selector: {} }, { labels: { 'kserve.io/component': 'a' } })),
      [],
    );
  });
});

describe('images', () => {
  const rows: [string, string][] = [
    ['vllm/vllm-openai:v0.9.0', 'ai inference'],
    ['registry.example.com:5000/mirror/vllm/vllm-openai@sha256:abc', 'ai inference'],
    ['public.ecr.aws/x/vllm-openai-rocm', 'ai inference'],
    ['nvcr.io/nim/meta/llama-3.1-8b-instruct:1.8', 'ai inference'],
    ['ghcr.io/ggml-org/llama.cpp:server', 'ai inference'],
    ['docker/mcp-gateway', 'ai agent'],
    ['mcp/github', 'ai agent'],
    ['ghcr.io/open-webui/open-webui:main', 'ai gateway'],
    ['onerahmet/openai-whisper-asr-webservice', 'ai speech and image'],
    ['ghcr.io/blakeblackshear/frigate:stable', 'ai speech and image'],
    ['pytorch/pytorch', 'ai training'],
    ['rayproject/ray:2.52.0', 'ai training'],
    ['quay.io/jupyter/scipy-notebook', 'ai notebook'],
    ['ghcr.io/mlflow/mlflow', 'ai pipeline'],
    ['qdrant/qdrant', 'likely-ai vector store'],
    ['n8nio/n8n', 'not-ai'],
    ['graphiteapp/whisper', 'not-ai'],
    ['amazon/aws-xray-daemon', 'not-ai'],
    ['example.com/tray/ray', 'not-ai'],
    ['example.com/chromadp/chroma', 'not-ai'],
    ['example.com/nim/compiler', 'not-ai'],
    ['nginx', 'not-ai'],
  ];
  for (const [image, expected] of rows)
    it(`${image}: ${expected}`, () => assert.deepEqual(classesIn(running({ image })), [expected]));

  it('are known by their repository when a template or a variable gives the tag', () => {
    const pod = (image: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspec:\n  containers:\n    - name: a\n      image: ${image}\n`;
    assert.deepEqual(classesIn(pod('"{{ .Values.registry }}/vllm/vllm-openai:{{ .Values.tag }}"')), ['ai inference']);
    assert.deepEqual(classesIn(pod(`vllm/vllm-openai:\${TAG:-latest}`)), ['ai inference']);
    const service = `services:\n  a:\n    image: \${IMAGE:-ollama/ollama:latest}\n`;
    assert.deepEqual(classesIn(service, 'compose.yaml'), ['ai inference']);
  });
});

describe('accelerators', () => {
  it('that only AI uses decide, general ones make it likely', () => {
    for (const name of ['google.com/tpu', 'habana.ai/gaudi', 'aws.amazon.com/neuroncore', 'huawei.com/Ascend910'])
      assert.deepEqual(classesIn(running(limits(name))), ['ai'], name);
    for (const name of ['nvidia.com/gpu', 'nvidia.com/mig-1g.5gb', 'amd.com/gpu', 'gpu.intel.com/xe'])
      assert.deepEqual(classesIn(running(limits(name))), ['likely-ai'], name);
    assert.deepEqual(classesIn(running(limits('nvidia.com/gpu', 0))), ['not-ai']);
    assert.deepEqual(classesIn(running(limits('example.com/gpu'))), ['not-ai']);
  });

  it('do not decide together with weak signs', () => {
    assert.deepEqual(
      classesIn(running({ ...GPU, ports: [{ containerPort: 8000 }], volumeMounts: [{ mountPath: '/models' }] })),
      ['likely-ai'],
    );
  });

  it('are found through claims in the same file, in every version of the API', () => {
    const template = (requests: object[]) =>
      object('resource.k8s.io/v1', 'ResourceClaimTemplate', { spec: { devices: { requests } } }, { name: 'one' });
    const pod = running({}, { resourceClaims: [{ name: 'g', resourceClaimTemplateName: 'one' }] });
    for (const request of [
      { deviceClassName: 'gpu.nvidia.com' },
      { exactly: { deviceClassName: 'gpu.nvidia.com' } },
      { firstAvailable: [{ deviceClassName: 'gpu.nvidia.com' }] },
    ])
      assert.deepEqual(classesIn(`${pod}\n---\n${template([request])}`), ['likely-ai']);
    const claim = object('resource.k8s.io/v1', 'ResourceClaim', {
      devices: { requests: [{ deviceClassName: 'tpu.google.com' }] },
    });
    assert.deepEqual(classesIn(`${running({}, { resourceClaims: [{ resourceClaimName: 'x' }] })}\n---\n${claim}`), [
      'ai',
    ]);
    assert.deepEqual(classesIn(pod), ['not-ai']);
  });

  it('are asked for by node labels, affinity and runtime classes, but for DaemonSets', () => {
    const affinity = (terms: object) => ({ affinity: { nodeAffinity: terms } });
    const matchExpressions = [{ key: 'cloud.google.com/gke-accelerator', operator: 'Exists' }];
    for (const pod of [
      { runtimeClassName: 'nvidia' },
      { nodeSelector: { 'nvidia.com/gpu.present': 'true' } },
      { tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }] },
      affinity({ requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } }),
      affinity({ preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions } }] }),
    ]) {
      assert.deepEqual(classesIn(running({}, pod)), ['likely-ai'], JSON.stringify(pod));
      const daemonSet = object('apps/v1', 'DaemonSet', { template: { spec: { ...POD, ...pod } } });
      assert.deepEqual(classesIn(daemonSet), ['not-ai'], JSON.stringify(pod));
    }
  });

  it('say nothing about a transcoder, a desktop or a sample', () => {
    for (const image of [
      'plexinc/pms-docker',
      'lscr.io/linuxserver/plex',
      'jellyfin/jellyfin',
      'nvidia/cuda:12.4.1-base',
      'example.com/cuda-vectoradd',
    ])
      assert.deepEqual(classesIn(running({ image, ...GPU })), ['not-ai'], image);
  });
});

describe('other signs', () => {
  const rows: [string, object, string][] = [
    ['a model server by its command', { command: ['vllm', 'serve', 'a/b'] }, 'ai inference'],
    [
      'a model server in a script',
      { command: ['sh', '-c', 'set -e\nexec python -m vllm.entrypoints.openai.api_server'] },
      'ai inference',
    ],
    ['a model of a hub', { args: ['--model', 'meta-llama/Llama-3.1-8B'] }, 'ai inference'],
    ['training over several processes', { command: ['torchrun', 'train.py'] }, 'ai training'],
    ['another --model', { args: ['--model', 'small'] }, 'not-ai'],
    ['settings of a server', env('VLLM_ATTENTION_BACKEND'), 'ai inference'],
    ['settings of an agent', env('LANGGRAPH_URL'), 'ai agent'],
    ['a token for models', env('HF_TOKEN'), 'ai inference'],
    ['a key for a provider only', env('OPENAI_API_KEY'), 'likely-ai'],
    ['where a server is found', env('OLLAMA_BASE_URL'), 'likely-ai'],
    ['a name that printers use too', env('MODEL_NAME'), 'not-ai'],
    ['automation alone', { image: 'n8nio/n8n' }, 'not-ai'],
    ['automation with a key', { image: 'n8nio/n8n', ...env('OPENAI_API_KEY') }, 'ai agent'],
    ['Ollama by its port', { ports: [{ containerPort: 11434 }] }, 'likely-ai inference'],
    ['a named port', { ports: [{ name: 'vllm-http', containerPort: 9000 }] }, 'likely-ai inference'],
    ['a port that many use', { ports: [{ containerPort: 8000 }] }, 'not-ai'],
    [
      'a cache of models',
      { volumeMounts: [{ name: 'c', mountPath: '/root/.cache/huggingface' }] },
      'likely-ai inference',
    ],
  ];
  for (const [name, container, expected] of rows)
    it(`${name}: ${expected}`, () => assert.deepEqual(classesIn(running(container)), [expected]));

  it('are volumes that hold models', () => {
    for (const volume of [
      { persistentVolumeClaim: { claimName: 'llm-models' } },
      { image: { reference: 'registry.example.com/models/phi:4' } },
      { name: 'model-weights', csi: { driver: 'gcsfuse.csi.storage.gke.io' } },
    ])
      assert.deepEqual(classesIn(running({}, { volumes: [volume] })), ['likely-ai inference'], JSON.stringify(volume));
    assert.deepEqual(classesIn(running({}, { volumes: [{ persistentVolumeClaim: { claimName: 'modeling' } }] })), [
      'not-ai',
    ]);
  });

  it('are labels that operators write', () => {
    const labelled = (name: string, value = 'x') => deployment(POD, { labels: { [name]: value } });
    assert.deepEqual(classesIn(labelled('ray.io/cluster')), ['ai training']);
    assert.deepEqual(classesIn(labelled('kserve.io/component')), ['ai inference']);
    assert.deepEqual(classesIn(labelled('app.kubernetes.io/part-of', 'kubeflow')), ['ai pipeline']);
    assert.deepEqual(classesIn(labelled('app.kubernetes.io/part-of', 'shop')), ['not-ai']);
    assert.deepEqual(classesIn(labelled('kueue.x-k8s.io/queue-name')), ['not-ai']);
    assert.deepEqual(classesIn(labelled('sidecar.istio.io/inject')), ['not-ai']);
  });

  it('count once for a group, and the memory of an emptyDir only', () => {
    const shm = (volume: object) =>
      running(
        { ...GPU, volumeMounts: [{ name: 's', mountPath: '/dev/shm' }] },
        { volumes: [{ name: 's', ...volume }] },
      );
    assert.deepEqual(signalsIn(shm({ emptyDir: { medium: 'Memory' } })), ['nvidia.com/gpu', 'mount /dev/shm']);
    assert.deepEqual(signalsIn(shm({ hostPath: { path: '/dev/shm' } })), ['nvidia.com/gpu']);
  });

  it('of a Compose service', () => {
    const service = (text: string) =>
      classesIn(`services:\n  a:\n    image: example.com/a\n    ${text}\n`, 'compose.yaml');
    for (const text of [
      'gpus: all',
      'runtime: nvidia',
      'devices: ["/dev/kfd:/dev/kfd"]',
      'devices: ["nvidia.com/gpu=all"]',
      'deploy: { resources: { reservations: { devices: [{ capabilities: [gpu] }] } } }',
    ])
      assert.deepEqual(service(text), ['likely-ai'], text);
    assert.deepEqual(service('devices: ["/dev/dri:/dev/dri"]'), ['not-ai']);
    assert.deepEqual(service('models: [llm]'), ['ai inference']);
    assert.deepEqual(service('provider: { type: model }'), ['ai inference']);
    assert.deepEqual(service('command: vllm serve a/b'), ['ai inference']);
    assert.deepEqual(service('environment: [HF_TOKEN]'), ['ai inference']);
  });
});

describe('what keeps accelerators running is no AI workload', () => {
  const daemonSet = (image: string, pod: object = {}, metadata: object = {}) =>
    object(
      'apps/v1',
      'DaemonSet',
      { template: { spec: { ...pod, containers: [{ name: 'a', image, ...GPU }] } } },
      metadata,
    );
  it('by its image, its namespace or its name', () => {
    for (const image of [
      'nvcr.io/nvidia/k8s-device-plugin:v0.17.0',
      'nvcr.io/nvidia/k8s/dcgm-exporter',
      'gke.gcr.io/nvidia-gpu-device-plugin',
      'ghcr.io/mellanox/k8s-rdma-shared-dev-plugin',
      'us-docker.pkg.dev/gce-ai-infra/gpudirect-tcpx/nccl-plugin-gpudirecttcpx',
    ])
      assert.deepEqual(classesIn(daemonSet(image)), ['ai-infrastructure'], image);
    assert.deepEqual(classesIn(daemonSet('example.com/a', {}, { namespace: 'gpu-operator' })), ['ai-infrastructure']);
    assert.deepEqual(classesIn(daemonSet('FILLED BY THE OPERATOR', {}, { name: 'nvidia-driver-daemonset' })), [
      'ai-infrastructure',
    ]);
  });
  it('by the parts of the node it mounts, if it claims no accelerator', () => {
    const volumes = [
      { name: 'd', hostPath: { path: '/dev' } },
      { name: 'r', hostPath: { path: '/run/nvidia' } },
    ];
    assert.deepEqual(classesIn(running(env('NCCL_DEBUG'), { volumes })), ['ai-infrastructure']);
    assert.deepEqual(classesIn(running({ ...GPU, ...env('NCCL_DEBUG') }, { volumes })), ['ai training']);
    const more = [...volumes, { name: 'm', hostPath: { path: '/mnt/models' } }];
    assert.deepEqual(classesIn(running(env('NCCL_DEBUG'), { volumes: more })), ['ai training']);
  });
  it('as the operator of a platform', () => {
    const labels = { 'app.kubernetes.io/part-of': 'kubeflow' };
    const operator = deployment(
      { containers: [{ name: 'a', image: 'ghcr.io/kubeflow/training-operator' }] },
      { labels },
    );
    assert.deepEqual(classesIn(operator), ['ai-infrastructure']);
  });
  it('but for a DaemonSet that serves a model', () => {
    assert.deepEqual(classesIn(daemonSet('ollama/ollama')), ['ai inference']);
  });
});

import type { Place } from '../../language/place.ts';
import { isSureBeside } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import { type Pod, valuesAt } from '../../model/kubernetes/objects.ts';
import { furtherNetworks } from '../../model/kubernetes/pod-networks.ts';

/** A sign that an AI workload needs the node's network, or that it does not. */
export interface Evidence {
  readonly text: string;
  readonly at: Place;
}

export interface HostNetworkNeed {
  /** One entry for each kind of evidence; two or more make the need credible. */
  readonly signs: readonly Evidence[];
  /** Networks of its own that the pod has already been given, which make host networking pointless. */
  readonly counterSign: Evidence | undefined;
}

/** Of a workload that no evidence is looked for in. */
export const NO_NEED: HostNetworkNeed = { signs: [], counterSign: undefined };

/** RDMA devices, as resource names. */
const RDMA_RESOURCE = /^rdma\/|^vpc\.amazonaws\.com\/efa$|^nvidia\.com\/.*(?:rdma|hostdev)|\/rdma$/;
/** The usual pod interface is eth0; these names belong to the node. A `=` asks for exactly the one named. */
const NODE_INTERFACE = /^=?(?:ens|enp|eno|bond|ib|mlx|roce|eth[1-9])/;
const TRANSPORT_ENV = /^(?:NCCL_IB_HCA|NCCL_IB_GID_INDEX|UCX_NET_DEVICES)$/;
const INTERFACE_ENV = /^(?:NCCL_SOCKET_IFNAME|GLOO_SOCKET_IFNAME)$/;
const DEVICE_PATH = /^\/dev\/(?:infiniband|aperture_devices)\b|^\/sys\/class\/net\b/;

/** Looks for a clear infrastructure requirement: multi-node traffic over the node's own network devices. */
export function needForHostNetwork(pod: Pod): HostNetworkNeed {
  const signs = [rdmaDevice(pod), transport(pod), severalNodes(pod), deliberation(pod), knownPlatform(pod)];
  return { signs: signs.filter((sign) => sign !== undefined), counterSign: secondaryNetwork(pod) };
}

function rdmaDevice(pod: Pod): Evidence | undefined {
  for (const container of pod.containers)
    for (const list of ['limits', 'requests'])
      for (const { name, value } of container.value.at('resources', list)?.fields() ?? [])
        if (RDMA_RESOURCE.test(name)) return { text: name, at: value };
  return undefined;
}

function transport(pod: Pod): Evidence | undefined {
  if (!severalNodes(pod)) return undefined;
  for (const container of pod.containers)
    for (const item of container.env) {
      const name = item.get('name')?.text ?? '';
      const value = item.get('value');
      const namesNodeInterface = INTERFACE_ENV.test(name) && NODE_INTERFACE.test(value?.text ?? '');
      if (TRANSPORT_ENV.test(name) || namesNodeInterface) return { text: name, at: value ?? item };
    }
  return undefined;
}

/** How many pods work together, as field paths from the object; more than one means several nodes. */
const COUNTS = [
  'spec.completions',
  'spec.parallelism',
  'spec.jobTemplate.spec.completions',
  'spec.jobTemplate.spec.parallelism',
  'spec.replicatedJobs[].replicas',
  'spec.replicatedJobs[].template.spec.completions',
  'spec.replicatedJobs[].template.spec.parallelism',
  'spec.template.spec.replicatedJobs[].template.spec.completions',
  'spec.template.spec.replicatedJobs[].template.spec.parallelism',
  'spec.leaderWorkerTemplate.size',
  'spec.roles[].spec.leaderWorkerTemplate.size',
  'spec.workloadTemplate.size',
  'spec.predictor.workerSpec.pipelineParallelSize',
  'spec.tasks[].replicas',
  'spec.jobTemplate.spec.tasks[].replicas',
  'spec.mlPolicy.numNodes',
  'spec.trainer.numNodes',
];
/** How many workers there are beside a master or a head; one is enough. */
const WORKERS = ['pytorch', 'tf', 'xgb', 'paddle', 'jax', 'mpi'].map(
  (name) => `spec.${name}ReplicaSpecs.Worker.replicas`,
);
/** Where Ray lists its groups of workers. */
const WORKER_GROUPS = [
  'spec.workerGroupSpecs[]',
  'spec.rayClusterSpec.workerGroupSpecs[]',
  'spec.rayClusterConfig.workerGroupSpecs[]',
  'spec.jobTemplate.rayClusterSpec.workerGroupSpecs[]',
  'spec.template.spec.workerGroupSpecs[]',
];

function severalNodes(pod: Pod): Evidence | undefined {
  const { root } = pod.object;
  const at = (paths: readonly string[]) => paths.flatMap((path) => valuesAt(root, path));
  const found =
    at(COUNTS).find((count) => (count.integer ?? 0) > 1) ??
    at(WORKERS).find((count) => (count.integer ?? 0) > 0) ??
    at(WORKER_GROUPS).find((group) => (group.get('replicas')?.integer ?? 1) > 0) ??
    pod.containers
      .flatMap((container) => container.env)
      .find((item) => /^(?:MASTER_ADDR|WORLD_SIZE)$/.test(item.get('name')?.text ?? ''));
  return found && { text: 'runs on several nodes', at: found.get('groupName') ?? found.get('name') ?? found };
}

/** The author set the DNS policy that goes with host networking, and opened more of the node for the same purpose. */
function deliberation(pod: Pod): Evidence | undefined {
  const policy = pod.spec.get('dnsPolicy');
  if (policy?.text !== 'ClusterFirstWithHostNet') return undefined;
  const opensMore =
    pod.spec.get('hostIPC')?.boolean === true ||
    pod.spec
      .get('volumes')
      ?.items()
      .some((volume) => DEVICE_PATH.test(volume.at('hostPath', 'path')?.text ?? '')) ||
    pod.containers.some(({ value }) =>
      value
        .at('securityContext', 'capabilities', 'add')
        ?.items()
        .some((item) => /^(?:CAP_)?IPC_LOCK$/.test(item.text ?? '')),
    );
  return opensMore ? { text: 'ClusterFirstWithHostNet with devices of the node', at: policy } : undefined;
}

/** GPUDirect TCPX recipes and Alibaba's Lingjun nodes ask for host networking. */
function knownPlatform(pod: Pod): Evidence | undefined {
  for (const { image } of pod.containers)
    if (/gpudirect-?tcpx/.test(image?.rawText ?? '')) return { text: 'GPUDirect TCPX', at: image as Value };
  const labels = [pod.spec.get('nodeSelector'), pod.metadata?.get('labels'), pod.metadata?.get('annotations')];
  for (const label of labels.flatMap((value) => value?.fields() ?? []))
    if (/lingjun/i.test(label.name)) return { text: label.name, at: label.value };
  return undefined;
}

/** Charts that choose between the node's network and networks of the pod's own print one or the other. */
function secondaryNetwork(pod: Pod): Evidence | undefined {
  const annotation = furtherNetworks(pod);
  const hostNetwork = pod.spec.field('hostNetwork');
  if (!annotation || !hostNetwork || !isSureBeside(hostNetwork, annotation)) return undefined;
  return { text: annotation.name, at: annotation.value };
}

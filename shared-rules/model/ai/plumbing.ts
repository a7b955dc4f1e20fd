import { type ImageGlob, imageGlob } from '../image.ts';

/** Images that drive or watch the accelerators of a node: they serve no model. */
export const PLUMBING_IMAGES: readonly ImageGlob[] = [
  '*device-plugin*',
  '*rdma-shared-dev-plugin*',
  '*gpu-feature-discovery*',
  '*node-feature-discovery*',
  '*dcgm*',
  '*container-toolkit*',
  '*driver-installer*',
  'nvidia/driver',
  '*nvidia-driver*',
  '*dra-driver*',
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
].map(imageGlob);

/** Operators and schedulers. Where signs of AI are seen on one, they are those of what it looks after. */
export const OPERATOR_IMAGES: readonly ImageGlob[] = [
  'kueue/*',
  '*volcano-scheduler*',
  'volcanosh/vc-*',
  'kai-scheduler/*',
  '*-operator',
  '*-operator/*',
  'kuberay/operator',
  '*-controller',
  '*-controller-manager',
].map(imageGlob);

/** Plumbing that is used as a sidecar of real AI workloads too: it counts only on a DaemonSet. */
export const PLUMBING_ON_DAEMONSETS: readonly ImageGlob[] = ['*gpudirect-*', 'gpudirect-*/*', '*installer*'].map(
  imageGlob,
);

/** Kinds that say what the operator of a GPU runs on the nodes. */
export const PLUMBING_KIND = /^nvidia\.com\/(?:ClusterPolicy|GPUCluster|NVIDIADriver)$/;

export const PLUMBING_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'gpu-operator',
  'nvidia-gpu-operator',
  'nvidia-network-operator',
  'node-feature-discovery',
  'gmp-system',
]);

/** What a driver, a device plugin or an installer mounts of its node. */
export const PLUMBING_PATH =
  /^(?:\/dev|\/var\/lib\/kubelet\/device-plugins|(?:\/var)?\/run\/nvidia(?:\/.*)?|\/sys\/class\/infiniband)\/?$/;

/** Images that use a GPU for something else: transcoding, desktops, samples. */
export const GPU_WITHOUT_AI: readonly ImageGlob[] = [
  '*plex*',
  'plexinc/*',
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

import type { RuleId } from '../../rules/catalogue.generated.ts';

/**
 * A program that is known to need what rules report, because its job is on the node. It is known by its image and by
 * the kind it runs as together: a name says nothing, and the same image as somebody's sidecar is another matter.
 * Facts: the manifests and installation guides that each project publishes.
 */
export interface NodeProgram {
  /** As a sentence goes on: `the network plugin Calico`. */
  readonly what: string;
  /** Repositories without registry and tag; `*` stands for any part of a path segment. */
  readonly images: readonly string[];
  /** Kubernetes kinds, `service` for Compose, and `container` for a command and what an engine runs. */
  readonly kinds: readonly string[];
  /** The rules whose findings it needs. */
  readonly needs: readonly RuleId[];
}

const NODE = ['DaemonSet'];
const NODE_AND_CONTAINER = ['DaemonSet', 'service', 'container'];
const CONTAINER = ['service', 'container'];
const STATIC = ['Pod', 'DaemonSet'];
const WORKLOADS = ['DaemonSet', 'Deployment', 'StatefulSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod'];

/** Interfaces, routes and filters of the node, and the files of its network plugins. */
const NODE_NETWORK: readonly RuleId[] = [
  'host-network',
  'host-port',
  'privileged',
  'added-capabilities',
  'sensitive-host-path',
  'unconfined',
];
/** Devices and mounts of the node. */
const NODE_STORAGE: readonly RuleId[] = [
  'host-network',
  'privileged',
  'added-capabilities',
  'sensitive-host-path',
  'runtime-socket',
];
/** Kernel modules, devices and the runtime's configuration. */
const NODE_DRIVERS: readonly RuleId[] = [
  'host-network',
  'host-pid',
  'host-ipc',
  'privileged',
  'added-capabilities',
  'sensitive-host-path',
  'runtime-socket',
];
/** A mount of the root folder holds the runtime's socket as well. */
const ROOT_FOLDER: readonly RuleId[] = ['sensitive-host-path', 'runtime-socket'];

/** In the order of the documentation, by what the programs are for. */
export const KNOWN_HOST_USERS: Readonly<Record<string, readonly NodeProgram[]>> = {
  'Network plugins': [
    user('the network plugin Calico', ['calico/node', 'calico/cni', 'calico/calico', 'calico/csi'], NODE, [
      ...NODE_NETWORK,
      'runtime-socket',
    ]),
    user("Calico's Flexvolume driver", ['calico/pod2daemon-flexvol'], NODE, ['privileged', 'sensitive-host-path']),
    user("Calico's cache of the cluster's state", ['calico/typha', 'calico/calico'], ['Deployment'], ['host-network']),
    user('the operator that installs Calico', ['tigera/operator'], ['Deployment'], ['host-network']),
    user('the network plugin Cilium', ['cilium/cilium', 'cilium/cilium-envoy'], NODE, NODE_NETWORK),
    user("Cilium's operator", ['cilium/operator', 'cilium/operator-*'], ['Deployment'], ['host-network']),
    user(
      'the network plugin Flannel',
      ['flannel/flannel', 'flannel/flannel-cni-plugin', 'coreos/flannel', 'flannelcni/*'],
      NODE,
      NODE_NETWORK,
    ),
    user(
      'the network plugin of Amazon VPC',
      ['amazon-k8s-cni', 'amazon-k8s-cni-init', 'aws-network-policy-agent'],
      NODE,
      NODE_NETWORK,
    ),
    user('the network plugin Antrea', ['antrea/antrea-agent-*', 'antrea/antrea-ubuntu'], NODE, NODE_NETWORK),
    user("Antrea's controller", ['antrea/antrea-controller-*'], ['Deployment'], ['host-network']),
    user('the network plugin Weave Net', ['weaveworks/weave-*'], NODE, ['host-pid', ...NODE_NETWORK]),
    user('the network plugin kube-router', ['cloudnativelabs/kube-router'], NODE, ['host-pid', ...NODE_NETWORK]),
    user('the network plugin Multus', ['k8snetworkplumbingwg/multus-cni'], NODE, ['host-pid', ...NODE_NETWORK]),
    user("Istio's or Linkerd's network plugin", ['istio/install-cni', 'linkerd/cni-plugin'], NODE, NODE_NETWORK),
    user('a device plugin for SR-IOV', ['*sriov-network-device-plugin'], NODE, NODE_DRIVERS),
  ],
  'Cluster network': [
    user("Kubernetes' service proxy", ['kube-proxy'], STATIC, NODE_NETWORK),
    user("the node's DNS cache", ['k8s-dns-node-cache'], NODE, NODE_NETWORK),
    user('the load balancer MetalLB', ['metallb/speaker', 'frrouting/frr'], NODE, NODE_NETWORK),
    user("the control plane's address kube-vip", ['kube-vip/kube-vip'], STATIC, [...NODE_NETWORK]),
    user(
      "an ingress controller that serves the node's own ports",
      ['ingress-nginx/controller', 'traefik', 'haproxytech/kubernetes-ingress'],
      NODE,
      ['host-network', 'host-port'],
    ),
    user('the server of konnectivity', ['kas-network-proxy/proxy-server'], STATIC, ['host-network', 'host-port']),
    user(
      "a service mesh's redirection of a pod's own traffic",
      ['linkerd/proxy-init', 'linkerd/proxy', 'istio/proxyv2'],
      WORKLOADS,
      ['added-capabilities'],
    ),
  ],
  'Control plane': [
    user(
      "a part of Kubernetes' control plane",
      ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'],
      ['Pod'],
      ['host-network', 'host-port', 'sensitive-host-path'],
    ),
    user(
      "a cloud's controller manager, which nodes need before their network is up",
      ['*cloud-controller-manager'],
      ['DaemonSet', 'Deployment', 'Pod'],
      ['host-network'],
    ),
  ],
  'Monitoring and logs': [
    user(
      "Prometheus' node exporter",
      ['prometheus/node-exporter', 'prom/node-exporter', 'bitnami/node-exporter'],
      NODE_AND_CONTAINER,
      ['host-network', 'host-pid', 'host-port', 'added-capabilities', ...ROOT_FOLDER],
    ),
    user("Prometheus' exporter for Windows nodes", ['windows-exporter'], NODE, [
      'host-network',
      'host-port',
      'windows-host-process',
    ]),
    user('the container monitor cAdvisor', ['cadvisor/cadvisor', 'google/cadvisor'], NODE_AND_CONTAINER, [
      'privileged',
      ...ROOT_FOLDER,
    ]),
    user(
      'a collector of log files',
      [
        'fluent/fluent-bit',
        'fluent/fluentd-kubernetes-daemonset',
        'fluentd_elasticsearch/fluentd',
        'grafana/promtail',
        'grafana/alloy',
        'timberio/vector',
        'beats/filebeat',
      ],
      NODE_AND_CONTAINER,
      ['sensitive-host-path'],
    ),
    user(
      "Datadog's agent",
      ['datadog/agent', 'datadoghq/agent', 'registry.datadoghq.com/agent', '*/ddot-collector'],
      NODE_AND_CONTAINER,
      ['host-network', 'host-pid', 'host-port', 'added-capabilities', 'unconfined', ...ROOT_FOLDER],
    ),
    user('the monitor Netdata', ['netdata/netdata'], NODE_AND_CONTAINER, [
      'host-network',
      'host-pid',
      'host-ipc',
      'added-capabilities',
      'unconfined',
      ...ROOT_FOLDER,
    ]),
    user("New Relic's infrastructure agent", ['newrelic/infrastructure*'], NODE_AND_CONTAINER, NODE_DRIVERS),
    user('the runtime security agent Falco', ['falcosecurity/falco*'], NODE_AND_CONTAINER, [
      'privileged',
      'added-capabilities',
      ...ROOT_FOLDER,
    ]),
    user("Sysdig's agent", ['sysdig/agent', 'sysdig/agent-slim'], NODE_AND_CONTAINER, NODE_DRIVERS),
    user('the node problem detector', ['node-problem-detector/node-problem-detector'], NODE, [
      'privileged',
      'sensitive-host-path',
    ]),
  ],
  Storage: [
    user(
      "the node's part of a CSI driver",
      [
        '*csi-driver',
        'csi-node-driver-registrar',
        'csi-secrets-store/driver',
        'azuredisk-csi',
        'azurefile-csi',
        'cephcsi/cephcsi',
        'sig-storage/nfsplugin',
        'sig-storage/smbplugin',
      ],
      NODE,
      ['host-pid', ...NODE_STORAGE],
    ),
    user('the storage system Longhorn', ['longhornio/longhorn-manager'], NODE, NODE_STORAGE),
  ],
  'Accelerators and drivers': [
    user(
      'a device plugin or feature discovery',
      ['*device-plugin', '*gpu-device-plugin', '*gpu-feature-discovery', 'k8s-rdma-shared-dev-plugin'],
      NODE,
      NODE_DRIVERS,
    ),
    user('node feature discovery', ['*node-feature-discovery'], NODE, ['host-network', 'sensitive-host-path']),
    user(
      "a part of NVIDIA's GPU operator",
      [
        'nvidia/driver',
        'nvidia/vgpu-manager',
        'nvidia/cloud-native/*',
        'nvidia/k8s/container-toolkit',
        'nvidia/k8s/dcgm-exporter',
        'nvidia/k8s-dra-driver-gpu',
        'nvidia/gpu-operator-validator',
      ],
      NODE,
      NODE_DRIVERS,
    ),
    user(
      "an installer of a cloud's GPU driver",
      ['*nvidia-installer', '*cos-gpu-installer', '*nvidia-driver-installer', '*nvidia-partition-gpu'],
      NODE,
      NODE_DRIVERS,
    ),
    user(
      'an installer of GPUDirect networking',
      ['gpudirect-*/nccl-plugin-*', '*fastsocket-installer'],
      NODE,
      NODE_DRIVERS,
    ),
  ],
  'Identity and nodes': [
    user("an agent for the cloud's identities", ['jtblin/kube2iam', 'uswitch/kiam'], NODE, NODE_NETWORK),
    user('the agent for pod identities of Amazon EKS', ['eks-pod-identity-agent'], NODE, ['host-network', 'host-port']),
    user('the identity agent SPIRE', ['spiffe/spire-agent'], NODE, ['host-network', 'host-pid']),
    user('the reboot daemon kured', ['kubereboot/kured'], NODE, ['host-pid', 'privileged']),
    user("KubeVirt's manager of virtual machines", ['kubevirt/virt-handler'], NODE, [
      'host-pid',
      'privileged',
      'sensitive-host-path',
      'runtime-socket',
    ]),
  ],
  'At home': [
    user(
      'Home Assistant, which finds devices on the local network',
      ['home-assistant/home-assistant', 'homeassistant/home-assistant', 'linuxserver/homeassistant'],
      CONTAINER,
      ['host-network'],
    ),
    user(
      'a VPN, which has a network interface and routes of its own',
      ['qmcgaw/gluetun', 'tailscale/tailscale'],
      CONTAINER,
      ['added-capabilities'],
    ),
  ],
};

function user(
  what: string,
  images: readonly string[],
  kinds: readonly string[],
  needs: readonly RuleId[],
): NodeProgram {
  return { what, images, kinds, needs };
}

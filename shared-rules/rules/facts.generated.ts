// Written by scripts/generate.mjs from the front matter of the rule pages. Do not edit.
import type { Severity } from '../engine/rule.ts';
import type { Profile } from '../engine/settings.ts';

/** The ids of the same danger in other tools and standards. */
export interface Aliases {
  readonly datadog: readonly string[];
  readonly kics: readonly string[];
  readonly checkov: readonly string[];
  readonly trivy: readonly string[];
  readonly kubeLinter: readonly string[];
  readonly kubescape: readonly string[];
  readonly polaris: readonly string[];
  readonly kyverno: readonly string[];
  readonly pss: readonly string[];
  readonly cisKubernetes: readonly string[];
  readonly cisDocker: readonly string[];
  readonly cwe: readonly string[];
  readonly attack: readonly string[];
}

export interface Facts {
  readonly title: string;
  readonly severity: Severity;
  /** The smallest profile that holds the rule. */
  readonly profile: Profile;
  readonly category: string;
  readonly aliases: Aliases;
}

export type RuleId =
  | 'added-capabilities'
  | 'ai-host-network'
  | 'host-cgroup-namespace'
  | 'host-ipc'
  | 'host-network'
  | 'host-pid'
  | 'host-port-mismatch'
  | 'host-port'
  | 'host-user-namespace'
  | 'host-uts-namespace'
  | 'port-on-all-interfaces'
  | 'privileged'
  | 'published-ports-ignored'
  | 'runtime-socket'
  | 'sensitive-host-path'
  | 'unconfined'
  | 'unmasked-proc'
  | 'windows-host-process';

export const FACTS: Readonly<Record<RuleId, Facts>> = {
  'added-capabilities': {
    title: 'Container adds capabilities beyond the default',
    severity: 'medium',
    profile: 'recommended',
    category: 'privileges',
    aliases: {
      datadog: ['19ebaa28-fc86-4a58-bcfa-015c9e22fe40', '235236ee-ad78-4065-bd29-61b061f28ce0', 'containers_with_added_capabilities', 'containers_with_sys_admin_capabilities', 'ce76b7d0-9e77-464d-b86f-c5c48e03e22d', 'container_capabilities_unrestricted'],
      kics: ['19ebaa28-fc86-4a58-bcfa-015c9e22fe40', '235236ee-ad78-4065-bd29-61b061f28ce0', 'ce76b7d0-9e77-464d-b86f-c5c48e03e22d'],
      checkov: ['CKV_K8S_25', 'CKV_K8S_39'],
      trivy: ['KSV-0022', 'KSV-0005'],
      kubeLinter: [],
      kubescape: ['C-0046'],
      polaris: ['dangerousCapabilities', 'insecureCapabilities'],
      kyverno: ['disallow-capabilities'],
      pss: ['baseline'],
      cisKubernetes: ['5.2.9'],
      cisDocker: ['5.4'],
      cwe: ['CWE-250'],
      attack: ['T1611'],
    },
  },
  'ai-host-network': {
    title: "AI workload shares the host's network",
    severity: 'high',
    profile: 'recommended',
    category: 'network',
    aliases: {
      datadog: ['6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a', 'shared_host_network_namespace', '071a71ff-f868-47a4-ac0b-3c59e4ab5443'],
      kics: ['6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a', '071a71ff-f868-47a4-ac0b-3c59e4ab5443'],
      checkov: ['CKV_K8S_19'],
      trivy: ['KSV-0009'],
      kubeLinter: ['host-network'],
      kubescape: ['C-0041'],
      polaris: ['hostNetworkSet'],
      kyverno: ['disallow-host-namespaces'],
      pss: ['baseline'],
      cisKubernetes: ['5.2.5'],
      cisDocker: ['5.10'],
      cwe: ['CWE-653', 'CWE-200', 'CWE-668'],
      attack: ['T1610', 'T1557'],
    },
  },
  'host-cgroup-namespace': {
    title: "Service shares the host's cgroup namespace",
    severity: 'low',
    profile: 'strict',
    category: 'isolation',
    aliases: {
      datadog: ['4d9f44c6-2f4a-4317-9bb5-267adbea0232', 'cgroup_not_default'],
      kics: ['4d9f44c6-2f4a-4317-9bb5-267adbea0232'],
      checkov: [],
      trivy: [],
      kubeLinter: [],
      kubescape: [],
      polaris: [],
      kyverno: [],
      pss: [],
      cisKubernetes: [],
      cisDocker: ['5.25'],
      cwe: ['CWE-653'],
      attack: [],
    },
  },
  'host-ipc': {
    title: "Workload shares the host's IPC namespace",
    severity: 'medium',
    profile: 'recommended',
    category: 'isolation',
    aliases: {
      datadog: ['shared_host_ipc_namespace', 'cd290efd-6c82-4e9d-a698-be12ae31d536', 'baa3890f-bed7-46f5-ab8f-1da8fc91c729'],
      kics: ['cd290efd-6c82-4e9d-a698-be12ae31d536', 'baa3890f-bed7-46f5-ab8f-1da8fc91c729'],
      checkov: ['CKV_K8S_18'],
      trivy: ['KSV-0008'],
      kubeLinter: ['host-ipc'],
      kubescape: ['C-0038'],
      polaris: ['hostIPCSet'],
      kyverno: ['disallow-host-namespaces'],
      pss: ['baseline'],
      cisKubernetes: ['5.2.4'],
      cisDocker: ['5.17'],
      cwe: ['CWE-653'],
      attack: ['T1611'],
    },
  },
  'host-network': {
    title: "Workload shares the host's network",
    severity: 'medium',
    profile: 'recommended',
    category: 'network',
    aliases: {
      datadog: ['6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a', 'shared_host_network_namespace', '071a71ff-f868-47a4-ac0b-3c59e4ab5443'],
      kics: ['6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a', '071a71ff-f868-47a4-ac0b-3c59e4ab5443'],
      checkov: ['CKV_K8S_19'],
      trivy: ['KSV-0009'],
      kubeLinter: ['host-network'],
      kubescape: ['C-0041'],
      polaris: ['hostNetworkSet'],
      kyverno: ['disallow-host-namespaces'],
      pss: ['baseline'],
      cisKubernetes: ['5.2.5'],
      cisDocker: ['5.10'],
      cwe: ['CWE-653', 'CWE-200', 'CWE-668'],
      attack: ['T1610', 'T1557'],
    },
  },
  'host-pid': {
    title: "Workload shares the host's process namespace",
    severity: 'high',
    profile: 'recommended',
    category: 'isolation',
    aliases: {
      datadog: ['302736f4-b16c-41b8-befe-c0baffa0bd9d', 'shared_host_pid_namespace', '4f31dd9f-2cc3-4751-9b53-67e4af83dac0', 'host_namespace_is_shared'],
      kics: ['302736f4-b16c-41b8-befe-c0baffa0bd9d', '4f31dd9f-2cc3-4751-9b53-67e4af83dac0'],
      checkov: ['CKV_K8S_17'],
      trivy: ['KSV-0010'],
      kubeLinter: ['host-pid'],
      kubescape: ['C-0038'],
      polaris: ['hostPIDSet'],
      kyverno: ['disallow-host-namespaces'],
      pss: ['baseline'],
      cisKubernetes: ['5.2.3'],
      cisDocker: ['5.16'],
      cwe: ['CWE-653', 'CWE-250'],
      attack: ['T1611'],
    },
  },
  'host-port-mismatch': {
    title: "Host port differs from the container's port on the node's network",
    severity: 'high',
    profile: 'recommended',
    category: 'network',
    aliases: {
      datadog: [],
      kics: [],
      checkov: [],
      trivy: [],
      kubeLinter: [],
      kubescape: [],
      polaris: [],
      kyverno: [],
      pss: [],
      cisKubernetes: [],
      cisDocker: [],
      cwe: ['CWE-1188'],
      attack: [],
    },
  },
  'host-port': {
    title: 'Container takes a port of its node',
    severity: 'medium',
    profile: 'recommended',
    category: 'network',
    aliases: {
      datadog: ['2b1836f1-dcce-416e-8e16-da8c71920633', 'workload_host_port_not_specified'],
      kics: ['2b1836f1-dcce-416e-8e16-da8c71920633'],
      checkov: ['CKV_K8S_26'],
      trivy: ['KSV-0024'],
      kubeLinter: [],
      kubescape: ['C-0044'],
      polaris: ['hostPortSet'],
      kyverno: ['disallow-host-ports'],
      pss: ['baseline'],
      cisKubernetes: ['5.2.12'],
      cisDocker: [],
      cwe: ['CWE-668'],
      attack: ['T1133'],
    },
  },
  'host-user-namespace': {
    title: 'Service turns off user-namespace remapping',
    severity: 'medium',
    profile: 'recommended',
    category: 'isolation',
    aliases: {
      datadog: ['8af7162d-6c98-482f-868e-0d33fb675ca8', 'shared_host_user_namespace'],
      kics: ['8af7162d-6c98-482f-868e-0d33fb675ca8'],
      checkov: [],
      trivy: [],
      kubeLinter: [],
      kubescape: [],
      polaris: [],
      kyverno: [],
      pss: [],
      cisKubernetes: [],
      cisDocker: ['5.31'],
      cwe: ['CWE-250'],
      attack: ['T1611'],
    },
  },
  'host-uts-namespace': {
    title: "Service shares the host's UTS namespace",
    severity: 'low',
    profile: 'strict',
    category: 'isolation',
    aliases: {
      datadog: [],
      kics: [],
      checkov: [],
      trivy: [],
      kubeLinter: [],
      kubescape: [],
      polaris: [],
      kyverno: [],
      pss: [],
      cisKubernetes: [],
      cisDocker: ['5.21'],
      cwe: ['CWE-653'],
      attack: [],
    },
  },
  'port-on-all-interfaces': {
    title: 'Port is published on every interface',
    severity: 'low',
    profile: 'strict',
    category: 'network',
    aliases: {
      datadog: ['451d79dc-0588-476a-ad03-3c7f0320abb3', 'container_traffic_not_bound_to_host_interface'],
      kics: ['451d79dc-0588-476a-ad03-3c7f0320abb3'],
      checkov: [],
      trivy: [],
      kubeLinter: [],
      kubescape: [],
      polaris: [],
      kyverno: [],
      pss: [],
      cisKubernetes: [],
      cisDocker: ['5.14'],
      cwe: ['CWE-668'],
      attack: ['T1133'],
    },
  },
  'privileged': {
    title: 'Container is privileged',
    severity: 'high',
    profile: 'recommended',
    category: 'privileges',
    aliases: {
      datadog: ['dd29336b-fe57-445b-a26e-e6aa867ae609', 'container_is_privileged', 'ae5b6871-7f45-42e0-bb4c-ab300c4d2026', 'privileged_containers_enabled'],
      kics: ['dd29336b-fe57-445b-a26e-e6aa867ae609', 'ae5b6871-7f45-42e0-bb4c-ab300c4d2026'],
      checkov: ['CKV_K8S_16'],
      trivy: ['KSV-0017'],
      kubeLinter: ['privileged-container'],
      kubescape: ['C-0057'],
      polaris: ['runAsPrivileged'],
      kyverno: ['disallow-privileged-containers'],
      pss: ['baseline'],
      cisKubernetes: ['5.2.2'],
      cisDocker: ['5.5'],
      cwe: ['CWE-269', 'CWE-250'],
      attack: ['T1610', 'T1611'],
    },
  },
  'published-ports-ignored': {
    title: 'Published ports are discarded in host mode',
    severity: 'medium',
    profile: 'recommended',
    category: 'network',
    aliases: {
      datadog: [],
      kics: [],
      checkov: [],
      trivy: [],
      kubeLinter: [],
      kubescape: [],
      polaris: [],
      kyverno: [],
      pss: [],
      cisKubernetes: [],
      cisDocker: [],
      cwe: ['CWE-1188'],
      attack: [],
    },
  },
  'runtime-socket': {
    title: 'Container runtime socket is exposed',
    severity: 'high',
    profile: 'recommended',
    category: 'host access',
    aliases: {
      datadog: ['kubernetes-docker-daemon-socket-is-exposed-to-containers', 'a6f34658-fdfb-4154-9536-56d516f65828', 'docker_daemon_socket_is_exposed_to_containers', 'd6355c88-1e8d-49e9-b2f2-f8a1ca12c75b', 'docker_socket_mounted_in_container'],
      kics: ['a6f34658-fdfb-4154-9536-56d516f65828', 'd6355c88-1e8d-49e9-b2f2-f8a1ca12c75b'],
      checkov: ['CKV_K8S_27'],
      trivy: ['KSV-0006'],
      kubeLinter: ['docker-sock'],
      kubescape: ['C-0074'],
      polaris: [],
      kyverno: ['disallow-container-sock-mounts'],
      pss: ['baseline'],
      cisKubernetes: ['5.2.11'],
      cisDocker: ['5.32'],
      cwe: ['CWE-668', 'CWE-250'],
      attack: ['T1611', 'T1610'],
    },
  },
  'sensitive-host-path': {
    title: 'Sensitive path of the host is mounted',
    severity: 'high',
    profile: 'recommended',
    category: 'host access',
    aliases: {
      datadog: ['5308a7a8-06f8-45ac-bf10-791fe21de46e', 'workload_mounting_with_sensitive_os_directory', '1c1325ff-831d-43a1-973e-839ae57dfcc0', 'volume_has_sensitive_host_directory'],
      kics: ['5308a7a8-06f8-45ac-bf10-791fe21de46e', '1c1325ff-831d-43a1-973e-839ae57dfcc0'],
      checkov: [],
      trivy: ['KSV-0121'],
      kubeLinter: ['sensitive-host-mounts'],
      kubescape: ['C-0048'],
      polaris: [],
      kyverno: ['disallow-host-path'],
      pss: ['baseline'],
      cisKubernetes: ['5.2.11'],
      cisDocker: ['5.6'],
      cwe: ['CWE-668'],
      attack: ['T1611', 'T1552.001'],
    },
  },
  'unconfined': {
    title: 'Kernel filter is switched off',
    severity: 'high',
    profile: 'recommended',
    category: 'privileges',
    aliases: {
      datadog: ['404fde2c-bc4b-4371-9747-7054132ac953', 'default_seccomp_profile_disabled'],
      kics: ['404fde2c-bc4b-4371-9747-7054132ac953'],
      checkov: [],
      trivy: ['KSV-0104', 'KSV-0002'],
      kubeLinter: [],
      kubescape: ['C-0055'],
      polaris: ['linuxHardening'],
      kyverno: ['restrict-seccomp', 'restrict-apparmor-profiles'],
      pss: ['baseline'],
      cisKubernetes: ['5.6.2'],
      cisDocker: ['5.22', '5.2'],
      cwe: ['CWE-693'],
      attack: ['T1611'],
    },
  },
  'unmasked-proc': {
    title: 'Container sees all of /proc',
    severity: 'high',
    profile: 'recommended',
    category: 'privileges',
    aliases: {
      datadog: ['f922827f-aab6-447c-832a-e1ff63312bd3', 'container_runs_unmasked'],
      kics: ['f922827f-aab6-447c-832a-e1ff63312bd3'],
      checkov: [],
      trivy: ['KSV-0027'],
      kubeLinter: ['unsafe-proc-mount'],
      kubescape: [],
      polaris: [],
      kyverno: ['disallow-proc-mount'],
      pss: ['baseline'],
      cisKubernetes: [],
      cisDocker: [],
      cwe: ['CWE-1188'],
      attack: ['T1611'],
    },
  },
  'windows-host-process': {
    title: 'Windows container runs as a process of the host',
    severity: 'high',
    profile: 'recommended',
    category: 'privileges',
    aliases: {
      datadog: [],
      kics: [],
      checkov: [],
      trivy: ['KSV-0103'],
      kubeLinter: [],
      kubescape: ['C-0202'],
      polaris: [],
      kyverno: ['disallow-host-process'],
      pss: ['baseline'],
      cisKubernetes: ['5.2.10'],
      cisDocker: [],
      cwe: ['CWE-250'],
      attack: ['T1611'],
    },
  },
};

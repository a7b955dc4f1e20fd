// Written by scripts/generate.mjs from the front matter of the rule pages. Do not edit.
import type { Profile, Severity } from './severity.ts';

/** The ids of the same danger in other tools and standards. */
export interface Aliases {
  readonly datadog: readonly string[];
  readonly kics: readonly string[];
  readonly checkov: readonly string[];
  readonly trivy: readonly string[];
  readonly kubeLinter: readonly string[];
  readonly kubescape: readonly string[];
  readonly polaris: readonly string[];
  readonly kubeScore: readonly string[];
  readonly kubeaudit: readonly string[];
  readonly kyverno: readonly string[];
  readonly pss: readonly string[];
  readonly cisKubernetes: readonly string[];
  readonly cisDocker: readonly string[];
  readonly cwe: readonly string[];
  readonly attack: readonly string[];
}

/** What the page of a rule says about it. */
export interface CatalogueEntry {
  readonly title: string;
  readonly severity: Severity;
  /** The smallest profile that holds the rule. */
  readonly profile: Profile;
  readonly category: Category;
  /** Whether it is about security, and not about availability or hygiene. */
  readonly isSecurity: boolean;
  /** Whether there are fixes for findings of the rule. */
  readonly isFixable: boolean;
  /** Those of every finding of the rule. */
  readonly aliases: Aliases;
  /** By the check that a finding is: the ids that only such findings have beside those of the rule. */
  readonly checks: Readonly<Record<string, Partial<Aliases>>>;
}

/** The family of a rule, which is the folder that holds it. */
export type Category =
  | 'admission'
  | 'ai'
  | 'builds'
  | 'control-plane'
  | 'exceptions'
  | 'host-files'
  | 'host-namespaces'
  | 'host-network'
  | 'host-ports'
  | 'images'
  | 'privileges'
  | 'rbac';

export type RuleId =
  | 'added-capabilities'
  | 'agent-with-runtime-socket'
  | 'ai-endpoint-without-auth'
  | 'ai-host-network'
  | 'ai-host-port'
  | 'ai-port-on-all-interfaces'
  | 'ai-without-network-policy'
  | 'api-server-anonymous-auth'
  | 'api-server-authorization-mode'
  | 'build-on-host-network'
  | 'cluster-admin-binding'
  | 'custom-selinux'
  | 'exception-expired'
  | 'exception-unknown-rule'
  | 'exception-unused'
  | 'exception-without-reason'
  | 'frozen-registry'
  | 'host-cgroup-namespace'
  | 'host-device'
  | 'host-ipc'
  | 'host-network'
  | 'host-network-dns'
  | 'host-network-on-desktop'
  | 'host-path'
  | 'host-path-type'
  | 'host-pid'
  | 'host-port'
  | 'host-port-conflict'
  | 'host-port-mismatch'
  | 'host-process-conflict'
  | 'host-user-namespace'
  | 'host-uts-namespace'
  | 'ineffective-network-policy'
  | 'insecure-build'
  | 'mesh-skipped'
  | 'metadata-reachable'
  | 'namespace-without-pod-security'
  | 'net-raw'
  | 'network-mode-conflict'
  | 'no-new-privileges'
  | 'no-user-namespace'
  | 'pod-security-rejects'
  | 'port-on-all-interfaces'
  | 'privilege-escalation'
  | 'privileged'
  | 'probe-host'
  | 'process-namespace-conflict'
  | 'published-ports-ignored'
  | 'redundant-pod-networks'
  | 'removed-api'
  | 'rollout-port-deadlock'
  | 'root-user-conflict'
  | 'runs-as-root'
  | 'runtime-socket'
  | 'seccomp-missing'
  | 'sensitive-host-path'
  | 'service-on-host-network'
  | 'shared-mount-propagation'
  | 'shared-process-namespace'
  | 'stack-ignores-isolation'
  | 'surge-with-host-port'
  | 'unconfined'
  | 'undeclared-host-ports'
  | 'unmasked-proc'
  | 'unreachable-service-name'
  | 'unsafe-sysctl'
  | 'unused-host-network-dns'
  | 'user-namespace-conflict'
  | 'weak-agent-sandbox'
  | 'windows-host-process'
  | 'writable-host-path';

export const CATALOGUE: Readonly<Record<RuleId, CatalogueEntry>> = {
  'added-capabilities': {
    title: 'Container adds capabilities beyond the default',
    severity: 'medium',
    profile: 'recommended',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-250'], attack: ['T1611'] },
    checks: { 'sys-admin': { datadog: ['235236ee-ad78-4065-bd29-61b061f28ce0', 'containers_with_sys_admin_capabilities'], kics: ['235236ee-ad78-4065-bd29-61b061f28ce0'], checkov: ['CKV_K8S_39'], trivy: ['KSV-0005'], kubescape: ['C-0046'], polaris: ['dangerousCapabilities'], kubeaudit: ['allow-capability-*'], kyverno: ['disallow-capabilities'], pss: ['baseline'], cisKubernetes: ['5.2.9'] }, 'all': { datadog: ['19ebaa28-fc86-4a58-bcfa-015c9e22fe40', 'containers_with_added_capabilities'], kics: ['19ebaa28-fc86-4a58-bcfa-015c9e22fe40'], checkov: ['CKV_K8S_25'], trivy: ['KSV-0022'], kubescape: ['C-0046'], polaris: ['dangerousCapabilities'], kubeaudit: ['allow-capability-*'], kyverno: ['disallow-capabilities'], pss: ['baseline'], cisKubernetes: ['5.2.9'] }, 'net-admin': { datadog: ['19ebaa28-fc86-4a58-bcfa-015c9e22fe40', 'containers_with_added_capabilities'], kics: ['19ebaa28-fc86-4a58-bcfa-015c9e22fe40'], checkov: ['CKV_K8S_25'], trivy: ['KSV-0022'], kubescape: ['C-0046'], polaris: ['dangerousCapabilities'], kubeaudit: ['allow-capability-*'], kyverno: ['disallow-capabilities'], pss: ['baseline'], cisKubernetes: ['5.2.9'] }, 'other': { datadog: ['19ebaa28-fc86-4a58-bcfa-015c9e22fe40', 'containers_with_added_capabilities'], kics: ['19ebaa28-fc86-4a58-bcfa-015c9e22fe40'], checkov: ['CKV_K8S_25'], trivy: ['KSV-0022'], kubescape: ['C-0046'], polaris: ['insecureCapabilities'], kubeaudit: ['allow-capability-*'], kyverno: ['disallow-capabilities'], pss: ['baseline'], cisKubernetes: ['5.2.9'] }, 'engine': { datadog: ['ce76b7d0-9e77-464d-b86f-c5c48e03e22d', 'container_capabilities_unrestricted'], kics: ['ce76b7d0-9e77-464d-b86f-c5c48e03e22d'], cisDocker: ['5.4'] }, },
  },
  'agent-with-runtime-socket': {
    title: "AI agent is given a container runtime's socket",
    severity: 'high',
    profile: 'recommended',
    category: 'host-files',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-668', 'CWE-250'], attack: ['T1611', 'T1610'] },
    checks: { 'kubernetes': { pss: ['baseline'], cisKubernetes: ['5.2.11'] }, 'kubernetes-docker-socket': { datadog: ['kubernetes-docker-daemon-socket-is-exposed-to-containers', 'a6f34658-fdfb-4154-9536-56d516f65828', 'docker_daemon_socket_is_exposed_to_containers'], kics: ['a6f34658-fdfb-4154-9536-56d516f65828'], checkov: ['CKV_K8S_27'], trivy: ['KSV-0006'], kubeLinter: ['docker-sock'], kubescape: ['C-0074'], kyverno: ['disallow-container-sock-mounts'], pss: ['baseline'], cisKubernetes: ['5.2.11'] }, 'kubernetes-cri-socket': { kubescape: ['C-0074'], kyverno: ['disallow-container-sock-mounts'], pss: ['baseline'], cisKubernetes: ['5.2.11'] }, 'engine-docker-socket': { datadog: ['d6355c88-1e8d-49e9-b2f2-f8a1ca12c75b', 'docker_socket_mounted_in_container'], kics: ['d6355c88-1e8d-49e9-b2f2-f8a1ca12c75b'], cisDocker: ['5.32'] }, },
  },
  'ai-endpoint-without-auth': {
    title: 'AI endpoint asks for no login',
    severity: 'medium',
    profile: 'strict',
    category: 'ai',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-306'], attack: ['T1190'] },
    checks: { 'vllm': {  }, 'ollama': {  }, 'jupyter': {  }, 'mlflow': {  }, 'ray': {  }, },
  },
  'ai-host-network': {
    title: "AI workload shares the host's network",
    severity: 'high',
    profile: 'recommended',
    category: 'host-network',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-653'], attack: ['T1610', 'T1557'] },
    checks: { 'kubernetes': { datadog: ['6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a', 'shared_host_network_namespace'], kics: ['6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a'], checkov: ['CKV_K8S_19'], trivy: ['KSV-0009'], kubeLinter: ['host-network'], kubescape: ['C-0041'], polaris: ['hostNetworkSet'], kubeaudit: ['allow-namespace-host-network'], kyverno: ['disallow-host-namespaces'], pss: ['baseline'], cisKubernetes: ['5.2.5'], cwe: ['CWE-200'] }, 'network-mode': { datadog: ['071a71ff-f868-47a4-ac0b-3c59e4ab5443', 'shared_host_network_namespace'], kics: ['071a71ff-f868-47a4-ac0b-3c59e4ab5443'], cisDocker: ['5.10'], cwe: ['CWE-668'] }, 'engine': { cisDocker: ['5.10'], cwe: ['CWE-668'] }, },
  },
  'ai-host-port': {
    title: 'AI workload takes a port of its node',
    severity: 'high',
    profile: 'recommended',
    category: 'host-ports',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: ['2b1836f1-dcce-416e-8e16-da8c71920633', 'workload_host_port_not_specified'], kics: ['2b1836f1-dcce-416e-8e16-da8c71920633'], checkov: ['CKV_K8S_26'], trivy: ['KSV-0024'], kubeLinter: [], kubescape: ['C-0044'], polaris: ['hostPortSet'], kubeScore: [], kubeaudit: [], kyverno: ['disallow-host-ports'], pss: ['baseline'], cisKubernetes: ['5.2.12'], cisDocker: [], cwe: ['CWE-668', 'CWE-306'], attack: ['T1133', 'T1190'] },
    checks: { },
  },
  'ai-port-on-all-interfaces': {
    title: 'AI service publishes a port on every interface',
    severity: 'medium',
    profile: 'recommended',
    category: 'host-ports',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: ['451d79dc-0588-476a-ad03-3c7f0320abb3', 'container_traffic_not_bound_to_host_interface'], kics: ['451d79dc-0588-476a-ad03-3c7f0320abb3'], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: ['5.14'], cwe: ['CWE-668', 'CWE-306'], attack: ['T1133', 'T1190'] },
    checks: { },
  },
  'ai-without-network-policy': {
    title: 'AI workload without a NetworkPolicy',
    severity: 'low',
    profile: 'all',
    category: 'ai',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: ['KSV-0038'], kubeLinter: ['non-isolated-pod'], kubescape: ['C-0260'], polaris: ['missingNetworkPolicy'], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: ['5.3.2'], cisDocker: [], cwe: ['CWE-923'], attack: ['T1046'] },
    checks: { },
  },
  'api-server-anonymous-auth': {
    title: 'API server answers requests without an identity',
    severity: 'low',
    profile: 'strict',
    category: 'control-plane',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: ['1de5cc51-f376-4638-a940-20f2e85ae238', 'anonymous_auth_is_not_set_to_false'], kics: ['1de5cc51-f376-4638-a940-20f2e85ae238'], checkov: ['CKV_K8S_68'], trivy: ['KCV-0001'], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: ['1.2.1'], cisDocker: [], cwe: ['CWE-306'], attack: ['T1190'] },
    checks: { },
  },
  'api-server-authorization-mode': {
    title: 'API server allows every request',
    severity: 'high',
    profile: 'recommended',
    category: 'control-plane',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: ['f1f4d8da-1ac4-47d0-b1aa-91e69d33f7d5', 'authorization_mode_set_to_always_allow'], kics: ['f1f4d8da-1ac4-47d0-b1aa-91e69d33f7d5'], checkov: ['CKV_K8S_74'], trivy: ['KCV-0007'], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: ['1.2.6'], cisDocker: [], cwe: ['CWE-285'], attack: ['T1078'] },
    checks: { },
  },
  'build-on-host-network': {
    title: "Build uses the host's network",
    severity: 'low',
    profile: 'strict',
    category: 'builds',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-653'], attack: ['T1195'] },
    checks: { },
  },
  'cluster-admin-binding': {
    title: 'Binding gives every right',
    severity: 'high',
    profile: 'recommended',
    category: 'rbac',
    isSecurity: true,
    isFixable: false,
    aliases: { datadog: ['249328b8-5f0f-409f-b1dd-029f07882e11', 'cluster_admin_role_binding_with_super_user_permissions'], kics: ['249328b8-5f0f-409f-b1dd-029f07882e11'], checkov: [], trivy: [], kubeLinter: ['cluster-admin-role-binding'], kubescape: ['C-0035'], polaris: ['clusterrolebindingClusterAdmin', 'rolebindingClusterAdminClusterRole'], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: ['5.1.1'], cisDocker: [], cwe: ['CWE-269'], attack: ['T1078'] },
    checks: { },
  },
  'custom-selinux': {
    title: 'Container has an SELinux label of its own',
    severity: 'medium',
    profile: 'strict',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-693'], attack: ['T1611'] },
    checks: { 'kubernetes': { trivy: ['KSV-0025'], kyverno: ['disallow-selinux'], pss: ['baseline'] }, 'engine': { cisDocker: ['5.3'] }, },
  },
  'exception-expired': {
    title: 'Exception has expired',
    severity: 'medium',
    profile: 'recommended',
    category: 'exceptions',
    isSecurity: false,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'exception-unknown-rule': {
    title: 'Exception names no rule that Bulkhead has',
    severity: 'low',
    profile: 'recommended',
    category: 'exceptions',
    isSecurity: false,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'exception-unused': {
    title: 'Exception suppresses nothing',
    severity: 'low',
    profile: 'recommended',
    category: 'exceptions',
    isSecurity: false,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'exception-without-reason': {
    title: 'Exception gives no reason',
    severity: 'low',
    profile: 'recommended',
    category: 'exceptions',
    isSecurity: false,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'frozen-registry': {
    title: 'Image comes from a frozen registry',
    severity: 'low',
    profile: 'recommended',
    category: 'images',
    isSecurity: false,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-1104'], attack: [] },
    checks: { },
  },
  'host-cgroup-namespace': {
    title: "Service shares the host's cgroup namespace",
    severity: 'low',
    profile: 'strict',
    category: 'host-namespaces',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-653'], attack: [] },
    checks: { },
  },
  'host-device': {
    title: 'Container may use a dangerous device of the host',
    severity: 'medium',
    profile: 'recommended',
    category: 'host-files',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: ['5.18'], cwe: ['CWE-250', 'CWE-668'], attack: ['T1611'] },
    checks: { },
  },
  'host-ipc': {
    title: "Workload shares the host's IPC namespace",
    severity: 'medium',
    profile: 'recommended',
    category: 'host-namespaces',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-653'], attack: ['T1611'] },
    checks: { 'kubernetes': { datadog: ['cd290efd-6c82-4e9d-a698-be12ae31d536', 'shared_host_ipc_namespace'], kics: ['cd290efd-6c82-4e9d-a698-be12ae31d536'], checkov: ['CKV_K8S_18'], trivy: ['KSV-0008'], kubeLinter: ['host-ipc'], kubescape: ['C-0038'], polaris: ['hostIPCSet'], kubeaudit: ['allow-namespace-host-IPC'], kyverno: ['disallow-host-namespaces'], pss: ['baseline'], cisKubernetes: ['5.2.4'] }, 'engine': { datadog: ['baa3890f-bed7-46f5-ab8f-1da8fc91c729', 'shared_host_ipc_namespace'], kics: ['baa3890f-bed7-46f5-ab8f-1da8fc91c729'], cisDocker: ['5.17'] }, },
  },
  'host-network': {
    title: "Workload shares the host's network",
    severity: 'medium',
    profile: 'recommended',
    category: 'host-network',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-653'], attack: ['T1610', 'T1557'] },
    checks: { 'kubernetes': { datadog: ['6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a', 'shared_host_network_namespace'], kics: ['6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a'], checkov: ['CKV_K8S_19'], trivy: ['KSV-0009'], kubeLinter: ['host-network'], kubescape: ['C-0041'], polaris: ['hostNetworkSet'], kubeaudit: ['allow-namespace-host-network'], kyverno: ['disallow-host-namespaces'], pss: ['baseline'], cisKubernetes: ['5.2.5'], cwe: ['CWE-200'] }, 'network-mode': { datadog: ['071a71ff-f868-47a4-ac0b-3c59e4ab5443', 'shared_host_network_namespace'], kics: ['071a71ff-f868-47a4-ac0b-3c59e4ab5443'], cisDocker: ['5.10'], cwe: ['CWE-668'] }, 'engine': { cisDocker: ['5.10'], cwe: ['CWE-668'] }, },
  },
  'host-network-dns': {
    title: "Pod on the node's network cannot resolve cluster names",
    severity: 'medium',
    profile: 'strict',
    category: 'host-network',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-1188'], attack: [] },
    checks: { },
  },
  'host-network-on-desktop': {
    title: 'Host networking in a development container',
    severity: 'low',
    profile: 'all',
    category: 'host-network',
    isSecurity: true,
    isFixable: false,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'host-path': {
    title: 'Path of the node is mounted',
    severity: 'low',
    profile: 'all',
    category: 'host-files',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-668'], attack: ['T1611'] },
    checks: { 'volume': { datadog: ['aa8f7a35-9923-4cad-bd61-a19b7f6aac91', 'non_kube_system_pod_with_host_mount'], kics: ['aa8f7a35-9923-4cad-bd61-a19b7f6aac91'], trivy: ['KSV-0023'], kubescape: ['C-0048'], kyverno: ['disallow-host-path'], pss: ['baseline'], cisKubernetes: ['5.2.11'] }, 'kube-system-volume': { trivy: ['KSV-0023'], kubescape: ['C-0048'], kyverno: ['disallow-host-path'], pss: ['baseline'], cisKubernetes: ['5.2.11'] }, 'persistent-volume': { datadog: ['aa8f7a35-9923-4cad-bd61-a19b7f6aac91', 'non_kube_system_pod_with_host_mount'], kics: ['aa8f7a35-9923-4cad-bd61-a19b7f6aac91'] }, },
  },
  'host-path-type': {
    title: 'Type of a hostPath volume does not fit its path',
    severity: 'medium',
    profile: 'recommended',
    category: 'host-files',
    isSecurity: false,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'host-pid': {
    title: "Workload shares the host's process namespace",
    severity: 'high',
    profile: 'recommended',
    category: 'host-namespaces',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-653', 'CWE-250'], attack: ['T1611'] },
    checks: { 'kubernetes': { datadog: ['302736f4-b16c-41b8-befe-c0baffa0bd9d', 'shared_host_pid_namespace'], kics: ['302736f4-b16c-41b8-befe-c0baffa0bd9d'], checkov: ['CKV_K8S_17'], trivy: ['KSV-0010'], kubeLinter: ['host-pid'], kubescape: ['C-0038'], polaris: ['hostPIDSet'], kubeaudit: ['allow-namespace-host-PID'], kyverno: ['disallow-host-namespaces'], pss: ['baseline'], cisKubernetes: ['5.2.3'] }, 'engine': { datadog: ['4f31dd9f-2cc3-4751-9b53-67e4af83dac0', 'host_namespace_is_shared'], kics: ['4f31dd9f-2cc3-4751-9b53-67e4af83dac0'], cisDocker: ['5.16'] }, },
  },
  'host-port': {
    title: 'Container takes a port of its node',
    severity: 'medium',
    profile: 'recommended',
    category: 'host-ports',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: ['2b1836f1-dcce-416e-8e16-da8c71920633', 'workload_host_port_not_specified'], kics: ['2b1836f1-dcce-416e-8e16-da8c71920633'], checkov: ['CKV_K8S_26'], trivy: ['KSV-0024'], kubeLinter: [], kubescape: ['C-0044'], polaris: ['hostPortSet'], kubeScore: [], kubeaudit: [], kyverno: ['disallow-host-ports'], pss: ['baseline'], cisKubernetes: ['5.2.12'], cisDocker: [], cwe: ['CWE-668'], attack: ['T1133'] },
    checks: { },
  },
  'host-port-conflict': {
    title: 'Two workloads take the same port of a host',
    severity: 'medium',
    profile: 'recommended',
    category: 'host-ports',
    isSecurity: true,
    isFixable: false,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-605'], attack: [] },
    checks: { },
  },
  'host-port-mismatch': {
    title: "Host port differs from the container's port on the node's network",
    severity: 'high',
    profile: 'recommended',
    category: 'host-ports',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-1188'], attack: [] },
    checks: { },
  },
  'host-process-conflict': {
    title: 'HostProcess pod that the API server refuses',
    severity: 'high',
    profile: 'recommended',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-653'], attack: [] },
    checks: { },
  },
  'host-user-namespace': {
    title: 'Service turns off user-namespace remapping',
    severity: 'medium',
    profile: 'recommended',
    category: 'host-namespaces',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: ['8af7162d-6c98-482f-868e-0d33fb675ca8', 'shared_host_user_namespace'], kics: ['8af7162d-6c98-482f-868e-0d33fb675ca8'], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: ['5.31'], cwe: ['CWE-250'], attack: ['T1611'] },
    checks: { },
  },
  'host-uts-namespace': {
    title: "Service shares the host's UTS namespace",
    severity: 'low',
    profile: 'strict',
    category: 'host-namespaces',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: ['5.21'], cwe: ['CWE-653'], attack: [] },
    checks: { },
  },
  'ineffective-network-policy': {
    title: "NetworkPolicy for pods on their node's network",
    severity: 'medium',
    profile: 'recommended',
    category: 'host-network',
    isSecurity: true,
    isFixable: false,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-923'], attack: [] },
    checks: { },
  },
  'insecure-build': {
    title: 'Build may run privileged steps',
    severity: 'medium',
    profile: 'recommended',
    category: 'builds',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-250'], attack: ['T1195', 'T1611'] },
    checks: { },
  },
  'mesh-skipped': {
    title: "Service mesh leaves out a pod on the node's network",
    severity: 'medium',
    profile: 'recommended',
    category: 'host-network',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-923'], attack: [] },
    checks: { },
  },
  'metadata-reachable': {
    title: 'Pod reaches the metadata of its node',
    severity: 'low',
    profile: 'all',
    category: 'host-network',
    isSecurity: true,
    isFixable: false,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: ['C-0052'], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-918'], attack: ['T1552.005'] },
    checks: { },
  },
  'namespace-without-pod-security': {
    title: 'Namespace without Pod Security labels',
    severity: 'low',
    profile: 'all',
    category: 'admission',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: ['5.2.1'], cisDocker: [], cwe: ['CWE-276'], attack: [] },
    checks: { },
  },
  'net-raw': {
    title: 'Container keeps raw sockets',
    severity: 'medium',
    profile: 'strict',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: ['dbbc6705-d541-43b0-b166-dd4be8208b54', 'net_raw_capabilities_not_being_dropped'], kics: ['dbbc6705-d541-43b0-b166-dd4be8208b54'], checkov: ['CKV_K8S_28'], trivy: ['KSV-0119'], kubeLinter: ['drop-net-raw-capability'], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: ['restricted'], cisKubernetes: ['5.2.8'], cisDocker: [], cwe: ['CWE-250'], attack: ['T1557'] },
    checks: { },
  },
  'network-mode-conflict': {
    title: 'Network settings exclude each other',
    severity: 'high',
    profile: 'recommended',
    category: 'host-network',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'no-new-privileges': {
    title: 'Service may gain privileges',
    severity: 'medium',
    profile: 'strict',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: ['27fcc7d6-c49b-46e0-98f1-6c082a6a2750', 'no_new_privileges_not_set'], kics: ['27fcc7d6-c49b-46e0-98f1-6c082a6a2750'], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: ['5.26'], cwe: ['CWE-250'], attack: ['T1548.001'] },
    checks: { },
  },
  'no-user-namespace': {
    title: 'Root in the pod is root on the node',
    severity: 'low',
    profile: 'all',
    category: 'host-namespaces',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-250'], attack: ['T1611'] },
    checks: { },
  },
  'pod-security-rejects': {
    title: 'Namespace rejects these pods',
    severity: 'medium',
    profile: 'recommended',
    category: 'admission',
    isSecurity: true,
    isFixable: false,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: ['baseline'], cisKubernetes: ['5.2.1'], cisDocker: [], cwe: ['CWE-693'], attack: [] },
    checks: { },
  },
  'port-on-all-interfaces': {
    title: 'Port is published on every interface',
    severity: 'low',
    profile: 'strict',
    category: 'host-ports',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: ['451d79dc-0588-476a-ad03-3c7f0320abb3', 'container_traffic_not_bound_to_host_interface'], kics: ['451d79dc-0588-476a-ad03-3c7f0320abb3'], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: ['5.14'], cwe: ['CWE-668'], attack: ['T1133'] },
    checks: { },
  },
  'privilege-escalation': {
    title: 'Container may gain privileges',
    severity: 'medium',
    profile: 'strict',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-250'], attack: ['T1548.001'] },
    checks: { 'kubernetes': { datadog: ['5572cc5e-1e4c-4113-92a6-7a8a3bd25e6d', 'privilege_escalation_allowed'], kics: ['5572cc5e-1e4c-4113-92a6-7a8a3bd25e6d'], checkov: ['CKV_K8S_20'], trivy: ['KSV-0001'], kubeLinter: ['privilege-escalation-container'], kubescape: ['C-0016'], polaris: ['privilegeEscalationAllowed'], kyverno: ['disallow-privilege-escalation'], pss: ['restricted'], cisKubernetes: ['5.2.6'] }, 'engine': { datadog: ['27fcc7d6-c49b-46e0-98f1-6c082a6a2750', 'no_new_privileges_not_set'], kics: ['27fcc7d6-c49b-46e0-98f1-6c082a6a2750'], cisDocker: ['5.26'] }, },
  },
  'privileged': {
    title: 'Container is privileged',
    severity: 'high',
    profile: 'recommended',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-269', 'CWE-250'], attack: ['T1610', 'T1611'] },
    checks: { 'kubernetes': { datadog: ['dd29336b-fe57-445b-a26e-e6aa867ae609', 'container_is_privileged'], kics: ['dd29336b-fe57-445b-a26e-e6aa867ae609'], checkov: ['CKV_K8S_16'], trivy: ['KSV-0017'], kubeLinter: ['privileged-container'], kubescape: ['C-0057'], polaris: ['runAsPrivileged'], kubeScore: ['container-security-context-privileged', 'container-security-context'], kubeaudit: ['allow-privileged'], kyverno: ['disallow-privileged-containers'], pss: ['baseline'], cisKubernetes: ['5.2.2'] }, 'engine': { datadog: ['ae5b6871-7f45-42e0-bb4c-ab300c4d2026', 'privileged_containers_enabled'], kics: ['ae5b6871-7f45-42e0-bb4c-ab300c4d2026'], cisDocker: ['5.5'] }, },
  },
  'probe-host': {
    title: 'Probe goes to another host than the pod',
    severity: 'low',
    profile: 'strict',
    category: 'host-network',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: ['baseline'], cisKubernetes: [], cisDocker: [], cwe: ['CWE-918'], attack: ['T1090'] },
    checks: { },
  },
  'process-namespace-conflict': {
    title: 'Pod asks for two process namespaces',
    severity: 'high',
    profile: 'recommended',
    category: 'host-namespaces',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-653'], attack: [] },
    checks: { },
  },
  'published-ports-ignored': {
    title: 'Published ports are discarded in host mode',
    severity: 'medium',
    profile: 'recommended',
    category: 'host-network',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-1188'], attack: [] },
    checks: { },
  },
  'redundant-pod-networks': {
    title: "Pod on the node's network asks for networks of its own",
    severity: 'low',
    profile: 'strict',
    category: 'host-network',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-1188'], attack: [] },
    checks: { },
  },
  'removed-api': {
    title: 'API version was removed',
    severity: 'low',
    profile: 'strict',
    category: 'admission',
    isSecurity: false,
    isFixable: true,
    aliases: { datadog: ['94b76ea5-e074-4ca2-8a03-c5a606e30645', 'object_is_using_a_deprecated_api_version'], kics: ['94b76ea5-e074-4ca2-8a03-c5a606e30645'], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'rollout-port-deadlock': {
    title: 'Rolling update can wait for ever for a port',
    severity: 'medium',
    profile: 'strict',
    category: 'host-ports',
    isSecurity: false,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'root-user-conflict': {
    title: 'Container asks for root and forbids it',
    severity: 'high',
    profile: 'recommended',
    category: 'privileges',
    isSecurity: false,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'runs-as-root': {
    title: 'Container may run as root',
    severity: 'medium',
    profile: 'strict',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: ['cf34805e-3872-4c08-bf92-6ff7bb0cfadb', 'containers_running_as_root'], kics: ['cf34805e-3872-4c08-bf92-6ff7bb0cfadb'], checkov: ['CKV_K8S_23'], trivy: ['KSV-0012'], kubeLinter: ['run-as-non-root'], kubescape: ['C-0013'], polaris: ['runAsRootAllowed'], kubeScore: [], kubeaudit: [], kyverno: ['require-run-as-nonroot'], pss: ['restricted'], cisKubernetes: ['5.2.7'], cisDocker: [], cwe: ['CWE-250'], attack: ['T1611'] },
    checks: { 'root-user': { trivy: ['KSV-0105'] }, },
  },
  'runtime-socket': {
    title: 'Container runtime socket is exposed',
    severity: 'high',
    profile: 'recommended',
    category: 'host-files',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-668', 'CWE-250'], attack: ['T1611', 'T1610'] },
    checks: { 'kubernetes': { kubeaudit: ['allow-host-path-mount-*'], pss: ['baseline'], cisKubernetes: ['5.2.11'] }, 'kubernetes-docker-socket': { datadog: ['kubernetes-docker-daemon-socket-is-exposed-to-containers', 'a6f34658-fdfb-4154-9536-56d516f65828', 'docker_daemon_socket_is_exposed_to_containers'], kics: ['a6f34658-fdfb-4154-9536-56d516f65828'], checkov: ['CKV_K8S_27'], trivy: ['KSV-0006'], kubeLinter: ['docker-sock'], kubescape: ['C-0074'], kubeaudit: ['allow-host-path-mount-*'], kyverno: ['disallow-container-sock-mounts'], pss: ['baseline'], cisKubernetes: ['5.2.11'] }, 'kubernetes-cri-socket': { kubescape: ['C-0074'], kubeaudit: ['allow-host-path-mount-*'], kyverno: ['disallow-container-sock-mounts'], pss: ['baseline'], cisKubernetes: ['5.2.11'] }, 'engine-docker-socket': { datadog: ['d6355c88-1e8d-49e9-b2f2-f8a1ca12c75b', 'docker_socket_mounted_in_container'], kics: ['d6355c88-1e8d-49e9-b2f2-f8a1ca12c75b'], cisDocker: ['5.32'] }, },
  },
  'seccomp-missing': {
    title: 'Pod has no seccomp profile',
    severity: 'low',
    profile: 'all',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: ['f377b83e-bd07-4f48-a591-60c82b14a78b', 'seccomp_profile_is_not_configured'], kics: ['f377b83e-bd07-4f48-a591-60c82b14a78b'], checkov: ['CKV_K8S_31'], trivy: ['KSV-0030'], kubeLinter: [], kubescape: ['C-0055'], polaris: ['linuxHardening'], kubeScore: [], kubeaudit: [], kyverno: ['restrict-seccomp-strict'], pss: ['restricted'], cisKubernetes: ['5.6.2'], cisDocker: [], cwe: ['CWE-693'], attack: ['T1611'] },
    checks: { },
  },
  'sensitive-host-path': {
    title: 'Sensitive path of the host is mounted',
    severity: 'high',
    profile: 'recommended',
    category: 'host-files',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-668'], attack: ['T1611', 'T1552.001'] },
    checks: { 'kubernetes': { kubescape: ['C-0048'], kubeaudit: ['allow-host-path-mount-*'], kyverno: ['disallow-host-path'], pss: ['baseline'], cisKubernetes: ['5.2.11'] }, 'kubernetes-system-folder': { datadog: ['5308a7a8-06f8-45ac-bf10-791fe21de46e', 'workload_mounting_with_sensitive_os_directory'], kics: ['5308a7a8-06f8-45ac-bf10-791fe21de46e'], trivy: ['KSV-0121'], kubeLinter: ['sensitive-host-mounts'], kubescape: ['C-0048'], kubeaudit: ['allow-host-path-mount-*'], kyverno: ['disallow-host-path'], pss: ['baseline'], cisKubernetes: ['5.2.11'] }, 'kubernetes-host-folder': { datadog: ['5308a7a8-06f8-45ac-bf10-791fe21de46e', 'workload_mounting_with_sensitive_os_directory'], kics: ['5308a7a8-06f8-45ac-bf10-791fe21de46e'], kubescape: ['C-0048'], kubeaudit: ['allow-host-path-mount-*'], kyverno: ['disallow-host-path'], pss: ['baseline'], cisKubernetes: ['5.2.11'] }, 'engine-system-folder': { datadog: ['1c1325ff-831d-43a1-973e-839ae57dfcc0', 'volume_has_sensitive_host_directory'], kics: ['1c1325ff-831d-43a1-973e-839ae57dfcc0'], cisDocker: ['5.6'] }, 'engine-host-folder': { datadog: ['1c1325ff-831d-43a1-973e-839ae57dfcc0', 'volume_has_sensitive_host_directory'], kics: ['1c1325ff-831d-43a1-973e-839ae57dfcc0'] }, },
  },
  'service-on-host-network': {
    title: "Service for pods on their node's network",
    severity: 'low',
    profile: 'all',
    category: 'host-network',
    isSecurity: true,
    isFixable: false,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-923'], attack: [] },
    checks: { },
  },
  'shared-mount-propagation': {
    title: "Container's mounts appear on the host",
    severity: 'medium',
    profile: 'strict',
    category: 'host-files',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-668'], attack: ['T1611'] },
    checks: { 'kubernetes': {  }, 'engine': { datadog: ['baa452f0-1f21-4a25-ace5-844e7a5f410d', 'volume_mounted_in_multiple_containers'], kics: ['baa452f0-1f21-4a25-ace5-844e7a5f410d'], cisDocker: ['5.20'] }, },
  },
  'shared-process-namespace': {
    title: 'Containers of a pod share their processes',
    severity: 'low',
    profile: 'all',
    category: 'host-namespaces',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-653'], attack: [] },
    checks: { },
  },
  'stack-ignores-isolation': {
    title: 'Setting is ignored in a stack',
    severity: 'low',
    profile: 'all',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-693'], attack: [] },
    checks: { },
  },
  'surge-with-host-port': {
    title: 'DaemonSet starts a second pod that needs the same port',
    severity: 'high',
    profile: 'recommended',
    category: 'host-ports',
    isSecurity: false,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'unconfined': {
    title: 'Kernel filter is switched off',
    severity: 'high',
    profile: 'recommended',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-693'], attack: ['T1611'] },
    checks: { 'kubernetes-seccomp': { trivy: ['KSV-0104'], kubescape: ['C-0055'], polaris: ['linuxHardening'], kyverno: ['restrict-seccomp'], pss: ['baseline'], cisKubernetes: ['5.6.2'] }, 'kubernetes-apparmor': { trivy: ['KSV-0002'], kubescape: ['C-0055'], polaris: ['linuxHardening'], kyverno: ['restrict-apparmor-profiles'], pss: ['baseline'] }, 'engine-seccomp': { datadog: ['404fde2c-bc4b-4371-9747-7054132ac953', 'default_seccomp_profile_disabled'], kics: ['404fde2c-bc4b-4371-9747-7054132ac953'], cisDocker: ['5.22'] }, 'engine-apparmor': { cisDocker: ['5.2'] }, },
  },
  'undeclared-host-ports': {
    title: "Pod on the node's network declares no ports",
    severity: 'low',
    profile: 'all',
    category: 'host-network',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'unmasked-proc': {
    title: 'Container sees all of /proc',
    severity: 'high',
    profile: 'recommended',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-1188'], attack: ['T1611'] },
    checks: { 'kubernetes': { trivy: ['KSV-0027'], kubeLinter: ['unsafe-proc-mount'], kyverno: ['disallow-proc-mount'], pss: ['baseline'] }, },
  },
  'unreachable-service-name': {
    title: 'Service name does not resolve in host mode',
    severity: 'medium',
    profile: 'recommended',
    category: 'host-network',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'unsafe-sysctl': {
    title: 'Kernel setting is unsafe or refused',
    severity: 'high',
    profile: 'recommended',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-732'], attack: ['T1611'] },
    checks: { 'unlisted': { datadog: ['9127f0d9-2310-42e7-866f-5fd9d20dcbad', 'cluster_allows_unsafe_sysctls'], kics: ['9127f0d9-2310-42e7-866f-5fd9d20dcbad'], trivy: ['KSV-0026'], kubeLinter: ['unsafe-sysctls'], kyverno: ['restrict-sysctls'], pss: ['baseline'] }, },
  },
  'unused-host-network-dns': {
    title: 'DNS policy for host networking without host networking',
    severity: 'low',
    profile: 'all',
    category: 'host-network',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: [], attack: [] },
    checks: { },
  },
  'user-namespace-conflict': {
    title: 'Pod asks for its own users and for namespaces of the node',
    severity: 'high',
    profile: 'recommended',
    category: 'host-namespaces',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-653'], attack: [] },
    checks: { },
  },
  'weak-agent-sandbox': {
    title: 'Agent sandbox does not isolate',
    severity: 'medium',
    profile: 'strict',
    category: 'ai',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: [], kubescape: [], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-653'], attack: ['T1611'] },
    checks: { 'runtime': { kubescape: ['C-0297'] }, 'host-access': {  }, },
  },
  'windows-host-process': {
    title: 'Windows container runs as a process of the host',
    severity: 'high',
    profile: 'recommended',
    category: 'privileges',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: ['KSV-0103'], kubeLinter: [], kubescape: ['C-0202'], polaris: [], kubeScore: [], kubeaudit: [], kyverno: ['disallow-host-process'], pss: ['baseline'], cisKubernetes: ['5.2.10'], cisDocker: [], cwe: ['CWE-250'], attack: ['T1611'] },
    checks: { },
  },
  'writable-host-path': {
    title: 'Path of the node is mounted writable',
    severity: 'medium',
    profile: 'strict',
    category: 'host-files',
    isSecurity: true,
    isFixable: true,
    aliases: { datadog: [], kics: [], checkov: [], trivy: [], kubeLinter: ['writable-host-mount'], kubescape: ['C-0045'], polaris: [], kubeScore: [], kubeaudit: [], kyverno: [], pss: [], cisKubernetes: [], cisDocker: [], cwe: ['CWE-732'], attack: [] },
    checks: { 'system-folder': { datadog: ['b7652612-de4e-4466-a0bf-1cd81f0c6063', 'volume_mount_with_os_directory_write_permissions'], kics: ['b7652612-de4e-4466-a0bf-1cd81f0c6063'] }, },
  },
};

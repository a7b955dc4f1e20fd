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
  | 'ai-host-network'
  | 'host-ipc'
  | 'host-network'
  | 'published-ports-ignored'
  | 'runtime-socket';

export const FACTS: Readonly<Record<RuleId, Facts>> = {
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
};

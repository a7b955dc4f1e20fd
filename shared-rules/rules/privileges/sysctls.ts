import type { Place } from '../../language/place.ts';
import { remove } from '../../language/yaml/change.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import type { ComposeFile, Service } from '../../model/compose/compose.ts';
import { hostNetworkUses } from '../../model/compose/host-network.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { type KubernetesObject, type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';
import { podSubject, type Subject, serviceSubject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';
import { review } from '../fixes.ts';

/** The namespaces of the kernel that have sysctls of their own, as a message names them. */
export type SysctlNamespace = 'network' | 'IPC namespace';

/** A kernel setting that a workload asks for, on any surface. */
export interface SysctlUse {
  readonly subject: Subject;
  readonly platform: 'kubernetes' | 'engine';
  readonly at: Place;
  /** As it is written. */
  readonly name: string;
  /** Whose setting it is; undefined for one that the whole host shares. */
  readonly namespace: SysctlNamespace | undefined;
  /** Whether the workload shares that namespace with its host. */
  readonly reachesHost: boolean;
  /** Whether every kubelet of the version in question accepts it. */
  readonly isSafe: boolean;
  readonly fixes: readonly Fix[];
}

/**
 * What Pod Security admission (policy/check_sysctls.go) and the kubelet (pkg/kubelet/sysctl) call safe, with the minor
 * version of Kubernetes that began to.
 */
const SAFE_SINCE: Readonly<Record<string, number>> = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_wmem': 32,
  'net.ipv4.tcp_slow_start_after_idle': 37,
  'net.ipv4.tcp_notsent_lowat': 37,
};

/** From the kubelet's table of sysctls that the kernel keeps for each namespace. */
function namespaceOf(sysctl: string): SysctlNamespace | undefined {
  if (sysctl.startsWith('net.')) return 'network';
  return /^(?:kernel\.(?:sem$|shm|msg)|fs\.mqueue\.)/.test(sysctl) ? 'IPC namespace' : undefined;
}

/** `net/ipv4/tcp_rmem` is `net.ipv4.tcp_rmem`: whichever separator comes first is the one that counts. */
function normalized(sysctl: string): string {
  if (/[./]/.exec(sysctl)?.[0] !== '/') return sysctl;
  return sysctl.replace(/[./]/g, (separator) => (separator === '/' ? '.' : '/'));
}

/** Whose setting a sysctl is, in either spelling of its name. */
export function describeSysctl(name: string): Pick<SysctlUse, 'namespace'> {
  return { namespace: namespaceOf(normalized(name)) };
}

/** @param version the version of Kubernetes that the manifest is for */
export function podSysctls(object: KubernetesObject, version: string | undefined): SysctlUse[] {
  return object.pods.flatMap((pod) =>
    (pod.spec.at('securityContext', 'sysctls')?.items() ?? []).flatMap((entry) => toUse(pod, entry, version)),
  );
}

function toUse(pod: Pod, entry: Value, version: string | undefined): SysctlUse[] {
  const at = entry.get('name');
  if (!at?.text) return [];
  const sysctl = normalized(at.text);
  const namespace = namespaceOf(sysctl);
  const since = SAFE_SINCE[sysctl];
  const shared = namespace === 'network' ? 'hostNetwork' : 'hostIPC';
  return [
    {
      subject: podSubject(pod),
      platform: 'kubernetes',
      at,
      name: at.text,
      namespace,
      reachesHost: namespace !== undefined && trueField(pod.spec, shared) !== undefined,
      isSafe: since !== undefined && isAtLeast(version, since),
      fixes: [review(`Remove sysctl ${at.text}`, remove(entry))],
    },
  ];
}

/** In a list as `NAME=VALUE`, or as a mapping. */
export function serviceSysctls(file: ComposeFile): SysctlUse[] {
  return file.services.flatMap((service) => {
    const sysctls = service.value.get('sysctls');
    const fields = sysctls?.fields() ?? [];
    return [
      ...(sysctls?.items() ?? []).flatMap((item) => {
        const name = /^([^=\s]+)\s*=/.exec(composeText(item)?.text ?? '')?.[1];
        return name ? toServiceUse(service, name, item.placeOf(name), item) : [];
      }),
      ...fields.flatMap((field) => toServiceUse(service, field.name, keyPlace(field), field)),
    ];
  });
}

function toServiceUse(service: Service, name: string, at: Place, entry: Field | Value): SysctlUse {
  const { namespace } = describeSysctl(name);
  const sharesIpc = composeText(service.value.get('ipc'))?.text === 'host';
  const isOnHost = namespace === 'network' ? hostNetworkUses(service).length > 0 : sharesIpc;
  return {
    subject: serviceSubject(service),
    platform: 'engine',
    at,
    name,
    namespace,
    reachesHost: namespace !== undefined && isOnHost,
    // The engine lets a container set whatever belongs to its own namespaces.
    isSafe: namespace !== undefined,
    fixes: [review(`Remove sysctl ${name}`, remove(entry))],
  };
}

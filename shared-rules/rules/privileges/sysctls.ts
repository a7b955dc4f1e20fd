import { ownEntry } from '../../language/own-entry.ts';
/** The namespaces of the kernel that have sysctls of their own, as a message names them. */
export type SysctlNamespace = 'network' | 'IPC namespace';

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

/** A kernel setting by its name, in either spelling: `net.ipv4.tcp_rmem` or `net/ipv4/tcp_rmem`. */
export interface Sysctl {
  /** Whose setting it is; undefined for one that the whole host shares. */
  readonly namespace: SysctlNamespace | undefined;
  /** From which minor version of Kubernetes on every kubelet accepts it. */
  readonly safeSince: number | undefined;
}

export function readSysctl(name: string): Sysctl {
  const sysctl = normalized(name);
  return { namespace: namespaceOf(sysctl), safeSince: ownEntry(SAFE_SINCE, sysctl) };
}

/** From the kubelet's table of sysctls that the kernel keeps for each namespace. */
function namespaceOf(sysctl: string): SysctlNamespace | undefined {
  if (sysctl.startsWith('net.')) return 'network';
  return /^(?:kernel\.(?:sem$|shm|msg)|fs\.mqueue\.)/.test(sysctl) ? 'IPC namespace' : undefined;
}

/** Whichever separator comes first is the one that counts. */
function normalized(sysctl: string): string {
  if (/[./]/.exec(sysctl)?.[0] !== '/') return sysctl;
  return sysctl.replace(/[./]/g, (separator) => (separator === '/' ? '.' : '/'));
}

import { isKnown } from '../../language/unknown.ts';
import type { Severity } from '../severity.ts';
import { isOnSystemDrive, normalizeHostPath, withoutDrive } from './normalize.ts';

/** A part of the host's file system that gives control over the host, or its secrets, to whoever mounts it. */
interface SensitivePath {
  readonly path: string;
  /** What is there, for a message. */
  readonly holds: string;
  /** Whether everything below counts as well. */
  readonly below: boolean;
  readonly readOnly: Severity;
  readonly writable: Severity;
}

function sensitive(
  path: string,
  holds: string,
  below: 'with all below' | 'itself',
  levels: readonly [Severity, Severity],
): SensitivePath {
  return { path, holds, below: below === 'with all below', readOnly: levels[0], writable: levels[1] };
}

const SECRETS = ['high', 'high'] as const;
const SYSTEM = ['medium', 'high'] as const;
const LOGS = ['low', 'medium'] as const;

/** With `/var/run` written as `/run`. The first that fits counts. */
const SENSITIVE_PATHS: readonly SensitivePath[] = [
  sensitive('/', 'the whole host', 'itself', SECRETS),
  sensitive('/etc/kubernetes', "the cluster's certificates and static pods", 'with all below', SECRETS),
  sensitive('/etc/shadow', "the host's password hashes", 'itself', SECRETS),
  sensitive('/etc/ssh', "the host's SSH keys", 'with all below', SECRETS),
  sensitive('/etc/sudoers', 'who may become root on the host', 'itself', SYSTEM),
  sensitive('/etc/passwd', "the host's users", 'itself', LOGS),
  sensitive('/etc/group', "the host's groups", 'itself', LOGS),
  sensitive('/etc/cni/net.d', "the configuration of the node's network", 'with all below', SYSTEM),
  sensitive('/etc/ssl', "the host's certificates and keys", 'itself', LOGS),
  sensitive('/etc', "the host's configuration and password hashes", 'itself', SECRETS),
  sensitive('/root', "root's files and keys", 'itself', SECRETS),
  sensitive('/home', "every user's files and keys", 'itself', SECRETS),
  sensitive('/boot', "the host's kernel", 'with all below', SYSTEM),
  sensitive('/dev', "all of the host's devices", 'itself', SECRETS),
  sensitive('/proc', "the host's processes and kernel settings", 'with all below', SYSTEM),
  sensitive('/sys/fs/bpf', 'programs loaded into the kernel', 'with all below', SYSTEM),
  sensitive('/sys/fs/cgroup', "the host's control groups", 'itself', SYSTEM),
  sensitive('/sys', "the host's kernel and devices", 'itself', SYSTEM),
  sensitive('/var/lib/docker', "Docker's images, volumes and containers", 'itself', SYSTEM),
  sensitive('/var/lib/containerd', "containerd's images and containers", 'itself', SYSTEM),
  sensitive('/var/lib/etcd', "the cluster's state with all its secrets", 'with all below', SECRETS),
  sensitive('/var/lib/kubelet/pki', "the kubelet's keys", 'with all below', SECRETS),
  sensitive('/var/lib/kubelet/pods', 'the volumes and secrets of every pod on the node', 'itself', SYSTEM),
  sensitive('/var/lib/cni', "the state of the node's network", 'itself', SYSTEM),
  sensitive('/opt/cni/bin', "programs that the kubelet's runtime runs on the host", 'with all below', SYSTEM),
  ...['/usr', '/lib', '/lib64', '/sbin', '/bin', '/usr/bin', '/usr/sbin', '/usr/lib', '/usr/local/bin'].map((path) =>
    sensitive(path, 'programs and libraries of the host', 'itself', SYSTEM),
  ),
  sensitive('/var/log', 'the logs of the host and of every pod', 'itself', LOGS),
];

/** On the system drive of Windows, where the paths of Kubernetes count as well. */
const ON_SYSTEM_DRIVE: readonly SensitivePath[] = [
  sensitive('/windows/system32/config', "the host's registry with its password hashes", 'with all below', SECRETS),
  sensitive('/windows/system32', 'programs and libraries of the host', 'with all below', SYSTEM),
  sensitive('/windows', 'programs and libraries of the host', 'itself', SYSTEM),
  sensitive('/program files', 'programs and libraries of the host', 'itself', SYSTEM),
  sensitive('/programdata/docker', "Docker's images, volumes and containers", 'itself', SYSTEM),
  sensitive('/programdata/containerd', "containerd's images and containers", 'itself', SYSTEM),
  sensitive('/programdata/kubernetes', 'the configuration and keys of Kubernetes', 'with all below', SECRETS),
  sensitive('/programdata', 'the data of all programs of the host', 'itself', SYSTEM),
  ...['/k', '/k/config', '/k/azure.json'].map((path) =>
    sensitive(path, "the node's own credentials for the cluster and the cloud", 'itself', SECRETS),
  ),
  sensitive('/users', "every user's files and keys", 'itself', SECRETS),
];

/** Names of folders that hold keys wherever they lie. */
const CREDENTIALS = /(?:^|\/)(?:\.ssh|\.aws|\.azure|\.gnupg|\.kube|\.config\/gcloud)(?:\/|$)/;
/** `/home/alice`, `/Users/alice`, `~` and `c:/users/alice`. */
const HOME = /^(?:(?:\/home|\/Users|c:\/users)\/[^/]+|~)$/;

/** What other tools know sensitive paths as: the folders of the system that all of them list, and those that some add. */
const KNOWN_ROOTS = [
  ['system-folder', /^\/(?:(?:boot|dev|etc|lib|proc|sys|usr)(?:\/|$)|$)/],
  ['host-folder', /^\/(?:bin|home|lib64|root|run|sbin|var)(?:\/|$)/],
] as const;

export interface SensitiveExposure {
  readonly holds: string;
  readonly severity: Severity;
  /** What other tools know the path as; undefined for what they do not look for. */
  readonly known: (typeof KNOWN_ROOTS)[number][0] | undefined;
}

/**
 * What a host path exposes, or undefined for a path of the workload's own.
 * @param path as written, any spelling, with UNKNOWN_CHARACTER for what is not known
 */
export function sensitivePathAt(path: string, isReadOnly: boolean): SensitiveExposure | undefined {
  const normal = normalizeHostPath(path);
  const known = KNOWN_ROOTS.find(([, pattern]) => pattern.test(normal))?.[0];
  if (CREDENTIALS.test(normal))
    return { holds: 'keys and credentials', severity: isReadOnly ? 'medium' : 'high', known };
  if (HOME.test(normal) && isKnown(normal)) return { holds: "a user's files and keys", severity: 'high', known };
  const found = isOnSystemDrive(normal)
    ? sensitiveIn([...ON_SYSTEM_DRIVE, ...SENSITIVE_PATHS], withoutDrive(normal))
    : sensitiveIn(SENSITIVE_PATHS, normal);
  return found && { holds: found.holds, severity: isReadOnly ? found.readOnly : found.writable, known };
}

function sensitiveIn(paths: readonly SensitivePath[], normal: string): SensitivePath | undefined {
  return paths.find((one) => normal === one.path || (one.below && normal.startsWith(`${one.path}/`)));
}

import { isOnSystemDrive, normalizeHostPath, withoutDrive } from './normalize.ts';
import { type Rootless, rootlessAt } from './rootless-sockets.ts';

/** A socket that hands out the power of a program which, as a rule, runs as root on the host. */
export interface HostSocket {
  /** As it is named in a message, such as `Docker`. */
  readonly program: string;
  /** What whoever reaches the socket can do. */
  readonly power: string;
  /**
   * `runtime` starts containers with any right; `service` asks the host's init system or message bus;
   * `kubelet` registers plugins with the kubelet, as CSI drivers and device plugins must.
   */
  readonly sort: 'runtime' | 'service' | 'kubelet';
  /**
   * What other tools know it as: `docker-socket` is the daemon's own, `cri-socket` one through which the kubelet starts
   * containers. Undefined for what they do not look for.
   */
  readonly known?: 'docker-socket' | 'cri-socket';
  /** File names that mean this socket wherever they lie: rootless, in a home directory, in a snap. */
  readonly names: readonly string[];
  /**
   * Directories and files, with `/var/run` written as `/run`. Everything below them counts; where one ends with a hyphen,
   * everything that begins so.
   */
  readonly paths: readonly string[];
}

const RUNTIME_POWER = 'start a privileged container and so become root on the host';

const KUBELET: HostSocket = {
  program: 'kubelet',
  power: 'register plugins with the kubelet or read what every pod on the node was given',
  sort: 'kubelet',
  names: ['kubelet.sock'],
  paths: ['/var/lib/kubelet/device-plugins', '/var/lib/kubelet/pod-resources', '/var/lib/kubelet/plugins_registry'],
};

const HOST_SOCKETS: readonly HostSocket[] = [
  {
    program: 'containerd',
    power: RUNTIME_POWER,
    sort: 'runtime',
    known: 'cri-socket',
    names: ['containerd.sock', 'containerd.sock.ttrpc'],
    paths: [
      '/run/containerd',
      '/run/k3s/containerd',
      '/run/k0s/containerd',
      '/run/docker/containerd',
      '//./pipe/containerd-containerd',
    ],
  },
  {
    program: 'Docker',
    power: RUNTIME_POWER,
    sort: 'runtime',
    known: 'docker-socket',
    names: ['docker.sock', 'docker.raw.sock'],
    paths: [
      '/run/docker',
      '//./pipe/docker_engine',
      '//./pipe/docker_engine_linux',
      '//./pipe/docker_engine_windows',
      '//./pipe/dockerdesktoplinuxengine',
      '//./pipe/dockerdesktopwindowsengine',
    ],
  },
  {
    program: 'CRI-O',
    power: RUNTIME_POWER,
    sort: 'runtime',
    known: 'cri-socket',
    names: ['crio.sock'],
    paths: ['/run/crio'],
  },
  {
    program: 'Docker',
    power: RUNTIME_POWER,
    sort: 'runtime',
    known: 'cri-socket',
    names: ['dockershim.sock', 'cri-dockerd.sock'],
    paths: ['/run/cri-dockerd'],
  },
  { program: 'Podman', power: RUNTIME_POWER, sort: 'runtime', names: ['podman.sock'], paths: ['/run/podman'] },
  {
    program: 'BuildKit',
    power: 'run any build on the host',
    sort: 'runtime',
    names: ['buildkitd.sock'],
    paths: ['/run/buildkit'],
  },
  { program: 'LXD', power: RUNTIME_POWER, sort: 'runtime', names: [], paths: ['/var/snap/lxd/common/lxd/unix.socket'] },
  {
    program: 'NRI',
    power: 'change every container that the runtime starts',
    sort: 'runtime',
    names: ['nri.sock'],
    paths: ['/run/nri'],
  },
  {
    program: 'systemd',
    power: 'start units as root on the host',
    sort: 'service',
    names: [],
    paths: ['/run/systemd/private', '/run/dbus'],
  },
  {
    program: 'CSI Proxy',
    power: 'format, mount and remove disks and folders of the host',
    sort: 'kubelet',
    names: [],
    paths: ['//./pipe/csi-proxy-'],
  },
  KUBELET,
];

const ANY_RUNTIME: HostSocket = {
  program: 'container runtime',
  power: RUNTIME_POWER,
  sort: 'runtime',
  names: [],
  paths: [],
};

/** Directories that hold a socket on an ordinary host without being its program's own. */
const PARENTS: ReadonlyMap<string, HostSocket> = new Map([
  ['/', ANY_RUNTIME],
  ['/var', ANY_RUNTIME],
  ['/run', ANY_RUNTIME],
  ['/var/lib/kubelet', KUBELET],
]);

/** The runtime directory of a user, and Podman's own in it. */
const USERS_PARENT = /^\/run\/user\/\d+(?:\/podman)?$/;

export interface SocketExposure {
  readonly socket: HostSocket;
  /** Whether the path is a directory above the socket's own. */
  readonly isParent: boolean;
  /** Where the program is a user's own; undefined where it is root's, or that is not known. */
  readonly rootless: Rootless | undefined;
}

/**
 * The socket that a host path hands out, or undefined.
 * @param path as written; any spelling of slashes, `.` and `..`, `/var/run` or `/run`, Windows pipes and drives, `~`,
 *   UNKNOWN_CHARACTER for what is not known
 */
export function socketAt(path: string): SocketExposure | undefined {
  const normal = normalizeHostPath(path);
  // On Windows runtimes have pipes, which no folder holds; only the kubelet has sockets.
  if (isOnSystemDrive(normal)) return kubeletSocketAt(withoutDrive(normal));
  const rootless = rootlessAt(normal);
  return socketIn(HOST_SOCKETS, normal, rootless) ?? parentAt(normal, rootless);
}

function kubeletSocketAt(normal: string): SocketExposure | undefined {
  const isParent = PARENTS.get(normal) === KUBELET;
  return isParent ? { socket: KUBELET, isParent, rootless: undefined } : socketIn([KUBELET], normal, undefined);
}

function parentAt(normal: string, rootless: Rootless | undefined): SocketExposure | undefined {
  const socket = PARENTS.get(normal) ?? (USERS_PARENT.test(normal) ? ANY_RUNTIME : undefined);
  return socket && { socket, isParent: true, rootless };
}

function socketIn(
  sockets: readonly HostSocket[],
  normal: string,
  rootless: Rootless | undefined,
): SocketExposure | undefined {
  const name = normal.slice(normal.lastIndexOf('/') + 1);
  const socket = sockets.find(
    ({ names, paths }) =>
      names.includes(name) ||
      paths.some((own) => normal === own || normal.startsWith(own.endsWith('-') ? own : `${own}/`)),
  );
  return socket && { socket, isParent: false, rootless: socket.sort === 'runtime' ? rootless : undefined };
}

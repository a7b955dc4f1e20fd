import { isKnown } from '../../language/unknown.ts';
import type { SocketExposure } from './runtime-sockets.ts';

/**
 * Sockets of engines that run as an ordinary user, or in a virtual machine of one. Sources: the documentation of Docker
 * (rootless mode, Docker Desktop), Podman (podman-system-service, podman-machine), Colima, Lima, OrbStack and Rancher
 * Desktop. Matched against a path with single, forward slashes.
 */
const IN_MACHINE =
  /(?:^|\/)(?:\.colima|\.lima|\.orbstack|\.rd|\.docker\/desktop|com\.docker\.docker|podman\/machine)(?:\/|$)/;
const DOCKER_OF_USER = /(?:^|\/)\.docker\/run(?:\/|$)/;
/** `/run/user/0` is root's own. */
const IN_RUNTIME_DIRECTORY = /^\/run\/user\/(?!0(?:\/|$))|^\/tmp\/(?:podman|storage)-run-[1-9]\d*\//;
const AS_USER = 'start containers with the rights of that user, and so read and change all files of theirs';
const AS_WHOEVER =
  'start containers with the rights of whoever runs the engine, and become root on the host where that is root';
const MACHINE_POWER =
  'become root in the virtual machine that the engine runs in, and reach the files of the user that it shares';

/** What whoever reaches an engine can do, where that engine is not root on the host. */
export interface Rootless {
  readonly power: string;
  /** Whether it may be root's engine nevertheless. */
  readonly mayBeRoot: boolean;
}

/** @param normal as normalizeHostPath gives it */
export function rootlessAt(normal: string): Rootless | undefined {
  if (IN_MACHINE.test(normal)) return { power: MACHINE_POWER, mayBeRoot: false };
  if (DOCKER_OF_USER.test(normal))
    return { power: `${AS_USER}; with Docker Desktop, ${MACHINE_POWER}`, mayBeRoot: false };
  if (IN_RUNTIME_DIRECTORY.test(normal)) return { power: AS_USER, mayBeRoot: false };
  // Behind `$XDG_RUNTIME_DIR` and systemd's `%t` there is an engine of root's or of a user's.
  const [folder = '', ...rest] = normal.split('/');
  if (!isKnown(folder) && !rest.includes('run')) return { power: AS_WHOEVER, mayBeRoot: true };
  return undefined;
}

/** What whoever reaches a socket can do. */
export function powerOf({ socket, rootless }: SocketExposure): string {
  return rootless?.power ?? socket.power;
}

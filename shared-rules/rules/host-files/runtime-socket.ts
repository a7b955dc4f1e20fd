import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { onPlatform } from '../platform.ts';
import type { Severity } from '../severity.ts';
import { removeMount, replaceSocket } from './fixes.ts';
import { checkOf } from './host-mount.ts';
import { powerOf } from './rootless-sockets.ts';
import { type HostSocket, type SocketExposure, socketAt } from './runtime-sockets.ts';
import { hostMount } from './views.ts';

/** A proxy that lets through part of the engine's API needs the socket itself; it is the remedy for the others. */
const SOCKET_PROXY = /(?:^|\/)(?:docker-)?socket-proxy(?:[:@]|$)/;

const SEVERITY: Record<HostSocket['sort'], Severity> = { runtime: 'high', service: 'medium', kubelet: 'low' };
const HEAVIEST_FIRST: readonly HostSocket['sort'][] = ['runtime', 'service', 'kubelet'];

export const runtimeSocket = defineRule({
  id: 'runtime-socket',
  replaces: ['sensitive-host-path', 'host-path'],
  on: hostMount,
  *detect(mount) {
    const { subject, platform, at, exposed, spelling, fromDefault, related, images, removal } = mount;
    const exposure = heaviest(exposed.flatMap(({ path }) => socketAt(path) ?? []));
    if (!exposure) return;
    const { socket, isParent, rootless } = exposure;
    const isProxy = socket.sort === 'runtime' && images.length > 0 && images.every((image) => SOCKET_PROXY.test(image));
    const isDocker = socket.program === 'Docker' && socket.sort === 'runtime' && !isParent;
    const what = isParent
      ? `mounts ${spelling}, which holds the ${socket.program} socket`
      : `mounts the ${socket.program} socket (${spelling})`;
    yield {
      at,
      check: checkOf(platform, isParent ? undefined : socket.known),
      severity: isProxy ? 'low' : rootless && !rootless.mayBeRoot ? 'medium' : SEVERITY[socket.sort],
      message: `${workloadName(subject)} ${what}${unlessSet(fromDefault)}. Whoever controls the container can ${onPlatform(powerOf(exposure), platform)}; a read-only mount does not change that. ${advice(exposure, isProxy)}`,
      related,
      fixes: isDocker && !isProxy ? replaceSocket(mount) : removeMount(removal),
    };
  },
});

function heaviest(exposures: readonly SocketExposure[]): SocketExposure | undefined {
  return [...exposures].sort(
    (a, b) => HEAVIEST_FIRST.indexOf(a.socket.sort) - HEAVIEST_FIRST.indexOf(b.socket.sort),
  )[0];
}

function advice({ socket, isParent, rootless }: SocketExposure, isProxy: boolean): string {
  if (isProxy)
    return 'This image is a socket proxy, which needs it: keep the part of the API that it lets through short.';
  if (socket.sort === 'kubelet') return 'CSI drivers and device plugins need this; remove it from anything else.';
  if (isParent) return 'Mount only the directory or file that is needed.';
  if (socket.sort === 'service') return 'Remove the mount, or give the program the one answer it needs in another way.';
  if (rootless) return 'Remove the mount, or put a socket proxy with a list of allowed calls in front.';
  return 'Remove the mount; build images with a rootless or remote builder, or put a socket proxy with a list of allowed calls in front.';
}

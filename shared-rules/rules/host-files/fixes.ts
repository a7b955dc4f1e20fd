import type { Fix } from '../api.ts';
import { review, reviewIfPossible } from '../fixes.ts';
import type { HostMount, MountRemoval } from './host-mount.ts';
import { PROXY_NAME } from './socket-proxy.ts';

/** Takes a mount away, where one is written. */
export function removeMount(removal: MountRemoval | undefined): Fix[] {
  return removal ? reviewIfPossible(`Remove ${removal.what}`, removal.changes) : [];
}

/** Takes Docker's socket away, or puts a proxy in its place that lets a part of the API through. */
export function replaceSocket({ removal, toSocketProxy }: HostMount): Fix[] {
  const title = `Replace the socket by a proxy for it, ${PROXY_NAME}`;
  return [...removeMount(removal), ...(toSocketProxy ? [review(title, ...toSocketProxy)] : [])];
}

import type { RuleId } from '../../rules/catalogue.generated.ts';

/**
 * A program that is known to need what rules report, because its job is on the node. It is known by its image and by
 * the kind it runs as together: a name says nothing, and the same image as somebody's sidecar is another matter.
 */
export interface NodeProgram {
  /** As a sentence goes on: `the network plugin Calico`. */
  readonly what: string;
  /** Repositories without registry and tag; `*` stands for any part of a path segment. */
  readonly images: readonly string[];
  /** Kubernetes kinds, `service` for Compose, and `container` for a command and what an engine runs. */
  readonly kinds: readonly string[];
  /** The rules whose findings it needs: what its own manifest asks for, and no more. */
  readonly needs: readonly RuleId[];
  /** The repository on GitHub and in it the chart, manifest or guide that says so. */
  readonly source: string;
}

/** Programs by what they are for, which is a heading of the documentation. */
export type NodePrograms = Readonly<Record<string, readonly NodeProgram[]>>;

export function user(
  what: string,
  images: readonly string[],
  kinds: readonly string[],
  needs: readonly RuleId[],
  source: string,
): NodeProgram {
  return { what, images, kinds, needs, source };
}

export const NODE = ['DaemonSet'];
export const NODE_AND_CONTAINER = ['DaemonSet', 'service', 'container'];
export const CONTAINER = ['service', 'container'];
export const STATIC = ['Pod', 'DaemonSet'];
export const DEPLOYMENT = ['Deployment'];
export const WORKLOADS = ['DaemonSet', 'Deployment', 'StatefulSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod'];

/** A mount of the root folder or of `/run` holds the runtime's socket as well. */
export const ROOT_FOLDER: readonly RuleId[] = ['sensitive-host-path', 'runtime-socket'];
/** Interfaces, routes and filters of the node, and the files of its network plugins. */
export const NODE_NETWORK: readonly RuleId[] = [
  'host-network',
  'host-port',
  'privileged',
  'added-capabilities',
  'sensitive-host-path',
  'unconfined',
];
/** Kernel modules, devices and the runtime's configuration. */
export const NODE_DRIVERS: readonly RuleId[] = [
  'host-network',
  'host-pid',
  'host-ipc',
  'privileged',
  'added-capabilities',
  'sensitive-host-path',
  'runtime-socket',
];

import type { Place } from '../../language/place.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { WorkloadTraits } from '../../model/ai/traits.ts';
import type { Subject } from '../../model/workload.ts';
import type { Fix, Related } from '../api.ts';

export interface ExposedPath {
  readonly path: string;
  readonly isReadOnly: boolean;
}

/** A container's mount of a hostPath volume that it may write to. */
export interface WritableMount {
  readonly path: string;
  /** `container web`, as a sentence goes on. */
  readonly name: string;
  readonly at: Place;
  readonly fixes: readonly Fix[];
}

/** A path of the host that a workload is given, on any surface. */
export interface HostMount {
  readonly subject: Subject;
  readonly origin: 'hostPath volume' | 'PersistentVolume' | 'mount';
  /** The path as it is written. */
  readonly at: Place;
  /** What becomes visible: the path itself, or with the `subPath` of each mount, and whether it may be written. */
  readonly exposed: readonly ExposedPath[];
  /** Kubernetes only. */
  readonly writable: readonly WritableMount[];
  /** The `type` that a hostPath volume declares. */
  readonly type: Value | undefined;
  /** As it is written, for messages. */
  readonly spelling: string;
  readonly fromDefault: boolean;
  /** Where containers mount it. */
  readonly related: readonly Related[];
  /** The images of the containers that mount it, without a guess where a template decides. */
  readonly images: readonly string[];
  /** The removal of the mount with all that refers to it. */
  readonly fixes: readonly Fix[];
  /** The host's folder replaced by an empty one of the pod's own; Kubernetes only. */
  readonly emptyDirFix: Fix | undefined;
  /** A Docker socket's mount replaced by a proxy for it; Compose only. */
  readonly proxyFix: Fix | undefined;
  /** What the AI classifier looks at; undefined for a volume that belongs to no workload. */
  readonly workload: (() => WorkloadTraits) | undefined;
}

/** What a mount outside of Kubernetes does not have. */
export const NO_VOLUME = { origin: 'mount', writable: [], type: undefined, emptyDirFix: undefined } as const;

import type { Change } from '../../language/change.ts';
import type { Place } from '../../language/place.ts';
import type { WorkloadTraits } from '../../model/ai/traits.ts';
import type { Subject } from '../../model/workload.ts';
import type { Related } from '../api.ts';
import type { Platform } from '../platform.ts';

export interface ExposedPath {
  readonly path: string;
  readonly isReadOnly: boolean;
}

/** Takes a mount away with all that refers to it. */
export interface MountRemoval {
  /** What is removed, as a title goes on. */
  readonly what: string;
  readonly changes: readonly Change[];
}

/** A path of the host that a workload is given, on any surface. */
export interface HostMount {
  readonly subject: Subject;
  /** `engine`: Compose, commands, and whatever else a container engine is given. Ids of other tools differ by it. */
  readonly platform: Platform;
  /** The path as it is written. */
  readonly at: Place;
  /** What becomes visible: the path itself, or with the `subPath` of each mount, and whether it may be written. */
  readonly exposed: readonly ExposedPath[];
  /** As it is written, for messages. */
  readonly spelling: string;
  readonly fromDefault: boolean;
  /** Where containers mount it. */
  readonly related: readonly Related[];
  /** The images of the containers that mount it, without a guess where a template decides. */
  readonly images: readonly string[];
  /** Undefined where it is no mount that is written, as of a running container. */
  readonly removal: MountRemoval | undefined;
  /** Puts a proxy in the place of a Docker socket; Compose only. */
  readonly toSocketProxy: readonly Change[] | undefined;
  /** What the AI classifier looks at; undefined for a volume that belongs to no workload. */
  readonly workload: (() => WorkloadTraits) | undefined;
}

/**
 * The check of a rule: ids of other tools count on one platform, and some of them only for certain paths.
 * @param sort what those tools know the path as
 */
export function checkOf(platform: Platform, sort?: string): string {
  return sort ? `${platform}-${sort}` : platform;
}

/** A mount through which what a container mounts appears on the host as well, on any surface. */
export interface SharedMount {
  readonly subject: Subject;
  readonly platform: Platform;
  readonly at: Place;
  /** As it is written, such as `mountPropagation: Bidirectional`. */
  readonly spelling: string;
  /** The path of the host, where it is known. */
  readonly source: string | undefined;
  /** The host's mounts go on to appear in the container, but not the other way round. */
  readonly oneWay: OneWay;
}

export interface OneWay {
  /** `mountPropagation`, or what stands for it elsewhere. */
  readonly setting: string;
  readonly mode: string;
  /** Empty where it cannot be written. */
  readonly changes: readonly Change[];
}

/** What container engines call the mode that goes one way, in place of `shared` or `rshared`. */
export function toSlave(mode: string, withMode: (mode: string) => readonly Change[]): OneWay {
  const slave = mode.toLowerCase().replace('shared', 'slave');
  return { setting: 'the propagation', mode: slave, changes: withMode(slave) };
}

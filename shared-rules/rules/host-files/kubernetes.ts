import { remembered } from '../../language/remembered.ts';
import { isKnown, readable } from '../../language/unknown.ts';
import { remove, replace } from '../../language/yaml/change.ts';
import { knownItems, lookUp } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import type { Container, KubernetesObject, Pod } from '../../model/kubernetes/objects.ts';
import { podSubject, type Subject } from '../../model/workload.ts';
import type { Related, Viewed } from '../api.ts';
import { containerWord } from '../base-views.ts';
import type { HostMount, MountRemoval, SharedMount } from './host-mount.ts';

/** A path of the node in a `hostPath` volume, or in the `hostPath` or `local` of a PersistentVolume. */
export interface NodePath extends Viewed {
  /** Where the path is written. */
  readonly at: Value;
  /** With UNKNOWN_CHARACTER where a template decides, which the views `nodePath` and `nodePathMount` leave out. */
  readonly path: string;
  /** The volume of the pod; undefined in a PersistentVolume. */
  readonly volume: Value | undefined;
  /** The pod that has the volume. */
  readonly pod: Pod | undefined;
  readonly mounts: readonly ContainerMount[];
}

interface ContainerMount {
  readonly container: Container;
  /** An item of `volumeMounts`. */
  readonly mount: Value;
}

/** A container's mount of a `hostPath` volume. */
export interface NodePathMount extends Viewed, ContainerMount {
  /** The path of the node, with the `subPath` of the mount. */
  readonly path: string;
  /** The `type` that the volume declares. */
  readonly type: string | undefined;
}

export function nodePaths(object: KubernetesObject): NodePath[] {
  return [...object.pods.flatMap(podPaths), ...persistentVolumePath(object)].filter(({ path }) => isKnown(path));
}

function podPaths(pod: Pod): NodePath[] {
  return (pod.spec.get('volumes')?.items() ?? []).flatMap((volume) => {
    const at = volume.at('hostPath', 'path');
    if (at?.rawText === undefined) return [];
    const mounts = mountsOf(pod, volume.get('name')?.text);
    return { subject: podSubject(pod), at, path: at.rawText, volume, pod, mounts };
  });
}

function mountsOf(pod: Pod, volume: string | undefined): ContainerMount[] {
  return (volume !== undefined && mountsByVolume(pod).get(volume)) || [];
}

const mountsByVolume = remembered((pod: Pod): ReadonlyMap<string | undefined, ContainerMount[]> => {
  const mounts = new Map<string | undefined, ContainerMount[]>();
  for (const container of pod.containers)
    for (const mount of container.volumeMounts) {
      const name = mount.get('name')?.text;
      const same = mounts.get(name);
      if (same) same.push({ container, mount });
      else mounts.set(name, [{ container, mount }]);
    }
  return mounts;
});

/** Whether every mount of a pod is written where it is: no template prints further ones, and it is no patch of another pod. */
const knowsMounts = remembered((pod: Pod): boolean => {
  const { spec, containers } = pod;
  const lists = ['initContainers', 'containers', 'ephemeralContainers'].map((name) => lookUp(spec, name));
  return (
    !isPatch(pod) &&
    lists.every((list) => knownItems(list)) &&
    containers.every(({ value }) => {
      const mounts = knownItems(lookUp(value, 'volumeMounts'));
      const devices = knownItems(lookUp(value, 'volumeDevices'));
      return mounts && devices && [...mounts, ...devices].every((mount) => mount.get('name')?.text !== undefined);
    })
  );
});

/** Whether a pod spec is merged into another one: it gives no container an image, or mounts for containers elsewhere. */
function isPatch({ object, spec, containers }: Pod): boolean {
  return object.isPartial || !containers.some(({ image }) => image) || spec.field('volumeMounts') !== undefined;
}

/** A PersistentVolume on a path of its node reaches pods through a claim, past Pod Security Admission. */
function persistentVolumePath(object: KubernetesObject): NodePath[] {
  if (object.kind !== 'PersistentVolume' || object.group !== '') return [];
  const spec = object.root.get('spec');
  const at = spec?.at('hostPath', 'path') ?? spec?.at('local', 'path');
  if (at?.rawText === undefined || !spec) return [];
  const subject = { kind: object.kind, name: object.name ?? '', namespace: undefined, images: [], range: spec.range };
  return [{ subject, at, path: at.rawText, volume: undefined, pod: undefined, mounts: [] }];
}

export function nodePathMounts(object: KubernetesObject): NodePathMount[] {
  const known = object.pods.flatMap(podPaths).filter(({ path }) => isKnown(path));
  return known.flatMap(({ subject, at, path, mounts }) =>
    mounts.map(({ container, mount }) => ({
      subject,
      container,
      mount,
      path: withSubPath(path, mount),
      type: at.parent?.get('type')?.text,
    })),
  );
}

function withSubPath(path: string, mount: Value): string {
  const subPath = mount.get('subPath')?.text;
  return subPath ? `${path}/${subPath}` : path;
}

export function objectHostMounts(object: KubernetesObject, ai: AiContext): HostMount[] {
  const ofPods = object.pods.flatMap((pod) =>
    podPaths(pod).map((path) => ({ ...toHostMount(path), workload: () => podWorkload(pod, ai) })),
  );
  return [...ofPods, ...persistentVolumePath(object).map(toHostMount)];
}

function toHostMount(nodePath: NodePath): HostMount {
  const { subject, at, path, mounts } = nodePath;
  const exposed = mounts.map(({ mount }) => ({
    path: withSubPath(path, mount),
    isReadOnly: mount.get('readOnly')?.boolean === true,
  }));
  return {
    subject,
    platform: 'kubernetes',
    at,
    exposed: exposed.length > 0 ? exposed : [{ path, isReadOnly: false }],
    spelling: readable(path),
    fromDefault: false,
    related: mountedBy(nodePath),
    images: mounts.flatMap(({ container }) => container.image?.text ?? []),
    removal: volumeRemoval(nodePath),
    toSocketProxy: undefined,
    workload: undefined,
  };
}

/** Where containers mount a volume. */
export function mountedBy({ mounts }: NodePath): Related[] {
  return mounts.map(({ mount, container }) => ({
    message: `Mounted by ${containerWord(container)}`,
    at: mount.get('mountPath') ?? mount,
  }));
}

/**
 * Takes a volume away with its mounts. Undefined for a PersistentVolume, and where a mount may be left: the API refuses a
 * pod that mounts a volume it does not have.
 */
export function volumeRemoval({ pod, volume, mounts }: NodePath): MountRemoval | undefined {
  if (!volume || !pod || !knowsMounts(pod)) return undefined;
  const name = volume.get('name')?.text ?? '';
  const count = mounts.length === 1 ? 'mount' : `${mounts.length} mounts`;
  return {
    what: mounts.length > 0 ? `volume ${name} and its ${count}` : `volume ${name}`,
    changes: [remove(volume), ...mounts.map(({ mount }) => remove(mount))],
  };
}

export function podSharedMounts(object: KubernetesObject): SharedMount[] {
  return object.pods.flatMap((pod) =>
    pod.containers.flatMap(({ volumeMounts }) =>
      volumeMounts.flatMap((mount) => sharedMount(podSubject(pod), pod.spec, mount)),
    ),
  );
}

function sharedMount(subject: Subject, spec: Value, mount: Value): SharedMount[] {
  const at = mount.get('mountPropagation');
  if (at?.text !== 'Bidirectional') return [];
  const name = mount.get('name')?.text;
  const volumes = spec.get('volumes')?.items() ?? [];
  const volume = volumes.find((candidate) => name !== undefined && candidate.get('name')?.text === name);
  const mode = 'HostToContainer';
  return [
    {
      subject,
      platform: 'kubernetes',
      at,
      spelling: 'mountPropagation: Bidirectional',
      source: volume?.at('hostPath', 'path')?.text,
      oneWay: { setting: 'mountPropagation', mode, changes: [replace(at, mode)] },
    },
  ];
}

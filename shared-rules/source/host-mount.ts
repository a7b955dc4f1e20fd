import type { Fix, Related, Subject } from '../engine/rule.ts';
import type { AiContext } from './ai/overrides.ts';
import { podWorkload } from './ai/pod-traits.ts';
import { serviceWorkload } from './ai/service-traits.ts';
import type { Workload } from './ai/traits.ts';
import { type ComposeFile, composeText, type Service } from './compose.ts';
import { typeAt } from './host-path-types.ts';
import { isKnown, look } from './known.ts';
import type { Container, KubernetesObject, Pod } from './kubernetes.ts';
import { normalizeHostPath } from './runtime-sockets.ts';
import { review } from './setting.ts';
import { socketProxyFix } from './socket-proxy.ts';
import { podSubject, serviceSubject } from './subject.ts';
import type { Place, Value } from './value.ts';
import { put, remove } from './yaml-edit.ts';

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
  readonly workload: (() => Workload) | undefined;
}

export function podHostMounts(object: KubernetesObject, ai: AiContext): HostMount[] {
  return [...object.pods.flatMap((pod) => podVolumes(pod, ai)), ...persistentVolume(object)];
}

function podVolumes(pod: Pod, ai: AiContext): HostMount[] {
  return (pod.spec.get('volumes')?.items() ?? []).flatMap((volume) => {
    const path = volume.at('hostPath', 'path');
    if (path?.text === undefined) return [];
    const name = volume.get('name')?.text;
    const mounts = pod.containers.flatMap((container) => mountsOf(container, name));
    const exposed = mounts.map(({ mount }) => ({
      path: joinSubPath(path.text as string, mount.get('subPath')?.text),
      isReadOnly: mount.get('readOnly')?.boolean === true,
    }));
    const title =
      mounts.length > 0
        ? `Remove volume ${name ?? ''} and its ${count(mounts.length, 'mount')}`
        : `Remove volume ${name ?? ''}`;
    return {
      subject: podSubject(pod),
      origin: 'hostPath volume',
      at: path,
      writable: mounts.flatMap(({ mount, container }) => writableMount(path.text as string, mount, container)),
      type: volume.at('hostPath', 'type'),
      emptyDirFix: emptyDirFix(volume, path.text),
      exposed: mounts.length > 0 ? exposed : [{ path: path.text, isReadOnly: false }],
      spelling: path.text,
      fromDefault: false,
      related: mounts.map(({ mount, container }) => ({
        message: `Mounted by container ${container.name ?? ''}`.trimEnd(),
        at: mount.get('mountPath') ?? mount,
      })),
      images: mounts.flatMap(({ container }) => container.image?.text ?? []),
      fixes: [{ title, safety: 'review', changes: [remove(volume), ...mounts.map(({ mount }) => remove(mount))] }],
      proxyFix: undefined,
      workload: () => podWorkload(pod, ai),
    };
  });
}

/** Undefined where a template decides, and where a patch may leave it to what it patches. */
function writableMount(path: string, mount: Value, container: Container): WritableMount[] {
  const readOnly = look(mount, 'readOnly');
  const isWritable = isKnown(readOnly) ? readOnly.boolean === false : readOnly === 'absent' && container.image;
  if (!isWritable) return [];
  const name = `container ${container.name ?? ''}`.trimEnd();
  const at = isKnown(readOnly) ? readOnly : (mount.get('mountPath') ?? mount.get('name') ?? mount);
  const fixes = [review('Set readOnly to true', put(mount, ['readOnly'], true))];
  return [{ path: joinSubPath(path, mount.get('subPath')?.text), name, at, fixes }];
}

/** Trees that the host fills, where an empty folder is no substitute. */
const FILLED = /^\/(?:etc|dev|usr|lib|proc|sys)(?:\/|$)/;

function emptyDirFix(volume: Value, path: string): Fix | undefined {
  const field = volume.field('hostPath');
  const type = field?.value.get('type')?.rawText;
  const isFolder = type ? /^Directory/.test(type) : !typeAt(path);
  return field && isFolder && !FILLED.test(normalizeHostPath(path))
    ? review('Use an emptyDir in its place', remove(field), put(volume, ['emptyDir'], {}))
    : undefined;
}

function mountsOf(container: Container, volume: string | undefined): { container: Container; mount: Value }[] {
  if (volume === undefined) return [];
  return container.volumeMounts
    .filter((mount) => mount.get('name')?.text === volume)
    .map((mount) => ({ container, mount }));
}

function joinSubPath(path: string, subPath: string | undefined): string {
  return subPath ? `${path}/${subPath}` : path;
}

function count(number: number, noun: string): string {
  return number === 1 ? noun : `${number} ${noun}s`;
}

/** A PersistentVolume on a path of its node reaches pods through a claim, past Pod Security Admission. */
function persistentVolume(object: KubernetesObject): HostMount[] {
  if (object.kind !== 'PersistentVolume' || object.group !== '') return [];
  const spec = object.root.get('spec');
  const path = spec?.at('hostPath', 'path') ?? spec?.at('local', 'path');
  if (path?.text === undefined || !spec) return [];
  const subject = { kind: object.kind, name: object.name ?? '', namespace: undefined, images: [], range: spec.range };
  return [
    {
      subject,
      origin: 'PersistentVolume',
      at: path,
      exposed: [{ path: path.text, isReadOnly: false }],
      writable: [],
      type: spec.at('hostPath', 'type'),
      emptyDirFix: undefined,
      spelling: path.text,
      fromDefault: false,
      related: [],
      images: [],
      fixes: [],
      proxyFix: undefined,
      workload: undefined,
    },
  ];
}

/** What a mount outside of Kubernetes does not have. */
export const NO_VOLUME = { origin: 'mount', writable: [], type: undefined, emptyDirFix: undefined } as const;

export function serviceHostMounts(file: ComposeFile, ai: AiContext): HostMount[] {
  return file.services.flatMap((service) => [...serviceVolumes(service, ai), ...apiSocket(service, ai)]);
}

function serviceVolumes(service: Service, ai: AiContext): HostMount[] {
  return (service.value.get('volumes')?.items() ?? []).flatMap((volume) => {
    const mount = volume.isMapping ? longVolume(volume) : shortVolume(service, volume);
    if (!mount) return [];
    return {
      ...NO_VOLUME,
      subject: serviceSubject(service),
      exposed: [{ path: mount.spelling, isReadOnly: mount.isReadOnly }],
      images: [composeText(service.value.get('image'))?.text ?? []].flat(),
      fixes: [{ title: `Remove the mount of ${mount.spelling}`, safety: 'review', changes: [remove(volume)] }],
      proxyFix: socketProxyFix(service, remove(volume), mount.spelling),
      workload: () => serviceWorkload(service, ai),
      ...mount,
    };
  });
}

type Mount = Pick<HostMount, 'at' | 'spelling' | 'fromDefault' | 'related'> & { readonly isReadOnly: boolean };

/** `type: bind` (or `npipe`) with a `source`. */
function longVolume(volume: Value): Mount | undefined {
  const type = volume.get('type')?.text;
  const source = volume.get('source');
  const text = type === 'volume' || type === 'image' ? undefined : composeText(source);
  if (!source || !text) return undefined;
  const isReadOnly = volume.get('read_only')?.boolean === true;
  return { at: source, spelling: text.text, fromDefault: text.fromDefault, related: [], isReadOnly };
}

/** `SOURCE:TARGET[:OPTIONS]`; a source without a slash names a volume, which may be bound to a path by its driver. */
function shortVolume(service: Service, volume: Value): Mount | undefined {
  const text = composeText(volume);
  const source = text && shortSource(text.text);
  if (!source) return undefined;
  const isReadOnly = /:(?:[^:]*,)?ro(?:,[^:]*)?$/.test(text.text);
  if (!/^[.~/\\]|^[a-zA-Z]:/.test(source)) return boundVolume(service, source, volume, isReadOnly);
  const range = volume.rangeOf(source);
  return { at: { range, path: volume.path }, spelling: source, fromDefault: text.fromDefault, related: [], isReadOnly };
}

/** The part before the first colon that is not a drive's, as in `C:\data:/data`. */
function shortSource(text: string): string | undefined {
  const match = /^((?:[a-zA-Z]:(?=[\\/]))?[^:]*):/.exec(text);
  return match?.[1];
}

/** A named volume of the local driver with `o: bind` is a host path in disguise. */
function boundVolume(service: Service, name: string, volume: Value, isReadOnly: boolean): Mount | undefined {
  const device = service.file.root.at('volumes', name, 'driver_opts', 'device');
  const text = composeText(device);
  if (!device || !text) return undefined;
  return {
    at: device,
    spelling: text.text,
    fromDefault: text.fromDefault,
    related: [{ message: 'Mounted here', at: volume }],
    isReadOnly,
  };
}

/** `use_api_socket: true` mounts the engine's socket and the user's registry credentials. */
function apiSocket(service: Service, ai: AiContext): HostMount[] {
  const field = service.value.field('use_api_socket');
  if (field?.value.boolean !== true) return [];
  return [
    {
      ...NO_VOLUME,
      subject: serviceSubject(service),
      at: field.value,
      exposed: [{ path: '/var/run/docker.sock', isReadOnly: false }],
      spelling: 'use_api_socket: true',
      fromDefault: false,
      related: [],
      images: [composeText(service.value.get('image'))?.text ?? []].flat(),
      fixes: [{ title: 'Remove use_api_socket', safety: 'review', changes: [remove(field)] }],
      proxyFix: socketProxyFix(service, remove(field), '/var/run/docker.sock'),
      workload: () => serviceWorkload(service, ai),
    },
  ];
}

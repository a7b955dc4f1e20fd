import { put, remove } from '../../language/yaml/change.ts';
import { isWritten, lookUp } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import type { Container, KubernetesObject, Pod } from '../../model/kubernetes/objects.ts';
import { podSubject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';
import { review } from '../fixes.ts';
import type { HostMount, WritableMount } from './host-mount.ts';
import { typeAt } from './host-path-types.ts';
import { normalizeHostPath } from './normalize.ts';

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
  const readOnly = lookUp(mount, 'readOnly');
  const isWritable = isWritten(readOnly) ? readOnly.boolean === false : readOnly === 'absent' && container.image;
  if (!isWritable) return [];
  const name = `container ${container.name ?? ''}`.trimEnd();
  const at = isWritten(readOnly) ? readOnly : (mount.get('mountPath') ?? mount.get('name') ?? mount);
  const fixes = [review('Set readOnly to true', put(mount, ['readOnly'], true))];
  return [{ path: joinSubPath(path, mount.get('subPath')?.text), name, at, fixes }];
}

/** Trees that the host fills, where an empty folder is no substitute. */
const FILLED = /^\/(?:etc|dev|usr|lib|proc|sys)(?:\/|$)/;

export function emptyDirFix(volume: Value, path: string): Fix | undefined {
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

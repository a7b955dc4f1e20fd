import { put, remove } from '../../language/yaml/change.ts';
import type { Value } from '../../language/yaml/value.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule, type Fix } from '../api.ts';
import { review } from '../fixes.ts';
import { removeMount } from './fixes.ts';
import { typeAt } from './host-path-types.ts';
import { mountedBy, type NodePath, volumeRemoval } from './kubernetes.ts';
import { normalizeHostPath } from './normalize.ts';
import { nodePath } from './views.ts';

export const hostPath = defineRule({
  id: 'host-path',
  on: nodePath,
  *detect(item) {
    const { subject, at, path, volume } = item;
    yield {
      at,
      check: volumeCheck(item),
      message: volume
        ? `${workloadName(subject)} mounts ${path} of its node (hostPath). These files differ from node to node, outlive the pod and belong to whatever else uses them; the baseline of the Pod Security Standards allows no hostPath volume. Use an emptyDir, a ConfigMap or a claim.`
        : `${workloadName(subject)} is a path of its node (${path}). Pods that claim it reach the node's files, and Pod Security admission does not see it. Keep it to paths that nothing else on the node uses.`,
      related: mountedBy(item),
      fixes: isOnlyRead(item) ? [] : [...useEmptyDir(volume, path), ...removeMount(volumeRemoval(item))],
    };
  },
});

/** Datadog and KICS leave out pods of kube-system, and know of PersistentVolumes what others do not look at. */
function volumeCheck({ subject, at, volume }: NodePath): string {
  if (volume) return subject.namespace === 'kube-system' ? 'kube-system-volume' : 'volume';
  return at.parent?.key === 'local' ? 'local-persistent-volume' : 'persistent-volume';
}

/** A program that only reads the files of its node has nothing left without them, and an empty volume has none. */
function isOnlyRead({ mounts }: NodePath): boolean {
  return mounts.length > 0 && mounts.every(({ mount }) => mount.get('readOnly')?.boolean === true);
}

/** Trees that the host fills, where an empty folder is no substitute. */
const FILLED = /^\/(?:etc|dev|usr|lib|proc|sys)(?:\/|$)/;

function useEmptyDir(volume: Value | undefined, path: string): Fix[] {
  const field = volume?.field('hostPath');
  const type = field?.value.get('type')?.rawText;
  const isFolder = type ? /^Directory/.test(type) : !typeAt(path);
  return volume && field && isFolder && !FILLED.test(normalizeHostPath(path))
    ? [review('Use an emptyDir in its place', remove(field), put(volume, ['emptyDir'], {}))]
    : [];
}

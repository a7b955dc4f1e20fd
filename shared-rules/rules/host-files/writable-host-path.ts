import type { Place } from '../../language/place.ts';
import { put } from '../../language/yaml/change.ts';
import { isWritten, lookUp } from '../../language/yaml/presence.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { containerWord } from '../base-views.ts';
import { review } from '../fixes.ts';
import { typeAt } from './host-path-types.ts';
import { sensitivePathAt } from './host-paths.ts';
import type { NodePathMount } from './kubernetes.ts';
import { normalizeHostPath } from './normalize.ts';
import { socketAt } from './runtime-sockets.ts';
import { nodePathMount } from './views.ts';

export const writableHostPath = defineRule({
  id: 'writable-host-path',
  on: nodePathMount,
  *detect(item) {
    const { subject, container, mount, path } = item;
    const at = writableAt(item);
    if (!at || isSpecial(item) || isReported(path)) return;
    const name = containerWord(container);
    yield {
      at,
      ...(SYSTEM_FOLDER.test(mount.get('mountPath')?.text ?? '') && { check: 'system-folder' }),
      message: `${workloadName(subject)} may write to ${path} of its node in ${name}. What it leaves there stays when the pod is gone, and is read by whatever else uses the path. Mount it read-only, or use a volume of its own.`,
      fixes: [review('Set readOnly to true', put(mount, ['readOnly'], true))],
    };
  },
});

/** Where a mount in the container is one that Datadog and KICS look at, whatever the volume is. */
const SYSTEM_FOLDER =
  /^\/(?:(?:bin|boot|cdrom|dev|etc|home|lib|media|proc|root|run|sbin|seLinux|srv|usr|var)(?:\/|$)|$)/;

/** Undefined where it is read-only, where a template decides, and where a patch may leave it to what it patches. */
function writableAt({ container, mount }: NodePathMount): Place | undefined {
  const readOnly = lookUp(mount, 'readOnly');
  if (isWritten(readOnly)) return readOnly.boolean === false ? readOnly : undefined;
  const isWritable = readOnly === 'absent' && container.image;
  return isWritable ? (mount.get('mountPath') ?? mount.get('name') ?? mount) : undefined;
}

/** Below `/dev` stand devices, which are there to be written to; `/dev/shm` is a folder. */
const DEVICE = /^\/dev\/(?!shm(?:\/|$))/;

/** Whether it is a socket or a device. */
function isSpecial({ path, type }: NodePathMount): boolean {
  const isDeclared = /^(?:Socket|CharDevice|BlockDevice)$/.test(type ?? '');
  return isDeclared || typeAt(path) !== undefined || DEVICE.test(normalizeHostPath(path));
}

/** Whether other rules report the path, writable or not. */
function isReported(path: string): boolean {
  return sensitivePathAt(path, false) !== undefined || socketAt(path) !== undefined;
}

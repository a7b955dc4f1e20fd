import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { typeAt } from './host-path-types.ts';
import { sensitivePathAt } from './host-paths.ts';
import { normalizeHostPath } from './normalize.ts';
import { socketAt } from './runtime-sockets.ts';
import { hostMount } from './views.ts';

/** Below `/dev` stand devices, which are there to be written to; `/dev/shm` is a folder. */
const DEVICE = /^\/dev\/(?!shm(?:\/|$))/;

export const writableHostPath = defineRule({
  id: 'writable-host-path',
  on: hostMount,
  *detect({ subject, type, writable }) {
    const isSpecial = /^(?:Socket|CharDevice|BlockDevice)$/.test(type?.text ?? '');
    for (const { path, name, at, fixes } of writable) {
      const isReported = sensitivePathAt(path, false) !== undefined || socketAt(path) !== undefined;
      if (isSpecial || isReported || typeAt(path) || DEVICE.test(normalizeHostPath(path))) continue;
      yield {
        at,
        message: `${workloadName(subject)} may write to ${path} of its node in ${name}. What it leaves there stays when the pod is gone, and is read by whatever else uses the path. Mount it read-only, or use a volume of its own.`,
        fixes,
      };
    }
  },
});

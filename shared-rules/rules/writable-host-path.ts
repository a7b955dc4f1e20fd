import { defineRule } from '../engine/rule.ts';
import { typeAt } from '../source/host-path-types.ts';
import { sensitivePathAt } from '../source/host-paths.ts';
import { normalizeHostPath, socketAt } from '../source/runtime-sockets.ts';
import { workloadName } from '../source/subject.ts';

/** Below `/dev` stand devices, which are there to be written to; `/dev/shm` is a folder. */
const DEVICE = /^\/dev\/(?!shm(?:\/|$))/;

export const writableHostPath = defineRule({
  id: 'writable-host-path',
  detect: {
    *hostMount({ subject, type, writable }) {
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
  },
});

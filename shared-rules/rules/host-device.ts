import { defineRule } from '../engine/rule.ts';
import { deviceExposure } from '../source/host-devices.ts';
import { unlessSet, workloadName } from '../source/subject.ts';

export const hostDevice = defineRule({
  id: 'host-device',
  detect: {
    *hostDevice({ subject, at, device, permissions, fromDefault, fixes }) {
      const exposure = deviceExposure(device, permissions);
      if (!exposure) return;
      yield {
        at,
        severity: exposure.severity,
        message: `${workloadName(subject)} may use ${exposure.gives} (${device})${unlessSet(fromDefault)}. ${exposure.power}. Remove it, or give it the one device that is needed.`,
        fixes,
      };
    },
  },
});

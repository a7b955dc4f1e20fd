import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { reviewIfPossible } from '../fixes.ts';
import { deviceExposure } from './host-devices.ts';
import { hostDeviceUse } from './views.ts';

export const hostDevice = defineRule({
  id: 'host-device',
  on: hostDeviceUse,
  *detect({ subject, at, device, permissions, fromDefault, removal }) {
    const exposure = deviceExposure(device, permissions);
    if (!exposure) return;
    yield {
      at,
      severity: exposure.severity,
      message: `${workloadName(subject)} may use ${exposure.gives} (${device})${unlessSet(fromDefault)}. ${exposure.power}. Remove it, or give it the one device that is needed.`,
      fixes: reviewIfPossible(`Remove device ${device}`, removal),
    };
  },
});

import { defineRule } from '../engine/rule.ts';
import { capitalized } from '../source/subject.ts';

export const netRaw = defineRule({
  id: 'net-raw',
  detect: {
    *hardening({ right, name, at, fixes }) {
      if (right !== 'raw sockets') return;
      yield {
        at,
        message: `${capitalized(name)} keeps the capability NET_RAW, which containerd gives to every container. With it a process forges packets, and so the addresses of other pods. Drop it, or all capabilities.`,
        fixes,
      };
    },
  },
});

import { capitalized } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hardening } from './views.ts';

export const netRaw = defineRule({
  id: 'net-raw',
  on: hardening,
  *detect({ right, name, at, fixes }) {
    if (right !== 'raw sockets') return;
    yield {
      at,
      message: `${capitalized(name)} keeps the capability NET_RAW, which containerd gives to every container. With it a process forges packets, and so the addresses of other pods. Drop it, or all capabilities.`,
      fixes,
    };
  },
});

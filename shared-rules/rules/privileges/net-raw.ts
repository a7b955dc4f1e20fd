import { put } from '../../language/yaml/change.ts';
import { isForWindows } from '../../model/kubernetes/host-process.ts';
import { isComplete, nearestKey } from '../../model/kubernetes/pod-completeness.ts';
import { capitalized } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { container } from '../base-views.ts';
import { review } from '../fixes.ts';
import { knownCapabilities } from './capabilities.ts';
import { staysOrdinary } from './container-user.ts';
import { mayBePrivileged } from './security-contexts.ts';

const DROPPED = ['securityContext', 'capabilities', 'drop'] as const;

export const netRaw = defineRule({
  id: 'net-raw',
  on: container,
  *detect({ pod, container, name }) {
    if (isForWindows(pod) || !isComplete(pod)) return;
    if (mayBePrivileged(container) || staysOrdinary(pod, container)) return;
    const added = knownCapabilities(container, 'add');
    const dropped = knownCapabilities(container, 'drop');
    if (!added || !dropped) return;
    // What is added is another rule's concern.
    if (['ALL', 'NET_RAW'].some((capability) => added.includes(capability) || dropped.includes(capability))) return;
    yield {
      at: nearestKey(container, ...DROPPED),
      message: `${capitalized(name)} keeps the capability NET_RAW, which containerd gives to every container. With it a process forges packets, and so the addresses of other pods. Drop it, or all capabilities.`,
      fixes: [review('Drop NET_RAW', put(container.value, DROPPED, ['NET_RAW']))],
    };
  },
});

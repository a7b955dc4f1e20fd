import { put, replace } from '../../language/yaml/change.ts';
import { isForWindows } from '../../model/kubernetes/host-process.ts';
import { isCompleteContainer, nearestKey } from '../../model/kubernetes/pod-completeness.ts';
import { capitalized } from '../../model/wording.ts';
import { defineRule, type Problem } from '../api.ts';
import { container } from '../base-views.ts';
import { review } from '../fixes.ts';
import { type CapabilityItem, knownCapabilities } from './capabilities.ts';
import { staysOrdinary } from './container-user.ts';
import { mayBePrivileged } from './security-contexts.ts';

const DROPPED = ['securityContext', 'capabilities', 'drop'] as const;

export const netRaw = defineRule({
  id: 'net-raw',
  on: container,
  *detect({ pod, container, name }) {
    if (isForWindows(pod) || mayBePrivileged(container) || staysOrdinary(pod, container)) return;
    const added = knownCapabilities(container, 'add');
    const dropped = knownCapabilities(container, 'drop');
    // What is added is another rule's concern.
    if (added?.some(isNetRaw) || !dropped || dropped.some((one) => isNetRaw(one) && !one.isMisnamed)) return;
    const [misnamed] = dropped.filter(isNetRaw);
    if (misnamed) yield toProblem(name, misnamed);
    else if (added && isCompleteContainer(pod, container))
      yield {
        at: nearestKey(container, ...DROPPED),
        message: `${capitalized(name)} keeps the capability NET_RAW, which containerd gives to every container. ${POWER} Drop it, or all capabilities.`,
        fixes: [review('Drop NET_RAW', put(container.value, DROPPED, ['NET_RAW']))],
      };
  },
});

const POWER = 'With it a process can forge packets, and so the addresses of other pods.';

function isNetRaw({ capability }: CapabilityItem): boolean {
  return capability === 'ALL' || capability === 'NET_RAW';
}

/** containerd puts `CAP_` before whatever is listed (WithCapabilities of its CRI plugin); CRI-O leaves it where it is. */
function toProblem(name: string, { capability, item }: CapabilityItem): Problem {
  return {
    at: item,
    message: `${capitalized(name)} drops ${item.text}, and containerd knows no capability of that name: Kubernetes names them without CAP_. So the container keeps NET_RAW. ${POWER} Write ${capability}.`,
    fixes: [review(`Write ${capability}`, replace(item, capability))],
  };
}

import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import type { SysctlUse } from './sysctls.ts';
import { sysctlUse } from './views.ts';

export const unsafeSysctl = defineRule({
  id: 'unsafe-sysctl',
  on: sysctlUse,
  *detect(use) {
    if (use.isSafe && !use.reachesHost) return;
    yield {
      at: use.at,
      message: `${workloadName(use.subject)} sets the sysctl ${use.name}${rest(use)}`,
      fixes: use.fixes,
    };
  },
});

function rest({ platform, namespace, reachesHost }: SysctlUse): string {
  const isPod = platform === 'kubernetes';
  if (namespace === undefined)
    return `, which the whole host shares. It is refused: ${isPod ? 'no kubelet starts such a pod' : 'the engine does not start the container'}. Remove it, and set it on the host.`;
  if (reachesHost)
    return ` ${namespace === 'network' ? 'on' : 'in'} the host's ${namespace}. It is refused: ${isPod ? 'Kubernetes takes no such pod' : 'the engine does not start the container'}. Remove it, or leave the host's ${namespace}.`;
  return ', which is not on the list of safe ones. A kubelet starts the pod only if its own list of allowed unsafe sysctls names it, and it may take memory or bandwidth from others on the node. Remove it, or keep such pods to nodes that are set up for them.';
}

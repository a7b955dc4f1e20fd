import { lookUp } from '../../language/yaml/presence.ts';
import type { Pod } from './objects.ts';
import { isComplete } from './pod-completeness.ts';

/** Boolean fields of a pod spec, by their defaults, that set it apart from its node or its containers from each other. */
const DEFAULTS = {
  hostNetwork: false,
  hostPID: false,
  hostIPC: false,
  shareProcessNamespace: false,
  hostUsers: true,
};

/** Whether a boolean field of a pod spec is on, as written or by default; undefined where that is not known. */
export function isOn(pod: Pod, name: keyof typeof DEFAULTS): boolean | undefined {
  const known = lookUp(pod.spec, name);
  if (known === 'absent') return isComplete(pod) ? DEFAULTS[name] : undefined;
  return known === 'unknown' ? undefined : known.boolean;
}

/** Whether a pod is on its node's network; undefined where that is not known. */
export function isOnHostNetwork(pod: Pod): boolean | undefined {
  return isOn(pod, 'hostNetwork');
}

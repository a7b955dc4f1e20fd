import { isWritten, lookUp, type Presence } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { Container, Pod } from '../../model/kubernetes/objects.ts';

/** What a security context says about the user. */
export interface User {
  readonly nonRoot: Presence;
  readonly id: Presence;
}

/** @param owner a pod spec or a container */
export function ownUser(owner: Value): User {
  return {
    nonRoot: lookUp(owner, 'securityContext', 'runAsNonRoot'),
    id: lookUp(owner, 'securityContext', 'runAsUser'),
  };
}

/** What holds for a container: its own word comes before its pod's. */
export function effectiveUser(pod: Pod, { value }: Container): User {
  const own = ownUser(value);
  const ofPod = ownUser(pod.spec);
  return {
    nonRoot: own.nonRoot === 'absent' ? ofPod.nonRoot : own.nonRoot,
    id: own.id === 'absent' ? ofPod.id : own.id,
  };
}

/** Whether a container is no root and cannot become it: then the kernel leaves it no capability. */
export function staysOrdinary(pod: Pod, container: Container): boolean {
  const { id, nonRoot } = effectiveUser(pod, container);
  const isOrdinary = isWritten(id) ? id.integer !== 0 : isWritten(nonRoot) && nonRoot.boolean === true;
  const escalation = lookUp(container.value, 'securityContext', 'allowPrivilegeEscalation');
  return isOrdinary && isWritten(escalation) && escalation.boolean === false;
}

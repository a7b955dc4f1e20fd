import { put, remove, replace } from '../../language/yaml/change.ts';
import { isWritten, lookUp, type Presence } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { Container, Pod } from '../../model/kubernetes/objects.ts';
import { isComplete, nearestKey } from '../../model/kubernetes/pod-completeness.ts';
import { review } from '../fixes.ts';
import type { Gap } from './hardening.ts';

const TITLE = 'Set runAsNonRoot to true';

/** What a security context says about the user. */
interface User {
  readonly nonRoot: Presence;
  readonly id: Presence;
}

function userIn(owner: Value): User {
  return {
    nonRoot: lookUp(owner, 'securityContext', 'runAsNonRoot'),
    id: lookUp(owner, 'securityContext', 'runAsUser'),
  };
}

/** A container's own word comes before its pod's. */
function over(own: User, pod: User): User {
  return {
    nonRoot: own.nonRoot === 'absent' ? pod.nonRoot : own.nonRoot,
    id: own.id === 'absent' ? pod.id : own.id,
  };
}

/** In a user namespace of its own, a pod's root is nobody on the node. */
function hasOwnUsers({ spec }: Pod): boolean {
  const hostUsers = lookUp(spec, 'hostUsers');
  return hostUsers === 'unknown' || (isWritten(hostUsers) && hostUsers.boolean === false);
}

/** What a pod says itself, where some container goes by it. */
export function podRunsAsRoot(pod: Pod): Gap[] {
  if (hasOwnUsers(pod)) return [];
  const user = userIn(pod.spec);
  const own = pod.containers.map(({ value }) => userIn(value));
  const isSilent = ({ id, nonRoot }: (typeof own)[number]) => id === 'absent' && nonRoot === 'absent';
  if (own.some(isSilent)) {
    const asked = asksForRoot(pod.spec, user);
    if (asked.length > 0) return asked;
  }
  const isLeftOpen = own.some(isSilent) && isComplete(pod);
  return isLeftOpen && user.id === 'absent' ? allowsRoot(user.nonRoot) : [];
}

export function containerRunsAsRoot(pod: Pod, container: Container): Gap[] {
  if (hasOwnUsers(pod)) return [];
  const { value } = container;
  const own = userIn(value);
  const user = over(own, userIn(pod.spec));
  if (isWritten(own.id)) return asksForRoot(value, user);
  if (user.id !== 'absent' || !isComplete(pod)) return [];
  if (user.nonRoot !== 'absent') return allowsRoot(own.nonRoot);
  return [
    {
      at: nearestKey(container, 'securityContext'),
      spelling: undefined,
      fixes: [review(TITLE, put(value, ['securityContext', 'runAsNonRoot'], true))],
    },
  ];
}

/** Whether it is no root and cannot become it: then the kernel leaves it no capability. */
export function staysOrdinary(pod: Pod, { value }: Container): boolean {
  const { id, nonRoot } = over(userIn(value), userIn(pod.spec));
  const isOrdinary = isWritten(id) ? id.integer !== 0 : isWritten(nonRoot) && nonRoot.boolean === true;
  const escalation = lookUp(value, 'securityContext', 'allowPrivilegeEscalation');
  return isOrdinary && isWritten(escalation) && escalation.boolean === false;
}

/** `runAsUser: 0`. Beside `runAsNonRoot: true` it does not run as root: the kubelet does not start it. */
function asksForRoot(owner: Value, { id, nonRoot }: User): Gap[] {
  const field = owner.get('securityContext')?.field('runAsUser');
  const isAllowed = nonRoot === 'absent' || (isWritten(nonRoot) && nonRoot.boolean === false);
  if (!field || !isWritten(id) || id.integer !== 0 || !isAllowed) return [];
  const title = 'Remove runAsUser and set runAsNonRoot to true';
  const fix = review(title, remove(field), put(owner, ['securityContext', 'runAsNonRoot'], true));
  return [{ at: field.value, spelling: 'runAsUser: 0', fixes: [fix] }];
}

/** `runAsNonRoot: false` */
function allowsRoot(nonRoot: Presence): Gap[] {
  if (!isWritten(nonRoot) || nonRoot.boolean !== false) return [];
  return [{ at: nonRoot, spelling: 'runAsNonRoot: false', fixes: [review(TITLE, replace(nonRoot, 'true'))] }];
}

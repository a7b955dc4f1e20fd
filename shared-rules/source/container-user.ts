import type { Gap } from './hardening.ts';
import { isKnown, type Known, look } from './known.ts';
import type { Container, Pod } from './kubernetes.ts';
import { review } from './setting.ts';
import type { Value } from './value.ts';
import { isWhole, nearestKey } from './whole-pod.ts';
import { put, remove, replace } from './yaml-edit.ts';

const TITLE = 'Set runAsNonRoot to true';

/** What a security context says about the user. */
interface User {
  readonly nonRoot: Known;
  readonly id: Known;
}

function userIn(owner: Value): User {
  return {
    nonRoot: look(owner, 'securityContext', 'runAsNonRoot'),
    id: look(owner, 'securityContext', 'runAsUser'),
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
  const hostUsers = look(spec, 'hostUsers');
  return hostUsers === 'unknown' || (isKnown(hostUsers) && hostUsers.boolean === false);
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
  const isLeftOpen = own.some(isSilent) && isWhole(pod);
  return isLeftOpen && user.id === 'absent' ? allowsRoot(user.nonRoot) : [];
}

export function containerRunsAsRoot(pod: Pod, container: Container): Gap[] {
  if (hasOwnUsers(pod)) return [];
  const { value } = container;
  const own = userIn(value);
  const user = over(own, userIn(pod.spec));
  if (isKnown(own.id)) return asksForRoot(value, user);
  if (user.id !== 'absent' || !isWhole(pod)) return [];
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
  const isOrdinary = isKnown(id) ? id.integer !== 0 : isKnown(nonRoot) && nonRoot.boolean === true;
  const escalation = look(value, 'securityContext', 'allowPrivilegeEscalation');
  return isOrdinary && isKnown(escalation) && escalation.boolean === false;
}

/** `runAsUser: 0`. Beside `runAsNonRoot: true` it does not run as root: the kubelet does not start it. */
function asksForRoot(owner: Value, { id, nonRoot }: User): Gap[] {
  const field = owner.get('securityContext')?.field('runAsUser');
  const isAllowed = nonRoot === 'absent' || (isKnown(nonRoot) && nonRoot.boolean === false);
  if (!field || !isKnown(id) || id.integer !== 0 || !isAllowed) return [];
  const title = 'Remove runAsUser and set runAsNonRoot to true';
  const fix = review(title, remove(field), put(owner, ['securityContext', 'runAsNonRoot'], true));
  return [{ at: field.value, spelling: 'runAsUser: 0', fixes: [fix] }];
}

/** `runAsNonRoot: false` */
function allowsRoot(nonRoot: Known): Gap[] {
  if (!isKnown(nonRoot) || nonRoot.boolean !== false) return [];
  return [{ at: nonRoot, spelling: 'runAsNonRoot: false', fixes: [review(TITLE, replace(nonRoot, 'true'))] }];
}

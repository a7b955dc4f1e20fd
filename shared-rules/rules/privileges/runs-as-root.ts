import { put, remove, replace } from '../../language/yaml/change.ts';
import { isWritten, lookUp, type Presence } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import { isForWindows } from '../../model/kubernetes/host-process.ts';
import type { Container, Pod } from '../../model/kubernetes/objects.ts';
import { isCompleteContainer, nearestKey } from '../../model/kubernetes/pod-completeness.ts';
import { capitalized, ownerName } from '../../model/wording.ts';
import { defineRule, type Problem } from '../api.ts';
import { containerName, pod } from '../base-views.ts';
import { review } from '../fixes.ts';
import { effectiveUser, ownUser, type User } from './container-user.ts';
import { mayBePrivileged } from './security-contexts.ts';

/** Where a pod or a container asks for root, or leaves it to the image. */
type RootUse = Pick<Problem, 'at' | 'check' | 'fixes'> & { readonly what: string };

export const runsAsRoot = defineRule({
  id: 'runs-as-root',
  on: pod,
  *detect({ subject, pod }) {
    if (isForWindows(pod) || mayHaveOwnUsers(pod)) return;
    for (const use of inPod(pod)) yield toProblem(`the pod of ${ownerName(subject)}`, use);
    for (const container of pod.containers)
      for (const use of mayBePrivileged(container) ? [] : inContainer(pod, container))
        yield toProblem(containerName(subject, container), use);
  },
});

function toProblem(name: string, { what, ...rest }: RootUse): Problem {
  return {
    ...rest,
    message: `${capitalized(name)} ${what}. Root in a container is root on the node as soon as it gets out. Set runAsNonRoot, with a user in the image or runAsUser; or give the pod users of its own (hostUsers: false).`,
  };
}

/** In a user namespace of its own, a pod's root is nobody on the node. */
function mayHaveOwnUsers({ spec }: Pod): boolean {
  const hostUsers = lookUp(spec, 'hostUsers');
  return hostUsers === 'unknown' || (isWritten(hostUsers) && hostUsers.boolean === false);
}

/** What a pod says itself, where some container goes by it. */
function inPod(pod: Pod): RootUse[] {
  const isSilent = ({ id, nonRoot }: User) => id === 'absent' && nonRoot === 'absent';
  if (!pod.containers.some(({ value }) => isSilent(ownUser(value)))) return [];
  const user = ownUser(pod.spec);
  const asked = asksForRoot(pod.spec, user);
  if (asked.length > 0) return asked;
  return user.id === 'absent' ? allowsRoot(user.nonRoot) : [];
}

function inContainer(pod: Pod, container: Container): RootUse[] {
  const { value } = container;
  const own = ownUser(value);
  const user = effectiveUser(pod, container);
  if (isWritten(own.id)) return asksForRoot(value, user);
  if (user.id !== 'absent') return [];
  if (user.nonRoot !== 'absent') return allowsRoot(own.nonRoot);
  return isCompleteContainer(pod, container) ? leavesRootOpen(container) : [];
}

/** `runAsUser: 0`. Beside `runAsNonRoot: true` it does not run as root: the kubelet does not start it. */
function asksForRoot(owner: Value, { id, nonRoot }: User): RootUse[] {
  const field = owner.get('securityContext')?.field('runAsUser');
  const isAllowed = nonRoot === 'absent' || (isWritten(nonRoot) && nonRoot.boolean === false);
  if (!field || !isWritten(id) || id.integer !== 0 || !isAllowed) return [];
  const title = 'Remove runAsUser and set runAsNonRoot to true';
  const fix = review(title, remove(field), put(owner, ['securityContext', 'runAsNonRoot'], true));
  return [{ at: field.value, check: 'root-user', what: 'runs as root (runAsUser: 0)', fixes: [fix] }];
}

const TITLE = 'Set runAsNonRoot to true';

/** `runAsNonRoot: false` */
function allowsRoot(nonRoot: Presence): RootUse[] {
  if (!isWritten(nonRoot) || nonRoot.boolean !== false) return [];
  const what = 'may run as root: its image decides, and is allowed to (runAsNonRoot: false)';
  return [{ at: nonRoot, what, fixes: [review(TITLE, replace(nonRoot, 'true'))] }];
}

function leavesRootOpen(container: Container): RootUse[] {
  const what = 'may run as root: its image decides, and neither runAsNonRoot nor runAsUser is set';
  const fix = review(TITLE, put(container.value, ['securityContext', 'runAsNonRoot'], true));
  return [{ at: nearestKey(container, 'securityContext'), what, fixes: [fix] }];
}

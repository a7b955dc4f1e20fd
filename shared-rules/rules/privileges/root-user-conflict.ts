import { remove } from '../../language/yaml/change.ts';
import { isSureBeside, isWritten } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import { isForWindows } from '../../model/kubernetes/host-process.ts';
import type { Pod } from '../../model/kubernetes/objects.ts';
import { capitalized, ownerName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { containerName, pod } from '../base-views.ts';
import { review } from '../fixes.ts';
import { effectiveUser, ownUser, type User } from './container-user.ts';

/** A user ID of 0 beside the promise not to be root. */
interface Conflict {
  readonly id: Value;
  readonly nonRoot: Value;
}

/** `verifyRunAsNonRoot` of the kubelet, which looks at the two fields that hold for a container. */
export const rootUserConflict = defineRule({
  id: 'root-user-conflict',
  on: pod,
  *detect({ subject, pod }) {
    // There the kubelet goes by the user's name.
    if (isForWindows(pod)) return;
    const ofPod = conflictOf(ownUser(pod.spec));
    if (ofPod && goesByPod(pod)) yield toProblem(`the pod of ${ownerName(subject)}`, ofPod);
    for (const container of pod.containers) {
      const conflict = conflictOf(effectiveUser(pod, container));
      const owned = [conflict?.id, conflict?.nonRoot].filter((value) => value && isIn(container.value, value));
      if (conflict && owned.length > 0) yield toProblem(containerName(subject, container), conflict, container.value);
    }
  },
});

function conflictOf({ id, nonRoot }: User): Conflict | undefined {
  if (!isWritten(id) || id.integer !== 0 || !isWritten(nonRoot) || nonRoot.boolean !== true) return undefined;
  const [ofId, ofNonRoot] = [fieldOf(id), fieldOf(nonRoot)];
  return ofId && ofNonRoot && isSureBeside(ofId, ofNonRoot) ? { id, nonRoot } : undefined;
}

function fieldOf({ parent, key }: Value) {
  return typeof key === 'string' ? parent?.field(key) : undefined;
}

/** Whether both fields of the pod are those of some container; also where it writes no containers, as in a patch. */
function goesByPod({ containers }: Pod): boolean {
  const isSilent = ({ id, nonRoot }: User) => id === 'absent' && nonRoot === 'absent';
  return containers.length === 0 || containers.some(({ value }) => isSilent(ownUser(value)));
}

function isIn(container: Value, { parent }: Value): boolean {
  return parent?.parent?.node === container.node;
}

/** @param container undefined for a conflict of the pod with itself */
function toProblem(name: string, { id, nonRoot }: Conflict, container?: Value) {
  const hasId = !container || isIn(container, id);
  const hasNonRoot = !container || isIn(container, nonRoot);
  const spelled = (text: string, isOwn: boolean) => `(${text}${isOwn ? '' : ' of its pod'})`;
  const field = fieldOf(id);
  return {
    at: hasId ? id : nonRoot,
    message: `${capitalized(name)} is to run as root ${spelled('runAsUser: 0', hasId)} and must not ${spelled('runAsNonRoot: true', hasNonRoot)}. The kubelet does not start it: its status is CreateContainerConfigError. ${hasId ? 'Remove runAsUser, or name another user there.' : 'Give it a user of its own with runAsUser.'}`,
    related: [hasId ? { message: 'Forbids root', at: nonRoot } : { message: 'Asks for root', at: id }],
    fixes: hasId && field ? [review('Remove runAsUser', remove(field))] : [],
  };
}

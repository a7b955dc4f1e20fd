import { put } from '../../language/yaml/change.ts';
import { lookUp } from '../../language/yaml/presence.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import { isForWindows } from '../../model/kubernetes/host-process.ts';
import type { Container } from '../../model/kubernetes/objects.ts';
import { isComplete } from '../../model/kubernetes/pod-completeness.ts';
import { defineRule } from '../api.ts';
import { ownerName, pod } from '../base-views.ts';
import { review } from '../fixes.ts';
import { mayBePrivileged } from './security-contexts.ts';

const PROFILE = ['securityContext', 'seccompProfile'] as const;

/** One place a pod: the profile of a pod is that of its containers. */
export const seccompMissing = defineRule({
  id: 'seccomp-missing',
  on: pod,
  *detect({ subject, pod }) {
    const { spec, containers, object } = pod;
    if (isForWindows(pod) || !isComplete(pod) || lookUp(spec, ...PROFILE) !== 'absent') return;
    // Knative refuses a pod's security context unless it is told otherwise.
    if (object.group.endsWith('knative.dev')) return;
    const holder = spec.field('securityContext') ?? spec.parent?.field('spec');
    if (!holder || !containers.some(isUnfiltered)) return;
    yield {
      at: keyPlace(holder),
      message: `The pod of ${ownerName(subject)} has no seccomp profile, so it may make every system call unless the node says otherwise. Set seccompProfile to RuntimeDefault.`,
      fixes: [review('Set seccompProfile to RuntimeDefault', put(spec, PROFILE, { type: 'RuntimeDefault' }))],
    };
  },
});

function isUnfiltered(container: Container): boolean {
  return !mayBePrivileged(container) && lookUp(container.value, ...PROFILE) === 'absent';
}

import { put } from '../../language/yaml/change.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import { isForWindows } from '../../model/kubernetes/host-process.ts';
import type { Container } from '../../model/kubernetes/objects.ts';
import { isComplete, isCompleteContainer } from '../../model/kubernetes/pod-completeness.ts';
import { ownerName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { versionedPod } from '../base-views.ts';
import { review } from '../fixes.ts';
import { ownProfile, profileAnnotations, readsAnnotations, SECCOMP } from './kernel-filters.ts';
import { mayBePrivileged } from './security-contexts.ts';

/** One place a pod: the profile of a pod is that of its containers. */
export const seccompMissing = defineRule({
  id: 'seccomp-missing',
  on: versionedPod,
  *detect({ subject, pod, kubernetesVersion }) {
    const { spec, containers, object } = pod;
    if (isForWindows(pod) || !isComplete(pod)) return;
    const isUnset = (container?: Container) => ownProfile(pod, container, SECCOMP, kubernetesVersion) === 'absent';
    // Knative refuses a pod's security context unless it is told otherwise.
    if (!isUnset() || object.group.endsWith('knative.dev')) return;
    const holder = spec.field('securityContext') ?? spec.parent?.field('spec');
    const isUnfiltered = (container: Container) =>
      isCompleteContainer(pod, container) && !mayBePrivileged(container) && isUnset(container);
    if (!holder || !containers.some(isUnfiltered)) return;
    const ignored = readsAnnotations(SECCOMP, kubernetesVersion) ? [] : profileAnnotations(pod, SECCOMP);
    const hint =
      ignored.length > 0 ? `: Kubernetes ignores its annotations since 1.${SECCOMP.ignoredFrom}. So` : ', so';
    yield {
      at: keyPlace(holder),
      message: `The pod of ${ownerName(subject)} has no seccomp profile${hint} it may make every system call unless the node says otherwise. Set seccompProfile to RuntimeDefault.`,
      related: ignored.map(({ field }) => ({ message: 'This annotation has no effect', at: keyPlace(field) })),
      fixes: [
        review(
          'Set seccompProfile to RuntimeDefault',
          put(spec, ['securityContext', 'seccompProfile'], { type: 'RuntimeDefault' }),
        ),
      ],
    };
  },
});

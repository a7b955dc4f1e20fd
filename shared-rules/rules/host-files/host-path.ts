import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostMount } from './views.ts';

export const hostPath = defineRule({
  id: 'host-path',
  on: hostMount,
  *detect({ subject, origin, at, spelling, related, fixes, emptyDirFix }) {
    if (origin === 'mount') return;
    const message =
      origin === 'PersistentVolume'
        ? `${workloadName(subject)} is a path of its node (${spelling}). Pods that claim it reach the node's files, and Pod Security admission does not see it. Keep it to paths that nothing else on the node uses.`
        : `${workloadName(subject)} mounts ${spelling} of its node (hostPath). These files differ from node to node, outlive the pod and belong to whatever else uses them; the baseline of the Pod Security Standards allows no hostPath volume. Use an emptyDir, a ConfigMap or a claim.`;
    yield { at, message, related, fixes: emptyDirFix ? [emptyDirFix, ...fixes] : fixes };
  },
});

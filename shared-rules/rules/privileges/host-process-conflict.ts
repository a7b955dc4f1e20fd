import { put, remove } from '../../language/yaml/change.ts';
import { readHostProcess } from '../../model/kubernetes/host-process.ts';
import { isOnHostNetwork } from '../../model/kubernetes/pod-switches.ts';
import { ownerName, workloadName } from '../../model/wording.ts';
import { defineRule, type Fix } from '../api.ts';
import { pod } from '../base-views.ts';

export const hostProcessConflict = defineRule({
  id: 'host-process-conflict',
  on: pod,
  *detect({ subject, pod }) {
    const hostProcess = readHostProcess(pod);
    const [first] = hostProcess.on;
    if (!first) return;
    const withoutIt: Fix = {
      title: 'Remove hostProcess everywhere',
      safety: 'review',
      changes: hostProcess.all.map(remove),
    };
    for (const at of hostProcess.odd) {
      yield {
        at,
        message: `A container of ${ownerName(subject)} is not a HostProcess container and others are. The API server refuses the pod: all of its containers must be, or none. Put them into pods of their own.`,
        related: [{ message: 'Asks for a HostProcess container', at: first.value }],
        fixes: [withoutIt],
      };
    }
    if (isOnHostNetwork(pod) !== false) return;
    yield {
      at: first.value,
      message: `${workloadName(subject)} runs as a process of a Windows node (hostProcess: true) without hostNetwork: true. The API server refuses that, since such a process has no network but the node's. Set hostNetwork to true, or run an ordinary container.`,
      fixes: [
        { title: 'Set hostNetwork to true', safety: 'review', changes: [put(pod.spec, ['hostNetwork'], true)] },
        withoutIt,
      ],
    };
  },
});

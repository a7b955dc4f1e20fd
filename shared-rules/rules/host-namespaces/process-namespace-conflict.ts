import { remove } from '../../language/yaml/change.ts';
import { isSureBeside } from '../../language/yaml/presence.ts';
import { trueField } from '../../model/kubernetes/objects.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { pod } from '../base-views.ts';

export const processNamespaceConflict = defineRule({
  id: 'process-namespace-conflict',
  on: pod,
  *detect({ subject, pod }) {
    const hostPid = trueField(pod.spec, 'hostPID');
    const sharedProcesses = trueField(pod.spec, 'shareProcessNamespace');
    if (!hostPid || !sharedProcesses || !isSureBeside(sharedProcesses, hostPid)) return;
    yield {
      at: sharedProcesses.value,
      message: `${workloadName(subject)} asks for the node's processes (hostPID) and for a process namespace that its containers share (shareProcessNamespace). The API server refuses both together. Remove hostPID; containers that only need to see each other have what they need.`,
      related: [{ message: "Asks for the node's process namespace", at: hostPid.value }],
      fixes: [hostPid, sharedProcesses].map((field) => ({
        title: `Remove ${field.name}`,
        safety: 'review',
        changes: [remove(field)],
      })),
    };
  },
});

import { remove } from '../../language/yaml/change.ts';
import { isSureBeside } from '../../language/yaml/presence.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podNamespaces } from '../host-network/views.ts';

export const processNamespaceConflict = defineRule({
  id: 'process-namespace-conflict',
  on: podNamespaces,
  *detect({ subject, hostPid, sharedProcesses }) {
    if (!hostPid.isOn || !hostPid.field || !sharedProcesses.isOn || !sharedProcesses.field) return;
    if (!isSureBeside(sharedProcesses.field, hostPid.field)) return;
    yield {
      at: sharedProcesses.field.value,
      message: `${workloadName(subject)} asks for the host's processes (hostPID) and for a process namespace that its containers share (shareProcessNamespace). The API server refuses both together. Remove hostPID; containers that only need to see each other have what they need.`,
      related: [{ message: "Asks for the host's process namespace", at: hostPid.field.value }],
      fixes: [hostPid.field, sharedProcesses.field].map((field) => ({
        title: `Remove ${field.name}`,
        safety: 'review',
        changes: [remove(field)],
      })),
    };
  },
});

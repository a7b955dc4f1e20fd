import { classify, describeSignals } from '../../model/ai/classify.ts';
import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostNamespaceUse } from './views.ts';

export const hostIpc = defineRule({
  id: 'host-ipc',
  on: hostNamespaceUse,
  *detect({ subject, namespace, at, spelling, fromDefault, fixes, workload }) {
    if (namespace !== 'IPC') return;
    const { class: aiClass, signals } = classify(workload());
    const isAi = aiClass === 'ai';
    const what = isAi ? ` (AI workload: ${describeSignals(signals)})` : '';
    yield {
      at,
      ...(isAi && { severity: 'high' }),
      message: `${workloadName(subject)}${what} shares the host's IPC namespace (${spelling})${unlessSet(fromDefault)}. It can read and change the shared memory and message queues of every process on the host. Remove it; for large shared memory give /dev/shm memory of its own.`,
      fixes,
    };
  },
});

import { remove } from '../../language/yaml/change.ts';
import { classify } from '../../model/ai/classify.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podNamespaces } from '../host-network/views.ts';

export const sharedProcessNamespace = defineRule({
  id: 'shared-process-namespace',
  on: podNamespaces,
  *detect({ subject, sharedProcesses, neighbours, workload }) {
    const { isOn, field } = sharedProcesses;
    if (!isOn || !field || neighbours === 1) return;
    const { class: aiClass, subClass } = classify(workload());
    const isAgent = aiClass === 'ai' && subClass === 'agent';
    const agent = isAgent ? ' Here one of them runs what a model decides.' : '';
    yield {
      at: field.value,
      ...(isAgent && { severity: 'medium' }),
      message: `The containers of ${workloadName(subject)} share one process namespace (shareProcessNamespace: true). Each sees the processes of the others with their arguments, may signal them, and reaches their environment and files through /proc where its user allows.${agent} Remove it unless a sidecar needs it.`,
      fixes: [{ title: 'Remove shareProcessNamespace', safety: 'review', changes: [remove(field)] }],
    };
  },
});

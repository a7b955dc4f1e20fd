import { remove } from '../../language/yaml/change.ts';
import { staysUp, trueField } from '../../model/kubernetes/objects.ts';
import { ownerName } from '../../model/wording.ts';
import { classifiedPod } from '../ai/views.ts';
import { defineRule } from '../api.ts';

export const sharedProcessNamespace = defineRule({
  id: 'shared-process-namespace',
  on: classifiedPod,
  *detect({ subject, pod, classification }) {
    const field = trueField(pod.spec, 'shareProcessNamespace');
    if (!field || pod.containers.filter(staysUp).length === 1) return;
    const { class: aiClass, subClass } = classification();
    const isAgent = aiClass === 'ai' && subClass === 'agent';
    const agent = isAgent ? ' Here one of them runs what a model decides.' : '';
    yield {
      at: field.value,
      ...(isAgent && { severity: 'medium' }),
      message: `The containers of ${ownerName(subject)} share one process namespace (shareProcessNamespace: true). Each sees the processes of the others with their arguments, may signal them, and reaches their environment and files through /proc where its user allows.${agent} Remove it unless a sidecar needs it.`,
      fixes: [{ title: 'Remove shareProcessNamespace', safety: 'review', changes: [remove(field)] }],
    };
  },
});

import type { ObjectsOf } from '../../model/kubernetes/objects.ts';
import { isComplete } from '../../model/kubernetes/pod-completeness.ts';
import { workloadName } from '../../model/wording.ts';
import { podSubject } from '../../model/workload.ts';
import { defineRule, type View } from '../api.ts';
import type { PodItem } from '../base-views.ts';
import { deploymentWait } from './update-wait.ts';

interface AutoscaledPodItem extends PodItem {
  /** The other objects of the file: an autoscaler among them decides about the replicas. */
  readonly objects: ObjectsOf;
}

const autoscaledPod: View<AutoscaledPodItem> = {
  name: 'autoscaledPod',
  kinds: ['HorizontalPodAutoscaler', 'ScaledObject'],
  object: ({ pods }, { known: { objects } }) => pods.map((pod) => ({ subject: podSubject(pod), pod, objects })),
};

export const rolloutPortDeadlock = defineRule({
  id: 'rollout-port-deadlock',
  on: autoscaledPod,
  *detect({ subject, pod, objects }) {
    const wait = isComplete(pod) ? deploymentWait(pod, objects) : undefined;
    if (!wait) return;
    const [{ number }] = wait.ports;
    yield {
      at: wait.at,
      message: `A rolling update of ${workloadName(subject)} can wait for ever: maxUnavailable ${wait.isDefault ? 'by default comes' : 'comes'} to 0 of its pods, so each old pod keeps port ${number} of its node until a new one is ready, and the new one needs a node where that port is free. Set maxSurge to 0 and maxUnavailable to 1, or use the strategy Recreate.`,
      related: wait.ports.map((port) => ({ message: `Port ${port.number} of the node`, at: port.at })),
      fixes: wait.fixes,
    };
  },
});

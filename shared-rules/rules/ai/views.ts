import { type Classification, classify } from '../../model/ai/classify.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import { podSubject } from '../../model/workload.ts';
import type { View } from '../api.ts';
import type { PodItem } from '../base-views.ts';

export interface ClassifiedPodItem extends PodItem {
  /** Whether it is an AI workload, and by which signals. */
  readonly classification: () => Classification;
}

/** Each pod spec, and whether it is an AI workload. */
export const classifiedPod: View<ClassifiedPodItem> = {
  name: 'classifiedPod',
  object: ({ pods }, { ai }) =>
    pods.map((pod) => ({ subject: podSubject(pod), pod, classification: () => classify(podWorkload(pod, ai)) })),
};

import type { Value } from '../../language/yaml/value.ts';
import { podSubject, serviceSubject } from '../../model/workload.ts';
import type { View, Viewed } from '../api.ts';

/** An image that a workload runs. */
export interface WorkloadImage extends Viewed {
  readonly image: Value;
}

/** The images of the containers of pods, and of Compose services. */
export const workloadImage: View<WorkloadImage> = {
  name: 'workloadImage',
  object: ({ pods }) =>
    pods.flatMap((pod) => pod.containers.flatMap(({ image }) => (image ? { subject: podSubject(pod), image } : []))),
  composeFile: ({ services }) =>
    services.flatMap((service) => {
      const image = service.value.get('image');
      return image ? { subject: serviceSubject(service), image } : [];
    }),
};

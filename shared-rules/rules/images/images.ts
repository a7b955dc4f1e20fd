import type { Value } from '../../language/yaml/value.ts';
import type { ComposeFile } from '../../model/compose/compose.ts';
import type { KubernetesObject } from '../../model/kubernetes/objects.ts';
import { podSubject, type Subject, serviceSubject } from '../../model/workload.ts';

/** An image that a workload runs, on any surface. */
export interface ImageUse {
  readonly subject: Subject;
  readonly image: Value;
}

export function podImages(object: KubernetesObject): ImageUse[] {
  return object.pods.flatMap((pod) =>
    pod.containers.flatMap(({ image }) => (image ? { subject: podSubject(pod), image } : [])),
  );
}

export function serviceImages(file: ComposeFile): ImageUse[] {
  return file.services.flatMap((service) => {
    const image = service.value.get('image');
    return image ? { subject: serviceSubject(service), image } : [];
  });
}

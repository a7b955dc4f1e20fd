import type { Subject } from '../engine/rule.ts';
import type { ComposeFile } from './compose.ts';
import type { KubernetesObject } from './kubernetes.ts';
import { podSubject, serviceSubject } from './subject.ts';
import type { Value } from './value.ts';

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

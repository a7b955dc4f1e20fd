import { isWritten, lookUp } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { Container, Pod } from '../../model/kubernetes/objects.ts';
import { containerWord } from '../base-views.ts';
import { type NamedContainer, namedInPod } from './named-container.ts';

/** What has a security context in a pod. */
export interface Secured extends NamedContainer {
  readonly context: Value | undefined;
}

/** The containers of a pod. */
export function securedContainers(pod: Pod): Secured[] {
  return pod.containers.map((container) => ({
    ...namedInPod(pod, containerWord(container)),
    context: container.value.get('securityContext'),
  }));
}

/** The pod itself, whose security context gives something to all of its containers, and the containers. */
export function securedParts(pod: Pod): Secured[] {
  return [{ ...namedInPod(pod, 'the pod'), context: pod.spec.get('securityContext') }, ...securedContainers(pod)];
}

/** The kubelet and the runtime give a privileged container every right, whatever else its security context says. */
export function mayBePrivileged({ value }: Container): boolean {
  const privileged = lookUp(value, 'securityContext', 'privileged');
  return privileged === 'unknown' || (isWritten(privileged) && privileged.boolean === true);
}

import type { ContainerCommand } from '../../model/commands/container-command.ts';
import type { Service } from '../../model/compose/compose.ts';
import type { Pod } from '../../model/kubernetes/objects.ts';
import { containerSubject, type InspectedContainer } from '../../model/running/inspect.ts';
import { ownerName } from '../../model/wording.ts';
import { podSubject, serviceSubject } from '../../model/workload.ts';
import type { Viewed } from '../api.ts';
import type { Platform } from '../platform.ts';

/** A container on any surface, or a pod for all of its containers, as findings about privileges name it. */
export interface NamedContainer extends Viewed {
  readonly platform: Platform;
  /** `container web of Pod a`, `service web` or `container web`, as a sentence goes on. */
  readonly name: string;
}

/** @param part `the pod` or `container web` */
export function namedInPod(pod: Pod, part: string): NamedContainer {
  const subject = podSubject(pod);
  return { subject, platform: 'kubernetes', name: `${part} of ${ownerName(subject)}` };
}

export function namedService(service: Service): NamedContainer {
  return { subject: serviceSubject(service), platform: 'engine', name: `service ${service.name}` };
}

export function namedByCommand({ subject }: ContainerCommand): NamedContainer {
  const name = subject.name ? `${subject.kind} ${subject.name}` : `a ${subject.kind}`;
  return { subject, platform: 'engine', name };
}

export function namedRunning(container: InspectedContainer): NamedContainer {
  return { subject: containerSubject(container), platform: 'engine', name: `container ${container.name}` };
}

/** Whether a command starts or enters a container, and does not build an image or connect a network. */
export function concernsContainer({ verb }: ContainerCommand): boolean {
  return verb !== 'build' && verb !== 'builder' && verb !== 'connect';
}

import type { AiContext } from '../../model/ai/overrides.ts';
import { containerProgram, type Program, serviceProgram } from '../../model/ai/program.ts';
import type { Service } from '../../model/compose/compose.ts';
import type { Pod } from '../../model/kubernetes/objects.ts';
import type { Problem } from '../api.ts';
import { type Exposure, podExposure, serviceExposure } from './exposure.ts';

/** What a container or service starts, and what opens it to others. */
export interface StartedProgram extends Program {
  /** What makes it reachable from beyond its cluster or host, if anything does. */
  readonly exposure: () => Exposure | undefined;
}

/**
 * Says whether a program is a server of some sort that answers whoever reaches it.
 * @param name the workload's, as a sentence begins
 */
export type ServerCheck = (program: StartedProgram, name: string) => Problem | undefined;

export function podPrograms(pod: Pod, ai: AiContext): StartedProgram[] {
  return pod.containers.map((container) => ({
    ...containerProgram(pod, container),
    exposure: () => podExposure(pod, container, ai),
  }));
}

export function startedByService(service: Service, ai: AiContext): StartedProgram {
  return { ...serviceProgram(service), exposure: () => serviceExposure(service, ai) };
}

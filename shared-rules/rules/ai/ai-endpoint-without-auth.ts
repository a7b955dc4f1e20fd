import type { Value } from '../../language/yaml/value.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import type { KubernetesObject } from '../../model/kubernetes/objects.ts';
import { workloadName } from '../../model/wording.ts';
import { podSubject, serviceSubject } from '../../model/workload.ts';
import { defineRule, type View, type Viewed } from '../api.ts';
import { openJupyter } from './open-jupyter.ts';
import { openMlflow } from './open-mlflow.ts';
import { openOllama } from './open-ollama.ts';
import { openRayCluster, rayModes } from './open-ray-cluster.ts';
import { openVllm } from './open-vllm.ts';
import { podPrograms, type ServerCheck, type StartedProgram, startedByService } from './started-program.ts';

/** A workload that may be a server of models, notebooks or experiments. */
interface ServerItem extends Viewed {
  readonly programs: readonly StartedProgram[];
  /** Where a Ray cluster says how it authenticates. */
  readonly rayModes: readonly Value[];
}

const server: View<ServerItem> = {
  name: 'server',
  // A Service may open a server to the world.
  kinds: ['Service'],
  object: podServers,
  composeFile: ({ services }, { ai }) =>
    services.map((service) => ({
      subject: serviceSubject(service),
      programs: [startedByService(service, ai)],
      rayModes: [],
    })),
};

const PROGRAM_CHECKS: readonly ServerCheck[] = [openVllm, openOllama, openJupyter, openMlflow];

/** Each sort of server is a check of its own, in a file of its own. */
export const aiEndpointWithoutAuth = defineRule({
  id: 'ai-endpoint-without-auth',
  on: server,
  *detect({ subject, programs, rayModes }) {
    const name = workloadName(subject);
    yield* programs.flatMap((program) => PROGRAM_CHECKS.flatMap((check) => check(program, name) ?? []));
    yield* rayModes.flatMap((mode) => openRayCluster(mode, name) ?? []);
  },
});

function podServers(object: KubernetesObject, { ai }: { readonly ai: AiContext }): ServerItem[] {
  return object.pods.map((pod, index) => ({
    subject: podSubject(pod),
    // Kubeflow asks for a login at its gateway and starts its notebooks without one of their own.
    programs: object.group === 'kubeflow.org' ? [] : podPrograms(pod, ai),
    // What an object says about its cluster belongs to the first pod, the head.
    rayModes: index === 0 ? rayModes(object) : [],
  }));
}

import { put } from '../../language/yaml/change.ts';
import { knownItems, lookUp } from '../../language/yaml/presence.ts';
import { keyPlace, type Value } from '../../language/yaml/value.ts';
import { type Container, type Pod, staysUp, trueField } from '../../model/kubernetes/objects.ts';
import { isComplete, isCompleteContainer } from '../../model/kubernetes/pod-completeness.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule, type Fix } from '../api.ts';
import { pod } from '../base-views.ts';
import { ACTIONS_WITH_HOST, PROBES } from './probe-fields.ts';

export const undeclaredHostPorts = defineRule({
  id: 'undeclared-host-ports',
  on: pod,
  *detect({ subject, pod }) {
    const hostNetwork = trueField(pod.spec, 'hostNetwork');
    if (!hostNetwork || !surelyDeclaresNone(pod)) return;
    const probed = probedPorts(pod.containers.filter(staysUp));
    const seen = probed.map(({ port }) => port).join(', ');
    const what = seen ? `Its probes show that it listens on ${seen}: declare` : 'Declare';
    yield {
      at: keyPlace(hostNetwork),
      message: `${workloadName(subject)} is on the node's network and declares no port, so the scheduler may put it on a node where another pod has its ports already. ${what} what it listens on under ports.`,
      related: probed.map(({ at }) => ({ message: 'A probe finds this port open', at })),
      fixes: probed.length > 0 ? [declaring(`Declare port ${seen}`, probed)] : [],
    };
  },
});

/** Whether no container of a pod declares a port, whatever a template or a patch adds. */
function surelyDeclaresNone(pod: Pod): boolean {
  const lists = ['containers', 'initContainers'].map((name) => lookUp(pod.spec, name));
  const ports = pod.containers.map(({ value }) => lookUp(value, 'ports'));
  return (
    pod.containers.every((container) => container.ports.length === 0) &&
    isComplete(pod) &&
    pod.containers.every((container) => isCompleteContainer(pod, container)) &&
    [...lists, ...ports].every((list) => knownItems(list) !== undefined)
  );
}

/** A port that a container listens on, as a probe shows. */
interface ProbedPort {
  readonly container: Value;
  readonly port: number;
  readonly at: Value;
}

/** The ports that probes of containers find open, each once. */
function probedPorts(containers: readonly Container[]): ProbedPort[] {
  const found = new Map<number, ProbedPort>();
  for (const { value } of containers)
    for (const path of PROBES)
      for (const action of [...ACTIONS_WITH_HOST, 'grpc']) {
        const at = value.at(...path, action, 'port');
        if (at?.integer && !found.has(at.integer)) found.set(at.integer, { container: value, port: at.integer, at });
      }
  return [...found.values()];
}

function declaring(title: string, probed: readonly ProbedPort[]): Fix {
  const changes = probed.map(({ container, port }) => put(container, ['ports'], [{ containerPort: port }]));
  return { title, safety: 'review', changes };
}

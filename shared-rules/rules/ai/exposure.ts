import type { Place } from '../../language/place.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import type { Service } from '../../model/compose/compose.ts';
import { hostNetworkUses } from '../../model/compose/host-network.ts';
import { selectsByLabels, writtenLabels } from '../../model/kubernetes/label-selector.ts';
import { type Container, type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { publishedPorts } from '../host-ports/published-ports.ts';

/** Something that makes a program reachable from beyond its cluster or host. */
export interface Exposure {
  /** As it is written, such as `hostNetwork: true`. */
  readonly text: string;
  readonly at: Place;
}

/** The first thing in the file that opens a container to others than its cluster. */
export function podExposure(pod: Pod, container: Container, { objects }: AiContext): Exposure | undefined {
  const hostNetwork = trueField(pod.spec, 'hostNetwork');
  if (hostNetwork) return { text: 'hostNetwork: true', at: hostNetwork.value };
  const hostPort = container.ports.flatMap((port) => port.get('hostPort') ?? []).find((port) => port.integer);
  if (hostPort) return { text: `hostPort: ${hostPort.text}`, at: hostPort };
  const labels = writtenLabels(pod.metadata?.get('labels'));
  if (!labels) return undefined;
  const namespace = pod.object.namespace;
  for (const { root, namespace: other } of objects('Service')) {
    const type = root.at('spec', 'type');
    const isOpen = type?.text === 'LoadBalancer' || type?.text === 'NodePort';
    if (isOpen && other === namespace && selectsByLabels(root.at('spec', 'selector'), labels))
      return { text: `Service of type ${type.text}`, at: type };
  }
  return undefined;
}

/** The first thing that opens a service to others than its host. */
export function serviceExposure(service: Service, ai: AiContext): Exposure | undefined {
  const [use] = hostNetworkUses(service);
  if (use) return { text: 'the network of the host', at: use.at };
  const port = publishedPorts(service.file, ai).find(
    ({ subject, address }) => subject.name === service.name && !/^(?:127\.|::1$)/.test(address ?? ''),
  );
  return port && { text: `the published port ${port.spelling}`, at: port.at };
}

import type { Change } from '../../language/change.ts';
import { addDocument } from '../../language/yaml/change.ts';
import type { Plain } from '../../language/yaml/style.ts';
import { SERVING_KINDS } from '../../model/kubernetes/deployed.ts';
import { type Labels, selectsByLabels, writtenLabels } from '../../model/kubernetes/label-selector.ts';
import type { Container, KubernetesObject, ObjectsOf, Pod } from '../../model/kubernetes/objects.ts';
import type { Fix } from '../api.ts';

/**
 * New objects that go with a repair: what a workload loses when it leaves the host's network. Written after the
 * Kubernetes API reference: core/v1 Service, networking.k8s.io/v1 NetworkPolicy.
 */
export interface Offer {
  /** Such as `a NetworkPolicy`. */
  readonly name: string;
  readonly change: Change;
}

/** A repair and what is offered with it, as one fix; none where there is nothing to offer. */
export function withOffers(fix: Fix | undefined, offers: readonly (Offer | undefined)[]): Fix[] {
  const present = offers.filter((offer) => offer !== undefined);
  if (!fix || present.length === 0) return [];
  const names = present.map(({ name }) => name).join(' and ');
  return [
    {
      ...fix,
      title: `${fix.title}, and add ${names}`,
      changes: [...fix.changes, ...present.map(({ change }) => change)],
    },
  ];
}

/**
 * A ClusterIP Service for the ports that a workload's containers declare. Undefined where something it needs is not
 * known, and where a Service among the file's objects selects these pods already.
 */
export function serviceOffer(pod: Pod, objects: ObjectsOf): Offer | undefined {
  const workload = servingWorkload(pod);
  if (!workload || isSelected(workload, objects('Service'), ['spec', 'selector'])) return undefined;
  const { metadata, selector, ports } = workload;
  return offer('a Service for its ports', pod, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      selector,
      ports: ports.map((port) => ({
        // Several ports must have names.
        ...(port.name || ports.length > 1 ? { name: port.name ?? `port-${port.number}` } : {}),
        port: port.number,
        targetPort: port.name ?? port.number,
        ...(port.protocol === 'TCP' ? {} : { protocol: port.protocol }),
      })),
    },
  });
}

/**
 * A NetworkPolicy that denies all traffic to a workload but that from its own namespace to its declared ports.
 * Undefined where something it needs is not known, and where a NetworkPolicy among the file's objects selects these pods
 * already.
 */
export function networkPolicyOffer(pod: Pod, objects: ObjectsOf): Offer | undefined {
  const workload = servingWorkload(pod);
  const selector = ['spec', 'podSelector', 'matchLabels'];
  if (!workload || isSelected(workload, objects('NetworkPolicy'), selector)) return undefined;
  const { metadata, ports } = workload;
  return offer('a NetworkPolicy', pod, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: workload.selector },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: {} }],
          ports: ports.map(({ number, protocol }) => ({ port: number, protocol })),
        },
      ],
    },
  });
}

function offer(name: string, pod: Pod, object: Plain): Offer {
  return { name, change: addDocument(object, pod.object.root) };
}

/** How other objects name a workload's pods, and the ports of these; at least one. */
interface ServingWorkload {
  readonly metadata: Readonly<Record<string, string>>;
  readonly selector: Labels;
  readonly podLabels: Labels;
  readonly ports: readonly Port[];
}

function servingWorkload({ object, metadata, containers }: Pod): ServingWorkload | undefined {
  const { kind, name, namespace, root } = object;
  const ports = portsOf(containers);
  if (!kind || !name || !SERVING_KINDS.has(kind) || root.parent || ports.length === 0) return undefined;
  const selector = root.at('spec', 'selector');
  const podLabels = writtenLabels(metadata?.get('labels'));
  const own =
    writtenLabels(selector?.get('matchLabels') ?? (kind === 'ReplicationController' ? selector : undefined)) ??
    podLabels;
  if (!own || !podLabels) return undefined;
  return { metadata: { name, ...(namespace ? { namespace } : {}) }, selector: own, podLabels, ports };
}

/** @param selector the path at which each object names labels */
function isSelected(
  { podLabels }: ServingWorkload,
  by: readonly KubernetesObject[],
  selector: readonly string[],
): boolean {
  return by.some(({ root }) => selectsByLabels(root.at(...selector), podLabels));
}

interface Port {
  readonly number: number;
  readonly name: string | undefined;
  readonly protocol: string;
}

function portsOf(containers: readonly Container[]): Port[] {
  const ports = new Map<string, Port>();
  for (const port of containers.flatMap((container) => container.ports)) {
    const number = port.get('containerPort')?.integer;
    const protocol = port.get('protocol')?.text ?? 'TCP';
    if (number !== undefined) ports.set(`${number} ${protocol}`, { number, protocol, name: port.get('name')?.text });
  }
  return [...ports.values()];
}
